/** Keras's data sets from small files of their formats, served locally: the same numbers in the same order as Keras. */

import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import { DataError, ValueError } from "@crease/backend";
import { cpuBackend } from "@crease/backend-cpu";
import { getBackend, type Tensor } from "@crease/tensor";
import { describe, expect, test } from "vitest";
import { gunzipPieces } from "../src/gunzipPieces.ts";
import {
  bostonHousing,
  californiaHousing,
  cifar10,
  cifar100,
  fashionMnist,
  imdb,
  type LabelledTexts,
  reuters,
  type TablePart,
} from "../src/index.ts";
import { numpyShuffle } from "../src/numpyShuffle.ts";
import { tarFiles } from "../src/tarFiles.ts";
import { mnistFolder, withFolder } from "./mnistFolders.ts";
import { withServer } from "./mnistServer.ts";

const fixtures = fileURLToPath(new URL("fixtures", import.meta.url));
const fixture = (name: string): Promise<Buffer> => readFile(join(fixtures, name));
const digestOf = async (name: string): Promise<string> =>
  createHash("sha256")
    .update(await fixture(name))
    .digest("hex");

interface KerasCase {
  readonly name: "imdb" | "reuters" | "bostonHousing" | "californiaHousing";
  readonly options: { readonly [option: string]: unknown };
  readonly sets: readonly (readonly [unknown, number[]])[];
}

const files = {
  imdb: "imdb.npz",
  reuters: "reuters.npz",
  bostonHousing: "boston_housing.npz",
  californiaHousing: "california_housing.npz",
};
const loaders = { imdb, reuters, bostonHousing, californiaHousing } as const;
const load = (name: KerasCase["name"], options: object): Promise<(LabelledTexts | TablePart)[]> =>
  loaders[name].loadData(options);
const camelCase = (options: KerasCase["options"]): object =>
  Object.fromEntries(
    Object.entries(options).map(([name, value]) => [name.replace(/_(.)/g, (_, letter) => letter.toUpperCase()), value]),
  );

async function plain(sets: readonly (readonly [number[][] | Tensor, Tensor])[]): Promise<unknown[]> {
  return Promise.all(
    sets.map(async ([x, y]) => {
      const values = [Array.isArray(x) ? x : await x.array(), await y.array()];
      if (!Array.isArray(x)) x.dispose();
      y.dispose();
      return values;
    }),
  );
}

test("all cases of Keras, and nothing is left", async () => {
  const cases = JSON.parse(String(await fixture("keras-data.json"))) as KerasCase[];
  expect(new Set(cases.map(({ name }) => name)).size).toBe(4);
  const before = getBackend().memory();
  for (const { name, options, sets } of cases) {
    const found = await plain(await load(name, { path: fixtures, fileHash: false, ...camelCase(options) }));
    const isTable = name.endsWith("Housing");
    const rounded = (values: unknown): unknown =>
      JSON.parse(JSON.stringify(values), (_, value) => (typeof value === "number" ? Math.fround(value) : value));
    expect([name, options, found]).toEqual([name, options, isTable ? rounded(sets) : sets]);
  }
  expect(getBackend().memory()).toEqual(before);
});

test("NumPy's RandomState, whatever the seed", async () => {
  const cases = JSON.parse(String(await fixture("numpy-shuffles.json"))) as { seed: number; orders: number[][] }[];
  for (const { seed, orders } of cases) {
    const shuffle = numpyShuffle("test", seed);
    for (const order of orders) expect([...shuffle(order.length)]).toEqual(order);
  }
  for (const seed of [-1, 2 ** 32, 0.5, Number.NaN]) expect(() => numpyShuffle("test", seed)).toThrow(ValueError);
});

test.each(["imdb-protocol3.npz", "imdb-numpy2.npz"])(
  "%s holds the same as imdb.npz, in another pickle",
  async (name) => {
    await withFolder(async (folder) => {
      await writeFile(join(folder, "imdb.npz"), await fixture(name));
      const other = await plain(await imdb.loadData({ path: folder, fileHash: false }));
      expect(other).toEqual(await plain(await imdb.loadData({ path: fixtures, fileHash: false })));
    });
  },
);

describe("files", () => {
  test("are downloaded once, checked, and kept", async () => {
    const fileHash = await digestOf("imdb.npz");
    await withFolder((cache) =>
      withServer(fixtures, async (url, requests) => {
        for (let i = 0; i < 2; i++) for (const [, y] of await imdb.loadData({ url, cache, fileHash })) y.dispose();
        expect(requests).toEqual(["imdb.npz"]);
        const kept = join(cache, "imdb", "imdb.npz");
        expect(await readFile(kept)).toEqual(await fixture("imdb.npz"));
        await writeFile(kept, "damaged");
        for (const [, y] of await imdb.loadData({ url, cache, fileHash })) y.dispose();
        expect(requests).toHaveLength(2);
        for (const [, y] of await imdb.loadData({ url, cache: false, fileHash })) y.dispose();
        expect(requests).toHaveLength(3);
      }),
    );
  });

  test.each(["imdb", "reuters", "bostonHousing", "californiaHousing"] as const)(
    "%s of another digest is refused, wherever it comes from",
    async (name) => {
      await withServer(fixtures, async (url) => {
        for (const source of [{ path: fixtures }, { url, cache: false } as const]) {
          const loading = load(name, source);
          await expect(loading).rejects.toThrow(DataError);
          await expect(loading).rejects.toThrow(`${files[name]} has SHA-256 ${await digestOf(files[name])}, expected `);
        }
      });
    },
  );

  test("missing, too long, of another kind", async () => {
    await withFolder(async (path) => {
      const fileHash = false;
      await expect(bostonHousing.loadData({ path })).rejects.toThrow(/boston_housing\.npz could not be read/);
      const file = join(path, "boston_housing.npz");
      await writeFile(file, new Uint8Array(2 ** 22 + 1));
      await expect(bostonHousing.loadData({ path, fileHash })).rejects.toThrow(/is too long: 4194305 bytes/);
      await writeFile(file, await fixture("imdb.npz"));
      await expect(bostonHousing.loadData({ path, fileHash })).rejects.toThrow(DataError);
      await writeFile(join(path, "imdb.npz"), await fixture("boston_housing.npz"));
      await expect(imdb.loadData({ path, fileHash })).rejects.toThrow(/holds no x_train\.npy/);
      await writeFile(join(path, "reuters.npz"), await fixture("boston_housing.npz"));
      await expect(reuters.loadData({ path, fileHash })).rejects.toThrow(/holds no lists with a label for each/);
    });
  });

  test("a digest without a file, and options out of range", async () => {
    const path = fixtures;
    await expect(imdb.loadData({ fileHash: "0".repeat(64) })).rejects.toThrow(/fileHash is given without a file/);
    await expect(imdb.loadData({ path, fileHash: "abc" })).rejects.toThrow(/fileHash "abc" is no digest/);
    await expect(imdb.loadData({ path, maxlen: 1, fileHash: false })).rejects.toThrow(
      /no text is shorter than maxlen 1/,
    );
    await expect(imdb.loadData({ numWords: -1 })).rejects.toThrow(/numWords is -1/);
    await expect(imdb.loadData({ seed: 1.5 })).rejects.toThrow(/seed is 1\.5/);
    await expect(reuters.loadData({ testSplit: 1 })).rejects.toThrow(/testSplit is 1\./);
    await expect(bostonHousing.loadData({ testSplit: -0.1 })).rejects.toThrow(ValueError);
    await expect(californiaHousing.loadData({ version: "tiny" as "small" })).rejects.toThrow(/version is "tiny"/);
    await expect(cifar100.loadData({ labelMode: "medium" as "fine" })).rejects.toThrow(/labelMode is "medium"/);
  });
});

describe("word indices", () => {
  test("are maps of numbers by word", async () => {
    await withFolder(async (path) => {
      await writeFile(join(path, "imdb_word_index.json"), '{"the": 1, "__proto__": 2, "d\'été": 3}');
      await writeFile(join(path, "reuters_word_index.json"), '{"mln": 1}');
      const index = await imdb.getWordIndex({ path, fileHash: false });
      expect([...index]).toEqual([
        ["the", 1],
        ["__proto__", 2],
        ["d'été", 3],
      ]);
      expect([...(await reuters.getWordIndex({ path, fileHash: false }))]).toEqual([["mln", 1]]);
      await expect(imdb.getWordIndex({ path })).rejects.toThrow(/has MD5 [0-9a-f]{32}, expected bfafd718/);
      for (const [text, message] of [
        ["{", /is no JSON/],
        ["[]", /no object of numbers by word/],
        ['{"a": "b"}', /no object of numbers by word/],
        ["null", /no object of numbers by word/],
      ] as const) {
        await writeFile(join(path, "imdb_word_index.json"), text);
        await expect(imdb.getWordIndex({ path, fileHash: false })).rejects.toThrow(message);
      }
    });
  });

  test("topics have a name for each label", () => {
    expect(reuters.getLabelNames()).toHaveLength(46);
    expect(reuters.getLabelNames()[45]).toBe("lead");
  });
});

describe("CIFAR", () => {
  /** What make_keras_files.py puts into image `n`. */
  const expectImages = async (images: Tensor, first: number, count: number): Promise<void> => {
    expect([images.dtype, images.shape]).toEqual(["uint8", [count, 32, 32, 3]]);
    const found = (await images.data()) as Uint8Array;
    const expected = found.map((_, i) => {
      const [c, column, row, n] = [i % 3, Math.floor(i / 3) % 32, Math.floor(i / 96) % 32, Math.floor(i / 3072)];
      return ((first + n) * 31 + c * 17 + row * 5 + column) % 251;
    });
    expect(Buffer.compare(found, expected)).toBe(0);
  };

  test("10: batches in order whatever the archive's, channels last", async () => {
    const before = getBackend().memory();
    const [[x, y], [testX, testY]] = await cifar10.loadData({ path: fixtures, fileHash: false });
    await expectImages(x, 0, 10);
    await expectImages(testX, 10, 3);
    expect([y.dtype, y.shape, await y.array()]).toEqual(["uint8", [10, 1], Array.from({ length: 10 }, (_, n) => [n])]);
    expect(await testY.array()).toEqual([[0], [1], [2]]);
    for (const t of [x, y, testX, testY]) t.dispose();
    expect(getBackend().memory()).toEqual(before);
    expect(cifar10.classNames).toHaveLength(10);
  });

  test("100: fine and coarse labels, downloaded and kept, on the backend asked for", async () => {
    const backend = cpuBackend();
    const fileHash = await digestOf("cifar-100-binary.tar.gz");
    await withFolder((cache) =>
      withServer(fixtures, async (url, requests) => {
        const [[x, fine]] = await cifar100.loadData({ url, cache, fileHash, backend });
        await expectImages(x, 0, 4);
        expect(await fine.array()).toEqual([[50], [51], [52], [53]]);
        const [[, coarse]] = await cifar100.loadData({ url, cache, fileHash, labelMode: "coarse" });
        expect(await coarse.array()).toEqual([[0], [1], [2], [3]]);
        expect(fine.backend).toBe(backend);
        expect(requests).toEqual(["cifar-100-binary.tar.gz"]);
      }),
    );
  });

  test.each<[string, (archive: Buffer) => Uint8Array, RegExp]>([
    ["cut short", (archive) => archive.subarray(0, 700), /cannot be decompressed/],
    ["no gzip", () => Buffer.from("hello"), /cannot be decompressed/],
    ["a tar cut short", (archive) => gzipSync(gunzipSync(archive).subarray(0, 2000)), /is cut short/],
    ["no tar", () => gzipSync(Buffer.alloc(1024, 7)), /is no tar archive, or damaged/],
    ["an empty tar", () => gzipSync(Buffer.alloc(1024)), /holds no cifar-10-batches-bin\/data_batch_1\.bin/],
    [
      "another archive",
      (archive) => changed(archive, "data_batch_3.bin", "data_batch_X.bin"),
      /holds no .*data_batch_3\.bin/,
    ],
    [
      "a file too large",
      (archive) => grown(archive),
      /holds cifar-10-batches-bin\/test_batch\.bin of 8589934591 bytes, at most/,
    ],
  ])("%s is refused", async (_name, change, message) => {
    await withFolder(async (path) => {
      await writeFile(join(path, "cifar-10-binary.tar.gz"), change(await fixture("cifar-10-binary.tar.gz")));
      const loading = cifar10.loadData({ path, fileHash: false });
      await expect(loading).rejects.toThrow(DataError);
      await expect(loading).rejects.toThrow(message);
    });
  });

  test("an archive that is refused is given up", async () => {
    let open = 1;
    const pieces = async function* (): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield gzipSync(Buffer.alloc(1024, 7));
      } finally {
        open--;
      }
    };
    const context = { op: "test", where: "file" };
    const unpacked = gunzipPieces(pieces(), { ...context, fix: "None" });
    const reading = async (): Promise<void> => {
      for await (const file of tarFiles(unpacked, { ...context, limit: () => 1 })) expect(file).toBeUndefined();
    };
    await expect(reading()).rejects.toThrow(DataError);
    expect(open).toBe(0);
  });

  test("of another digest is refused, though everything else is right", async () => {
    const loading = cifar10.loadData({ path: fixtures });
    await expect(loading).rejects.toThrow(DataError);
    await expect(loading).rejects.toThrow(/has SHA-256 [0-9a-f]{64}, expected c4a38c50/);
  });
});

test("Fashion-MNIST has MNIST's format: the wrong files are known by their digest", async () => {
  const loading = fashionMnist.loadData({ path: mnistFolder });
  await expect(loading.then(() => "loaded")).rejects.toThrow(
    /^fashionMnist\.loadData: .*train-images-idx3-ubyte has SHA-256 ba891046.*, expected c59f468a/,
  );
  expect(fashionMnist.classNames).toHaveLength(10);
});

/** The archive with the header of one file changed, and the checksum made right. */
function rewritten(archive: Buffer, name: string, change: (header: Buffer) => void): Uint8Array {
  const tar = gunzipSync(archive);
  const start = tar.indexOf(name) & ~511;
  const header = tar.subarray(start, start + 512);
  change(header);
  header.write("        ", 148);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return gzipSync(tar);
}

function changed(archive: Buffer, from: string, to: string): Uint8Array {
  return rewritten(archive, from, (header) => header.write(to, header.indexOf(from)));
}

function grown(archive: Buffer): Uint8Array {
  return rewritten(archive, "test_batch.bin", (header) => header.write("77777777777\0", 124));
}
