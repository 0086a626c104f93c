/** The tables that come with the package against what is published of them, and the generated points. */
import { ValueError } from "@crease/backend";
import { cpuBackend } from "@crease/backend-cpu";
import { getBackend, setRandomSeed, type Tensor } from "@crease/tensor";
import { describe, expect, test } from "vitest";
import { blobs, breastCancer, circles, iris, moons, type PointsOptions, spirals, wine, xor } from "../src/index.ts";

/** One unit in the last digit that is written. */
const lastDigit = (value: number): number => 10 ** -(String(value).split(".")[1]?.length ?? 0);

describe.each([
  // Rows of each class, and of some columns the smallest, the largest and the mean, as the tables' descriptions give them.
  ["iris", iris, [50, 50, 50], { 0: [4.3, 7.9, 5.84], 1: [2, 4.4, 3.05], 2: [1, 6.9, 3.76], 3: [0.1, 2.5, 1.2] }],
  ["wine", wine, [59, 71, 48], { 0: [11, 14.8, 13], 4: [70, 162, 99.7], 10: [0.48, 1.71, 0.96], 12: [278, 1680, 746] }],
  [
    "breastCancer",
    breastCancer,
    [212, 357],
    { 0: [6.981, 28.11], 3: [143.5, 2501], 10: [0.112, 2.873], 29: [0.055, 0.208] },
  ],
] as const)("%s", (_name, set, counts, published) => {
  const total = counts.reduce<number>((sum, count) => sum + count, 0);

  test("has the rows that are published", async () => {
    const [[x, y], [none]] = await set.loadData({ testSplit: 0 });
    expect([x.dtype, x.shape, y.dtype]).toEqual(["float32", [total, set.featureNames.length], "int32"]);
    expect(none.shape).toEqual([0, set.featureNames.length]);
    const labels = (await y.array()) as number[];
    expect(set.targetNames.map((_, i) => labels.filter((label) => label === i).length)).toEqual(counts);
    const rows = (await x.array()) as number[][];
    for (const [column, [min, max, mean]] of Object.entries(
      published as Record<string, readonly [number, number, number?]>,
    )) {
      const values = rows.map((row) => row[Number(column)] as number);
      const found = [Math.min(...values), Math.max(...values), values.reduce((a, b) => a + b) / values.length];
      // The descriptions round, now and then in the wrong direction.
      for (const [i, value] of [min, max, mean].entries())
        if (value !== undefined) expect(Math.abs((found[i] as number) - value)).toBeLessThan(lastDigit(value));
    }
  });

  test("is divided by seed and fraction, and the caller's to dispose", async () => {
    const before = getBackend().memory();
    const sums: string[] = [];
    for (const options of [{}, { seed: 5, testSplit: 0.3 }, { seed: 5, testSplit: 0.3 }]) {
      const parts = await set.loadData(options);
      const count = Math.floor(total * (1 - (options.testSplit ?? 0.2)));
      expect(parts.map(([, y]) => y.shape[0])).toEqual([count, total - count]);
      sums.push(JSON.stringify(await Promise.all(parts.flat().map((t) => t.sum().item()))));
      for (const t of parts.flat()) t.dispose();
    }
    expect(sums[1]).toBe(sums[2]);
    expect(sums[0]).not.toBe(sums[1]);
    await expect(set.loadData({ testSplit: 1 })).rejects.toThrow(/loadData: testSplit is 1\./);
    await expect(set.loadData({ seed: -1 })).rejects.toThrow(ValueError);
    const backend = cpuBackend();
    const [[x]] = await set.loadData({ backend });
    expect(x.backend).toBe(backend);
    // Sums above were tensors of their own.
    expect(getBackend().memory().buffers - before.buffers).toBe(12);
  });
});

const generators: [string, (samples: number, options?: PointsOptions) => [Tensor, Tensor], number][] = [
  ["moons", moons, 2],
  ["circles", circles, 2],
  ["spirals", (samples, options) => spirals(samples, { ...options, arms: 4 }), 4],
  ["blobs", blobs, 3],
  ["xor", xor, 2],
];

describe.each(generators)("%s", (_name, make, classes) => {
  const values = async (pair: [Tensor, Tensor]): Promise<unknown[]> => Promise.all(pair.map((t) => t.array()));

  test.each([0, 1, 7, 100])("%i points, all classes alike", async (samples) => {
    const [x, y] = make(samples, { seed: 1, noise: 0.1 });
    expect([x.dtype, x.shape, y.dtype]).toEqual(["float32", [samples, 2], "int32"]);
    expect(await y.array()).toEqual(Array.from({ length: samples }, (_, i) => i % classes));
  });

  test("the seed decides, with or without being given", async () => {
    const options = { seed: 3, noise: 0.2 };
    const first = await values(make(20, options));
    expect(await values(make(20, options))).toEqual(first);
    expect(await values(make(20, { ...options, seed: 4 }))).not.toEqual(first);
    setRandomSeed(8);
    const drawn = await values(make(20, { noise: 0.2 }));
    expect(await values(make(20, { noise: 0.2 }))).not.toEqual(drawn);
    setRandomSeed(8);
    expect(await values(make(20, { noise: 0.2 }))).toEqual(drawn);
  });

  test("noise has the deviation asked for", async () => {
    const [still] = make(4000, { seed: 2, noise: 0 });
    const [moved] = make(4000, { seed: 2, noise: 0.25 });
    const moves = moved.sub(still);
    expect(await moves.std().item()).toBeCloseTo(0.25, 1);
    expect(await moves.mean().item()).toBeCloseTo(0, 1);
  });

  test("goes to the backend asked for, and leaves nothing else", async () => {
    const before = getBackend().memory();
    const backend = cpuBackend();
    for (const t of make(10, { backend })) {
      expect(t.backend).toBe(backend);
      t.dispose();
    }
    expect(backend.memory().buffers).toBe(0);
    expect(getBackend().memory()).toEqual(before);
  });

  test("options out of range", () => {
    expect(() => make(-1)).toThrow(/samples is -1/);
    expect(() => make(1.5)).toThrow(ValueError);
    expect(() => make(10, { noise: -1 })).toThrow(/noise is -1/);
    expect(() => make(10, { seed: 0.5 })).toThrow(ValueError);
  });
});

test("places that are drawn follow the seed", async () => {
  for (const make of [blobs, xor]) {
    const [first] = make(10, { seed: 1, noise: 0 });
    const [again] = make(10, { seed: 1, noise: 0 });
    const [other] = make(10, { seed: 2, noise: 0 });
    expect(await again.array()).toEqual(await first.array());
    expect(await other.array()).not.toEqual(await first.array());
  }
});

test("points lie where they are said to lie", async () => {
  const [ring, ringClass] = circles(40, { factor: 0.3 });
  const radii = (await ring.square().sum(1).sqrt().array()) as number[];
  const classes = (await ringClass.array()) as number[];
  for (const [i, radius] of radii.entries()) expect(radius).toBeCloseTo(classes[i] === 0 ? 1 : 0.3, 6);
  expect(await ring.sum(0).abs().max().item()).toBeCloseTo(0, 4);
  const [heap] = blobs(3000, { centers: [[100, -50]], noise: 2, seed: 1 });
  expect(await heap.mean(0).array()).toEqual([expect.closeTo(100, 0), expect.closeTo(-50, 0)]);
  expect(() => blobs(3, { centers: [] })).toThrow(/centers are no pairs/);
  expect(() => spirals(3, { turns: 0 })).toThrow(/turns is 0/);
  expect(() => circles(3, { factor: 1 })).toThrow(/factor is 1/);
});
