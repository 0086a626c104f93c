/** splitDataset and timeseriesDatasetFromArray: Keras's sizes and windows, and disjoint parts in every pass. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { ShapeError, ValueError } from "@crease/backend";
import { arange, getBackend, tensor, zeros } from "@crease/tensor";
import { describe, expect, test } from "vitest";
import { Dataset, disposeElement, type Element, splitDataset, timeseriesDatasetFromArray } from "../src/index.ts";

async function all(data: Dataset, pass = {}): Promise<unknown[][]> {
  const found: unknown[][] = [];
  for await (const element of data.iterate(pass)) {
    found.push(await Promise.all((element as Element).map((x) => (x as ReturnType<typeof zeros>).array())));
    disposeElement(element);
  }
  return found;
}

describe("splitDataset", () => {
  // The sizes of keras.src.utils.dataset_utils._rescale_dataset_split_sizes.
  test.each([
    [10, { leftSize: 0.8 }, 8, 2],
    [10, { rightSize: 0.25 }, 8, 2],
    [10, { leftSize: 0.35 }, 4, 6],
    [10, { leftSize: 0.45 }, 4, 6],
    [10, { leftSize: 3 }, 3, 7],
    [10, { leftSize: 3, rightSize: 2 }, 3, 2],
    [10, { leftSize: 0.5, rightSize: 0.2 }, 5, 2],
  ])("%i elements by %j: %i and %i", async (total, sizes, left, right) => {
    const x = arange(total);
    const parts = splitDataset(x, sizes);
    expect(parts.map((part) => part.size)).toEqual([left, right]);
    const [first, last] = await Promise.all(parts.map((part) => all(part)));
    expect(first?.flat()).toEqual(Array.from({ length: left }, (_, i) => i));
    expect(last?.flat()).toEqual(Array.from({ length: right }, (_, i) => total - right + i));
  });

  test("shuffled parts are disjoint, and the same in every pass", async () => {
    const before = getBackend().memory();
    const x = arange(50);
    const y = arange(50);
    const [left, right] = splitDataset([x, y], { leftSize: 0.6, shuffle: true, seed: 4 });
    const passes = await Promise.all([all(left), all(left), all(right)]);
    expect(passes[0]).toEqual(passes[1]);
    const numbers = [...(passes[0] ?? []), ...(passes[2] ?? [])].map(([n]) => n as number);
    expect(numbers).not.toEqual([...numbers].sort((a, b) => a - b));
    expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
    const again = splitDataset([x, y], { leftSize: 0.6, shuffle: true, seed: 4 });
    expect(await all(again[0])).toEqual(passes[0]);
    x.dispose();
    y.dispose();
    expect(getBackend().memory()).toEqual(before);
  });

  test("data sets keep their types and their batches", async () => {
    const data = Dataset.fromTensors(arange(10), zeros([10, 2])).batch(3);
    const [left, right] = splitDataset(data, { leftSize: 3 });
    expect(await all(right)).toEqual([[[9], [[0, 0]]]]);
    for await (const [, y] of left) expect(y.shape).toEqual([3, 2]);
    expect(splitDataset([arange(4), arange(4), arange(4)], { leftSize: 1 })[0].size).toBe(1);
  });

  test.each([
    [{}, /neither leftSize nor rightSize/],
    [{ leftSize: 0 }, /leftSize 0 leaves/],
    [{ leftSize: -0.2 }, /leftSize -0\.2 leaves/],
    [{ leftSize: 10 }, /leftSize 10 leaves/],
    [{ leftSize: 1.5 }, /leftSize 1\.5 leaves/],
    [{ rightSize: 0.01 }, /rightSize 0\.01 leaves/],
    [{ rightSize: Number.NaN }, /rightSize NaN leaves/],
    [{ leftSize: 0.7, rightSize: 0.5 }, /are more than 10 elements/],
  ])("%j is refused", (sizes, message) => {
    expect(() => splitDataset(arange(10), sizes)).toThrow(ValueError);
    expect(() => splitDataset(arange(10), sizes)).toThrow(message);
  });

  test("a data set of unknown size is refused", () => {
    const data = Dataset.fromGenerator(() => [[tensor(1)] as const]);
    expect(() => splitDataset(data, { leftSize: 0.5 })).toThrow(/size is not known/);
  });
});

interface KerasSeries {
  readonly options: { readonly [name: string]: number };
  readonly targets: boolean;
  readonly batches: unknown[][];
}

describe("timeseriesDatasetFromArray", () => {
  const data = arange(40).reshape([20, 2]);
  const targets = arange(100, 120);

  test("all cases of Keras", async () => {
    const path = fileURLToPath(new URL("fixtures/keras-timeseries.json", import.meta.url));
    const cases = JSON.parse(String(await readFile(path))) as KerasSeries[];
    expect(cases.length).toBeGreaterThan(3);
    const before = getBackend().memory();
    for (const { options, targets: has, batches } of cases) {
      const named = {
        ...(options.sequence_stride === undefined ? {} : { sequenceStride: options.sequence_stride }),
        ...(options.sampling_rate === undefined ? {} : { samplingRate: options.sampling_rate }),
        ...(options.start_index === undefined ? {} : { startIndex: options.start_index }),
        ...(options.end_index === undefined ? {} : { endIndex: options.end_index }),
        ...(options.batch_size === undefined ? {} : { batchSize: options.batch_size }),
      };
      const found = timeseriesDatasetFromArray(data, has ? targets : null, options.sequence_length as number, named);
      expect(await all(found)).toEqual(batches);
      expect(found.size).toBe(batches.length);
    }
    expect(getBackend().memory()).toEqual(before);
  });

  test("shuffled, one by one, from a place on", async () => {
    const options = { shuffle: true, seed: 1, batchSize: null };
    const windows = timeseriesDatasetFromArray(data, targets, 3, options);
    const first = await all(windows);
    expect(first).toHaveLength(18);
    const plain = await all(timeseriesDatasetFromArray(data, targets, 3, { batchSize: null }));
    expect(first).not.toEqual(plain);
    expect([...first].sort((a, b) => Number(a[1]) - Number(b[1]))).toEqual(plain);
    expect(await all(windows, { epoch: 0, start: 5 })).toEqual(first.slice(5));
  });

  test("shorter targets end the windows", async () => {
    const [[, y]] = (await all(timeseriesDatasetFromArray(data, targets.slice([0, 4]), 3))) as [[unknown, number[]]];
    expect(y).toEqual([100, 101, 102, 103]);
    const late = timeseriesDatasetFromArray(data, targets.slice([0, 4]), 3, { startIndex: 2 });
    expect((await all(late)).map(([, label]) => label)).toEqual([[102, 103]]);
  });

  test.each([
    [{ sequenceStride: 0 }, /sequenceStride is 0/],
    [{ samplingRate: 20 }, /samplingRate is 20/],
    [{ startIndex: 20 }, /startIndex is 20/],
    [{ startIndex: 5, endIndex: 5 }, /endIndex is 5/],
    [{ endIndex: 21 }, /endIndex is 21/],
    [{ batchSize: 0 }, /batchSize is 0/],
    [{ endIndex: 2 }, /no window of 3 steps at rate 1 fits steps 0 to 2/],
  ])("%j is refused", (options, message) => {
    expect(() => timeseriesDatasetFromArray(data, targets, 3, options)).toThrow(ValueError);
    expect(() => timeseriesDatasetFromArray(data, targets, 3, options)).toThrow(message);
  });

  test("scalars have no steps", () => {
    expect(() => timeseriesDatasetFromArray(tensor(1), null, 1)).toThrow(ShapeError);
  });
});
