/** Files that are fetched once, known by their digest, and whole whenever they are there. */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { DataError, ValueError } from "@crease/backend";
import { writeZip } from "@crease/files";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { getFile } from "../src/index.ts";
import { md5 } from "../src/md5.ts";
import { withFolder } from "./mnistFolders.ts";
import { type Answer, withServer } from "./mnistServer.ts";

const run = promisify(execFile);
const content = Buffer.from("hello ".repeat(20000));
const sha256 = createHash("sha256").update(content).digest("hex");

/** Runs `body` with a server of one file, `a.txt`, and an empty cache. */
const served = (
  body: (place: { origin: string; cacheDir: string; requests: string[] }) => Promise<void>,
  answer?: (name: string) => Answer | undefined,
): Promise<void> =>
  withFolder((folder) =>
    withFolder(async (cacheDir) => {
      await writeFile(join(folder, "a.txt"), content);
      await withServer(folder, (url, requests) => body({ origin: `${url}/a.txt`, cacheDir, requests }), answer);
    }),
  );

test("is fetched once, under the address's name, in the folder for data sets", async () => {
  await served(async ({ origin, cacheDir, requests }) => {
    const path = await getFile({ origin: new URL(`${origin}#c/d`), cacheDir, fileHash: sha256.toUpperCase() });
    expect(path).toBe(join(cacheDir, "datasets", "a.txt"));
    expect(await readFile(path)).toEqual(content);
    await getFile({ origin, cacheDir, fileHash: md5(content) });
    await getFile({ origin, cacheDir });
    expect(requests).toHaveLength(1);
    await getFile({ origin, cacheDir, forceDownload: true });
    expect(requests).toHaveLength(2);
    expect(await getFile({ origin, cacheDir, fname: "b", cacheSubdir: "c/d" })).toBe(join(cacheDir, "c/d", "b"));
  });
});

test("progress is told, up to the whole", async () => {
  await served(async ({ origin, cacheDir }) => {
    const told: [number, number | undefined][] = [];
    const onProgress = (received: number, total: number | undefined): number => told.push([received, total]);
    for (let i = 0; i < 2; i++) await getFile({ origin, cacheDir, onProgress });
    expect(told.at(-1)).toEqual([content.length, content.length]);
    expect(told.map(([received]) => received)).toEqual(told.map(([received]) => received).sort((a, b) => a - b));
    expect(told.filter(([received]) => received === content.length)).toHaveLength(1);
  });
});

test("a kept file of another digest is replaced, without a digest it is taken", async () => {
  await served(async ({ origin, cacheDir }) => {
    const path = join(cacheDir, "datasets", "a.txt");
    await mkdir(join(cacheDir, "datasets"));
    await writeFile(path, "old");
    await getFile({ origin, cacheDir });
    expect(String(await readFile(path))).toBe("old");
    await getFile({ origin, cacheDir, fileHash: sha256 });
    expect(await readFile(path)).toEqual(content);
  });
});

test("addresses are tried in turn, and all are named where none has it", async () => {
  await served(async ({ origin, cacheDir, requests }) => {
    const missing = origin.replace("a.txt", "b.txt");
    await getFile({ origin: [missing, origin], fname: "a.txt", cacheDir, fileHash: sha256 });
    expect(requests).toEqual(["b.txt", "a.txt"]);
    const failing = getFile({ origin: [missing, origin], cacheDir, fileHash: "0".repeat(64) });
    await expect(failing).rejects.toThrow(DataError);
    await expect(failing).rejects.toThrow(/b\.txt answered with status 404; .*a\.txt has SHA-256 .*, expected 0000/);
  });
});

describe("leaves nothing in the cache but whole files:", () => {
  test.each<[string, object, Answer | undefined, RegExp]>([
    ["a wrong digest", { fileHash: "f".repeat(32) }, undefined, /has MD5 [0-9a-f]{32}, expected ffff/],
    ["a connection that breaks", {}, "breaks off", /could not be read/],
    ["more than the limit", { limit: 1000 }, undefined, /is larger than 1000 bytes/],
    ["no file", {}, "missing", /answered with status 404/],
  ])("%s", async (_name, options, answer, message) => {
    await served(
      async ({ origin, cacheDir }) => {
        const failing = getFile({ origin, cacheDir, ...options });
        await expect(failing).rejects.toThrow(DataError);
        await expect(failing).rejects.toThrow(message);
        expect(await readdir(join(cacheDir, "datasets")).catch(() => [])).toEqual([]);
      },
      () => answer,
    );
  });

  test("an abort, with the signal's reason", async () => {
    const abort = new AbortController();
    const reason = new Error("enough");
    await served(
      async ({ origin, cacheDir }) => {
        await expect(getFile({ origin, cacheDir, signal: abort.signal })).rejects.toBe(reason);
        expect(await readdir(join(cacheDir, "datasets"))).toEqual([]);
        await expect(getFile({ origin, cacheDir, signal: abort.signal })).rejects.toBe(reason);
      },
      () => {
        setTimeout(() => abort.abort(reason), 20);
        return "hangs";
      },
    );
  });

  test("two at a time", async () => {
    await served(async ({ origin, cacheDir }) => {
      const options = { origin, cacheDir, fileHash: sha256 };
      const [first, second] = await Promise.all([getFile(options), getFile(options)]);
      expect(first).toBe(second);
      expect(await readdir(join(cacheDir, "datasets"))).toEqual(["a.txt"]);
    });
  });
});

test("what cannot be", async () => {
  await withFolder(async (cacheDir) => {
    const origin = "http://127.0.0.1:1/a";
    for (const fname of ["../a", "a/b", "a\\b", "..", "", "c:d", "a\0b"])
      await expect(getFile({ origin, cacheDir, fname })).rejects.toThrow(/cannot name a file/);
    await expect(getFile({ origin: `${origin}/`, cacheDir })).rejects.toThrow(ValueError);
    await expect(getFile({ origin, cacheDir, fileHash: "12" })).rejects.toThrow(/64 hexadecimal digits/);
    await expect(getFile({ origin, cacheDir })).rejects.toThrow(DataError);
    await writeFile(join(cacheDir, "file"), "");
    await served(async (place) => {
      const failing = getFile({ ...place, cacheDir: join(cacheDir, "file") });
      await expect(failing).rejects.toThrow(/could not be written to .*CREASE_CACHE/);
    });
  });
});

test("MD5 is what Node computes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(md5(bytes)).toBe(createHash("md5").update(bytes).digest("hex"));
    }),
  );
});

describe("archives", () => {
  const tree = {
    "a.txt": "one",
    "deep/b.txt": "two",
    [`deep/${"long".repeat(20)}/${"name".repeat(20)}/c.txt`]: "three",
  };
  const files = async (folder: string): Promise<object> =>
    Object.fromEntries(
      await Promise.all(Object.keys(tree).map(async (name) => [name, String(await readFile(join(folder, name)))])),
    );
  /** A server of `archive`, made by tar of the tree in one of its formats. */
  const packed = async (
    pack: (folder: string, archive: string) => Promise<unknown>,
    body: (place: { origin: string; cacheDir: string }) => Promise<void>,
  ): Promise<void> =>
    withFolder((folder) =>
      withFolder(async (cacheDir) => {
        for (const [name, text] of Object.entries(tree)) {
          await mkdir(join(folder, "tree", name, ".."), { recursive: true });
          await writeFile(join(folder, "tree", name), text);
        }
        await pack(join(folder, "tree"), join(folder, "archive"));
        await withServer(folder, (url) => body({ origin: `${url}/archive`, cacheDir }));
      }),
    );

  test.each(["ustar", "pax", "gnu"])("a tar of the format %s, compressed or not", async (format) => {
    for (const compression of [[], ["--gzip"]])
      await packed(
        (folder, archive) => run("tar", [`--format=${format}`, ...compression, "-cf", archive, "-C", folder, "."]),
        async (place) => {
          const folder = await getFile({ ...place, extract: true });
          expect(folder).toBe(join(place.cacheDir, "datasets", "archive_extracted"));
          expect(await files(folder)).toEqual(tree);
          expect(await files(await getFile({ ...place, extract: true }))).toEqual(tree);
          expect((await readdir(join(place.cacheDir, "datasets"))).sort()).toEqual(["archive", "archive_extracted"]);
        },
      );
  });

  test("a zip", async () => {
    const bytes = writeZip(new Map(Object.entries(tree).map(([name, text]) => [name, Buffer.from(text)])));
    await packed(
      (_folder, archive) => writeFile(archive, bytes),
      async (place) => expect(await files(await getFile({ ...place, extract: true }))).toEqual(tree),
    );
  });

  test.each<[string, (folder: string, archive: string) => Promise<unknown>, RegExp]>([
    [
      "a name that leads out",
      (folder, archive) => run("tar", ["-cPf", archive, "-C", folder, "--transform=s,^,../../,", "a.txt"]),
      /"\.\.\/\.\.\/a\.txt", which leads out/,
    ],
    ["an absolute name", (folder, archive) => run("tar", ["-cPf", archive, join(folder, "a.txt")]), /leads out/],
    ["no archive", (_folder, archive) => writeFile(archive, "hello ".repeat(500)), /is no tar archive/],
    ["a tar cut short", (folder, archive) => cutShort(folder, archive), /is cut short/],
  ])("%s is refused, and leaves nothing", async (_name, pack, message) => {
    await packed(pack, async (place) => {
      const failing = getFile({ ...place, extract: true });
      await expect(failing).rejects.toThrow(DataError);
      await expect(failing).rejects.toThrow(message);
      expect(await readdir(join(place.cacheDir, "datasets"))).toEqual(["archive"]);
    });
  });
});

async function cutShort(folder: string, archive: string): Promise<void> {
  await run("tar", ["-cf", archive, "-C", folder, "."]);
  await writeFile(archive, (await readFile(archive)).subarray(0, 1600));
}
