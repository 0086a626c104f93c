/** NumPy's files as tensors and data sets. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DataError, ValueError } from "@crease/backend";
import { cpuBackend } from "@crease/backend-cpu";
import { type StoredArray, writeNpy, writeNpz } from "@crease/files";
import { getBackend } from "@crease/tensor";
import { describe, expect, test } from "vitest";
import { type Dataset, disposeElement, loadNpz, type NpzElement, npzDataset } from "../src/index.ts";
import { withFolder } from "./mnistFolders.ts";

const numbers = (count: number, shape: number[] = [count]): StoredArray => ({
  dtype: "float64",
  shape,
  data: Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i),
});
const labels = (count: number): StoredArray => ({
  dtype: "int32",
  shape: [count],
  data: Int32Array.from({ length: count }, (_, i) => i),
});
const npz = (arrays: { [name: string]: StoredArray }): Uint8Array => writeNpz(new Map(Object.entries(arrays)));

async function all(data: Dataset<NpzElement>, pass = {}): Promise<unknown[][]> {
  const found: unknown[][] = [];
  for await (const element of data.iterate(pass)) {
    found.push(await Promise.all(element.map((x) => x?.array())));
    disposeElement(element);
  }
  return found;
}

test("loadNpz: all arrays under their names, on the backend asked for, from bytes, a Blob and a path", async () => {
  const bytes = npz({ a: numbers(6, [2, 3]), b: labels(2), __proto: { dtype: "string", shape: [1], data: ["é"] } });
  await withFolder(async (folder) => {
    const path = join(folder, "arrays.npz");
    await writeFile(path, bytes);
    const backend = cpuBackend();
    for (const source of [bytes, new Blob([bytes as Uint8Array<ArrayBuffer>]), path]) {
      const arrays = await loadNpz(source, { backend });
      expect([...arrays.keys()]).toEqual(["a", "b", "__proto"]);
      expect(await arrays.get("a")?.array()).toEqual([
        [0, 1, 2],
        [3, 4, 5],
      ]);
      expect([...arrays.values()].map(({ dtype }) => dtype)).toEqual(["float64", "int32", "string"]);
      for (const x of arrays.values()) x.dispose();
    }
    expect(backend.memory().buffers).toBe(0);
    await expect(loadNpz(path, { limit: 10 })).rejects.toThrow(/the limit is 10/);
    await expect(loadNpz(join(folder, "none"))).rejects.toThrow(/none could not be read/);
    await writeFile(path, (await readFile(path)).subarray(0, 50));
    await expect(loadNpz(path)).rejects.toThrow(DataError);
  });
  expect([...(await loadNpz(writeNpy(labels(3)))).keys()]).toEqual(["x"]);
});

describe("npzDataset", () => {
  test("rows in batches, float64 as float32, nothing left", async () => {
    const before = getBackend().memory();
    const bytes = npz({ x: numbers(20, [10, 2]), y: labels(10), w: numbers(10) });
    const data = await npzDataset(bytes, { batchSize: 4, shuffle: false, sampleWeight: "w" });
    expect(data.size).toBe(3);
    const batches = await all(data);
    expect(batches[2]).toEqual([
      [
        [16, 17],
        [18, 19],
      ],
      [8, 9],
      [8, 9],
    ]);
    for await (const batch of data) {
      expect(batch.map((x) => x?.dtype)).toEqual(["float32", "int32", "float32"]);
      disposeElement(batch);
      break;
    }
    expect(getBackend().memory()).toEqual(before);
  });

  test("names: the usual ones, those given, the only one", async () => {
    const first = async (arrays: { [name: string]: StoredArray }, options = {}): Promise<number> => {
      const [batch] = await all(await npzDataset(npz(arrays), { shuffle: false, ...options }));
      return batch?.length as number;
    };
    expect(await first({ x: numbers(3), y: labels(3) })).toBe(2);
    expect(await first({ x: numbers(3), y: labels(3) }, { y: null })).toBe(1);
    expect(await first({ x_train: numbers(3), y_train: labels(3), x_test: numbers(2) })).toBe(2);
    expect(await first({ digits: numbers(3) })).toBe(1);
    expect(await first({ digits: numbers(3), kinds: labels(3) }, { x: "digits", y: "kinds" })).toBe(2);
    const [row] = await all(await npzDataset(writeNpy(numbers(3)), { batchSize: null }));
    expect(row).toHaveLength(1);
  });

  test("orders and parts", async () => {
    const bytes = npz({ x: labels(60) });
    const [train, validation] = await npzDataset(bytes, {
      validationSplit: 0.25,
      seed: 1,
      subset: "both",
      batchSize: 7,
    });
    const first = (await all(train)).flat(2);
    const second = (await all(train)).flat(2);
    const held = (await all(validation)).flat(2);
    expect([first.length, held.length]).toEqual([45, 15]);
    expect(second).not.toEqual(first);
    expect((await all(train, { epoch: 0, start: 2 })).flat(2)).toEqual(first.slice(14));
    expect([...first, ...held].sort((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: 60 }, (_, i) => i));
    const again = await npzDataset(bytes, { validationSplit: 0.25, seed: 1, subset: "validation" });
    expect((await all(again)).flat(2)).toEqual(held);
  });

  test("texts and empty arrays", async () => {
    const words: StoredArray = { dtype: "string", shape: [3, 2], data: ["a", "b", "c", "d", "e", "f"] };
    const data = await npzDataset(npz({ x: words }), { batchSize: 2, shuffle: false });
    expect(await all(data)).toEqual([
      [
        [
          ["a", "b"],
          ["c", "d"],
        ],
      ],
      [[["e", "f"]]],
    ]);
    expect(await all(await npzDataset(npz({ x: labels(0) })))).toEqual([]);
  });

  test.each<[string, { [name: string]: StoredArray }, object, RegExp]>([
    ["no x", { a: labels(2), b: labels(2) }, {}, /has the arrays a, b, none of them x/],
    [
      "an unknown name",
      { labels: labels(2), x: labels(2) },
      { y: "lables" },
      /no array "lables"\. Did you mean "labels"/,
    ],
    ["other lengths", { x: labels(2), y: labels(3) }, {}, /different length, got int32\[2\] and int32\[3\]/],
    ["a scalar", { x: { dtype: "int32", shape: [], data: new Int32Array(1) } }, {}, /different length, got int32\[\]/],
    ["no batch size", { x: labels(2) }, { batchSize: 0 }, /batchSize is 0/],
    ["a split alone", { x: labels(2) }, { validationSplit: 0.5 }, /belong together/],
    ["an empty part", { x: labels(2) }, { validationSplit: 1e-12, subset: "both" }, /leaves none for validation/],
  ])("%s is refused", async (_name, arrays, options, message) => {
    const opened = npzDataset(npz(arrays), options as { subset: "both" });
    await expect(opened).rejects.toThrow(message);
    await expect(opened.catch((error) => error instanceof DataError || error instanceof ValueError)).resolves.toBe(
      true,
    );
  });
});
