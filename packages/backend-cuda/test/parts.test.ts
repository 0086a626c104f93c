// The parts of an installation that need no network and no compiler: what they find, refuse and leave alone.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { checkDigest, checkRecord } from "../src/digest.ts";
import { bindingStatus, cudaBackend, removeBinding } from "../src/index.ts";
import { libtensorflowIn } from "../src/libtensorflow.ts";
import { alone } from "../src/lock.ts";
import { probeBinding } from "../src/probe.ts";
import { checkRoom } from "../src/room.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "crease-cuda-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text = ""): string {
  const file = join(folder, path);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, text);
  return file;
}

describe("a libtensorflow", () => {
  test("is found in a Python package, in what holds one, and in an unpacked archive", () => {
    for (const name of ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2", "include/tensorflow/c/eager/c_api.h"])
      write(`site/tensorflow/${name}`);
    for (const name of [
      "lib/libtensorflow.so.2",
      "lib/libtensorflow_framework.so.2",
      "include/tensorflow/c/eager/c_api.h",
    ])
      write(`archive/${name}`);
    const inside = libtensorflowIn(join(folder, "site", "tensorflow"));
    expect(inside).toMatchObject({ folder: join(folder, "site", "tensorflow"), library: "libtensorflow_cc.so.2" });
    expect(libtensorflowIn(join(folder, "site"))).toEqual(inside);
    expect(libtensorflowIn(join(folder, "archive"))).toMatchObject({
      folder: join(folder, "archive", "lib"),
      library: "libtensorflow.so.2",
    });
    // Its CUDA libraries lie beside where it really is.
    symlinkSync(join(folder, "site"), join(folder, "link"));
    expect(libtensorflowIn(join(folder, "link")).folder).toBe(inside.folder);
  });

  test("without libraries or without headers is refused, with what is missing", () => {
    expect(() => libtensorflowIn(folder)).toThrow(/there is no libtensorflow_cc\.so\.2 or .* Name the folder/);
    write("lib/libtensorflow.so.2");
    expect(() => libtensorflowIn(folder)).toThrow(/with its libtensorflow_framework\.so\.2/);
    write("lib/libtensorflow_framework.so.2");
    expect(() => libtensorflowIn(folder)).toThrow(/has no tensorflow\/c\/eager\/c_api\.h\. Put the headers there/);
  });
});

describe("digests", () => {
  const sha256 = (text: string, encoding: "hex" | "base64url") => createHash("sha256").update(text).digest(encoding);

  test("of a download", async () => {
    const file = write("wheel", "content");
    await expect(checkDigest(file, sha256("content", "hex"))).resolves.toBeUndefined();
    await expect(checkDigest(file, sha256("other", "hex"))).rejects.toThrow(/has the SHA-256 .* Delete it/);
  });

  test("of an installed wheel are those of its RECORD", async () => {
    const library = write("site/tensorflow/lib.so", "content");
    const record = write("site/t.dist-info/RECORD", `tensorflow/lib.so,sha256=${sha256("content", "base64url")},7\n`);
    await expect(checkRecord(record, [library], "Reinstall it")).resolves.toBeUndefined();
    writeFileSync(library, "changed");
    await expect(checkRecord(record, [library], "Reinstall it")).rejects.toThrow(
      /is not what its wheel installed.* Reinstall it\./,
    );
    const other = write("site/tensorflow/other.so", "content");
    await expect(checkRecord(record, [other], "Reinstall it")).rejects.toThrow(/does not list tensorflow\/other\.so/);
  });
});

test("a disk without room is refused, with the way to another one", () => {
  expect(() => checkRoom(folder, 1)).not.toThrow();
  expect(() => checkRoom(folder, 2 ** 60)).toThrow(/GiB free and .* CREASE_CACHE=<folder> crease cuda install/);
});

describe("one installation at a time", () => {
  test("a second one waits for the first", async () => {
    const order: string[] = [];
    const first = alone(folder, async () => {
      order.push("first begins");
      await new Promise((resolve) => setTimeout(resolve, 50));
      order.push("first ends");
    });
    await Promise.all([first, alone(folder, async () => void order.push("second"))]);
    expect(order).toEqual(["first begins", "first ends", "second"]);
    expect(existsSync(join(folder, "installing"))).toBe(false);
  });

  test("one that was killed holds nobody up, one that failed neither", async () => {
    // No process has the largest number.
    write("installing", String(2 ** 22 + 1));
    expect(await alone(folder, async () => "done")).toBe("done");
    await expect(alone(folder, () => Promise.reject(new Error("failed")))).rejects.toThrow("failed");
    expect(await alone(folder, async () => "again")).toBe("again");
  });
});

test("removal leaves what is not of an installation", () => {
  write("binding.json", "{}");
  write("libtensorflow-cpu-2.21.0/tensorflow/lib.so");
  write("tfjs-node-gpu-4.22.0/package.json");
  write("thesis.txt", "mine");
  expect(removeBinding({ cacheFolder: folder })).toBe(true);
  expect(readFileSync(join(folder, "thesis.txt"), "utf8")).toBe("mine");
  expect(existsSync(join(folder, "libtensorflow-cpu-2.21.0"))).toBe(false);
  expect(removeBinding({ cacheFolder: folder })).toBe(false);
  rmSync(join(folder, "thesis.txt"));
  write("downloads/half.whl");
  removeBinding({ cacheFolder: folder });
  expect(existsSync(folder)).toBe(false);
});

describe("a binding", () => {
  const file = "tfjs-node-gpu-4.22.0/node_modules/@tensorflow/tfjs-node-gpu/lib/napi-v8/tfjs_binding.node";

  test("whose libtensorflow is gone counts as not built", () => {
    write(file);
    const libtensorflow = join(folder, "lib");
    write("binding.json", JSON.stringify({ libtensorflow, version: "2.21.0", device: "cpu", origin: "wheel" }));
    expect(bindingStatus({ cacheFolder: folder })).toBeUndefined();
    mkdirSync(libtensorflow);
    expect(bindingStatus({ cacheFolder: folder })).toMatchObject({ version: "2.21.0", origin: "wheel" });
  });

  test("for CPUs is refused before it is loaded, unless the cpu is asked for", async () => {
    write(file, "no library");
    const status = { libtensorflow: folder, version: "2.21.0", device: "cpu", origin: "wheel" };
    write("binding.json", JSON.stringify(status));
    await expect(cudaBackend({ cacheFolder: folder })).rejects.toThrow(
      /is for CPUs\. Install the one for GPUs: crease cuda install --gpu; or .*cudaBackend\(\{ device: "cpu" \}\)/,
    );
    expect(await probeBinding(join(folder, file))).toMatchObject({
      failure: expect.stringMatching(/tfjs_binding\.node/),
    });
  });

  test("that is not built is refused, with the command that builds it", async () => {
    await expect(cudaBackend({ cacheFolder: folder })).rejects.toThrow(
      /no binding .* is built in .* crease cuda install\./,
    );
  });
});
