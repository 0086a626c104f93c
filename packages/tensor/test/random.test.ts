/** Random tensors: the distributions they promise, and the same numbers from the same seed. */
import { DTypeError, type KernelName, UnsupportedOpError, ValueError } from "@crease/backend";
import { cpuBackend } from "@crease/backend-cpu";
import {
  arange,
  bernoulli,
  getBackend,
  getRandomState,
  permutation,
  randomNormal,
  randomUniform,
  run,
  setRandomSeed,
  setRandomState,
  type Tensor,
  tensor,
  truncatedNormal,
} from "@crease/tensor";
import { afterEach, describe, expect, test } from "vitest";
import { inverseNormal } from "../src/inverseNormal.ts";
import { atLeast, atMost, below } from "../src/neighbours.ts";

/** Statistics need a fixed seed, so that a test never fails by chance. */
const seed = 20;
const n = 40_000;

const numbers = (x: Tensor): number[] => Array.from(x.dataSync() as Float32Array);
const words = (x: Tensor): string[] => numbers(x).map((word) => (word >>> 0).toString(16).padStart(8, "0"));

/** Largest distance between the sample's distribution function and `cdf`, times the root of the sample size. */
function kolmogorov(sample: readonly number[], cdf: (x: number) => number): number {
  const sorted = [...sample].sort((a, b) => a - b);
  const distance = Math.max(
    ...sorted.map((x, i) => Math.max((i + 1) / sorted.length - cdf(x), cdf(x) - i / sorted.length)),
  );
  return distance * Math.sqrt(sorted.length);
}
/** The value that `kolmogorov` passes once in a million samples. */
const rare = 2.69;

/** The normal distribution function by its series `0.5 + density(x) (x + x^3/3 + x^5/(3*5) + ...)` (Marsaglia 2004). */
function normalCdf(x: number): number {
  let term = x;
  let sum = x;
  for (let i = 3; Math.abs(term) > 1e-17 * Math.abs(sum); i += 2) {
    term *= (x * x) / i;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}

function expectMoments(sample: readonly number[], mean: number, variance: number): void {
  const average = sample.reduce((a, b) => a + b, 0) / sample.length;
  const spread = sample.reduce((a, b) => a + (b - average) ** 2, 0) / (sample.length - 1);
  const kurtosis = sample.reduce((a, b) => a + (b - average) ** 4, 0) / sample.length / spread ** 2;
  expect(Math.abs(average - mean)).toBeLessThan(5 * Math.sqrt(variance / sample.length));
  expect(Math.abs(spread - variance)).toBeLessThan(5 * variance * Math.sqrt((kurtosis - 1) / sample.length));
}

describe("the bits", () => {
  // Philox4x32-10 known answers of Random123 1.14, file kat_vectors.
  test("are Philox's published ones", () => {
    const zeros = run("randomBits", [], { key: [0, 0], counter: 0, shape: [4] })[0];
    expect(words(zeros)).toEqual(["6627e8d5", "e169c58d", "bc57ac4c", "9b00dbd8"]);
  });

  test("go on block by block whatever the shape", () => {
    const attrs = { key: [1, 2], counter: 5 } as const;
    const all = words(run("randomBits", [], { ...attrs, shape: [11] })[0]);
    expect(words(run("randomBits", [], { ...attrs, shape: [3, 2] })[0])).toEqual(all.slice(0, 6));
    expect(words(run("randomBits", [], { ...attrs, counter: 6, shape: [7] })[0])).toEqual(all.slice(4));
  });

  test("make uniform numbers of their top 24", () => {
    const attrs = { key: [3, 4], counter: 2 ** 40, shape: [100] } as const;
    const bits = numbers(run("randomBits", [], attrs)[0]);
    expect(numbers(run("randomUniform", [], attrs)[0])).toEqual(bits.map((word) => (word >>> 8) / 2 ** 24));
  });
});

describe("streams", () => {
  const state = getRandomState();
  afterEach(() => setRandomState(state));

  test("a seed gives the same numbers at each call and leaves the context's stream alone", () => {
    const before = getRandomState();
    expect(numbers(randomNormal([5], { seed: 3 }))).toEqual(numbers(randomNormal([5], { seed: 3 })));
    expect(numbers(randomNormal([5], { seed: 3 }))).not.toEqual(numbers(randomNormal([5], { seed: 4 })));
    expect(numbers(randomUniform([5], { seed: 2 ** 32 }))).not.toEqual(numbers(randomUniform([5], { seed: 0 })));
    expect(getRandomState()).toEqual(before);
  });

  test("without one the stream goes on, and repeats from setRandomSeed or a saved state", () => {
    setRandomSeed(7);
    const first = numbers(randomUniform([6]));
    const saved = getRandomState();
    const second = numbers(randomUniform([6]));
    expect(second).not.toEqual(first);
    setRandomState(JSON.parse(JSON.stringify(saved)));
    expect(numbers(randomUniform([6]))).toEqual(second);
    setRandomSeed(7);
    expect(numbers(randomUniform([6]))).toEqual(first);
  });

  test.each([
    ["randomUniform", () => randomUniform([3, 3]), 3],
    ["integers", () => randomUniform([3, 3], { dtype: "int32", max: 9 }), 3],
    ["randomNormal", () => randomNormal([2, 4]), 2],
    ["truncatedNormal", () => truncatedNormal([1]), 1],
    ["bernoulli", () => bernoulli([5]), 2],
    ["bernoulli of 0", () => bernoulli([5], { p: 0 }), 2],
    ["permutation", () => permutation(8), 2],
    ["nothing", () => randomUniform([0, 4]), 0],
  ])("%s advances the position by a number given by its shape", (_, make, blocks) => {
    setRandomSeed(1);
    make().dispose();
    expect(getRandomState().position).toBe(blocks);
  });

  test("refuse what is no seed and no state", () => {
    expect(() => setRandomSeed(-1)).toThrow(ValueError);
    expect(() => randomUniform([1], { seed: 0.5 })).toThrow(ValueError);
    expect(() => setRandomState({ key: [1, -2], position: 0 })).toThrow(ValueError);
  });
});

describe("randomUniform", () => {
  test("covers its range evenly and never reaches the end", () => {
    const sample = numbers(randomUniform([n], { min: -3, max: 5, seed }));
    expectMoments(sample, 1, 64 / 12);
    expect(kolmogorov(sample, (x) => (x + 3) / 8)).toBeLessThan(rare);
    expect(Math.min(...sample)).toBeGreaterThanOrEqual(-3);
    // A narrow range far from 0, where rounding would reach the end.
    const narrow = numbers(randomUniform([n], { min: 1, max: 1 + 2 ** -22, seed }));
    expect(Math.max(...narrow)).toBeLessThan(1 + 2 ** -22);
    const lowest = numbers(randomUniform([n], { min: 0.7, max: 0.7 + 2 ** -22, seed }));
    expect(Math.min(...lowest)).toBeGreaterThanOrEqual(0.7);
    const half = numbers(randomUniform([n], { dtype: "float16", seed }));
    expect(Math.max(...half)).toBeLessThan(1);
  });

  test("gives whole numbers for integer types, all as likely", () => {
    const sample = numbers(randomUniform([n], { min: -2, max: 4, dtype: "int8", seed }));
    const counts = [-2, -1, 0, 1, 2, 3].map((value) => sample.filter((x) => x === value).length);
    expect(counts.reduce((a, b) => a + b, 0)).toBe(n);
    const chiSquare = counts.reduce((sum, count) => sum + (count - n / 6) ** 2 / (n / 6), 0);
    // 5 degrees of freedom: passed once in a million samples.
    expect(chiSquare).toBeLessThan(35.9);
    expect(randomUniform([2], { min: 0, max: 256, dtype: "uint8" }).dtype).toBe("uint8");
  });

  test("refuses empty ranges, ranges beyond the type, and strings", () => {
    expect(() => randomUniform([1], { min: 1, max: 1 })).toThrow(ValueError);
    expect(() => randomUniform([1], { min: 0.7, max: 0.7 + 1e-12 })).toThrow(/no float32 lies in/);
    expect(() => randomUniform([1], { min: 0.5, max: 3, dtype: "int32" })).toThrow(ValueError);
    expect(() => randomUniform([1], { max: 257, dtype: "uint8" })).toThrow(ValueError);
    expect(() => randomUniform([1], { dtype: "string" })).toThrow(DTypeError);
    expect(() => randomUniform([-1])).toThrow(ValueError);
  });
});

describe("randomNormal and truncatedNormal", () => {
  test.each(["float32", "float64", "float16"] as const)("%s normal numbers are normal", (dtype) => {
    const x = randomNormal([n], { mean: -1, stddev: 0.5, dtype, seed });
    expect(x.dtype).toBe(dtype);
    const sample = numbers(x);
    expectMoments(sample, -1, 0.25);
    if (dtype !== "float16") expect(kolmogorov(sample, (v) => normalCdf((v + 1) / 0.5))).toBeLessThan(rare);
  });

  test("truncated ones stay within two standard deviations, strictly", () => {
    const low = normalCdf(-2);
    const inside = 1 - 2 * low;
    const density = Math.exp(-2) / Math.sqrt(2 * Math.PI);
    const variance = 1 - (4 * density) / inside;
    for (const stddev of [1, 0.05, 0.3]) {
      const sample = numbers(truncatedNormal([n], { mean: 0.1, stddev, seed }));
      expectMoments(sample, 0.1, variance * stddev ** 2);
      expect(kolmogorov(sample, (v) => (normalCdf((v - 0.1) / stddev) - low) / inside)).toBeLessThan(rare);
      expect(Math.max(...sample)).toBeLessThanOrEqual(0.1 + 2 * stddev);
      expect(Math.min(...sample)).toBeGreaterThanOrEqual(0.1 - 2 * stddev);
    }
  });

  test("the inverse distribution function undoes the distribution function to float64 accuracy", () => {
    const xs = Array.from({ length: 101 }, (_, i) => (i - 50) / 10);
    const centred = tensor(
      xs.map((x) => normalCdf(x) - 0.5),
      { dtype: "float64" },
    );
    numbers(inverseNormal(centred)).forEach((x, i) => {
      const expected = xs[i] as number;
      // Near the ends a probability's last digit moves x by much more.
      const slope = Math.sqrt(2 * Math.PI) * Math.exp(expected ** 2 / 2);
      expect(Math.abs(x - expected)).toBeLessThan(1e-14 + 4e-15 * slope);
    });
  });

  test("float32 agrees with float64 to a few units in the last place", () => {
    const exact = numbers(randomNormal([n], { dtype: "float64", seed }));
    const rounded = numbers(randomNormal([n], { seed }));
    const worst = Math.max(...rounded.map((x, i) => Math.abs(x / (exact[i] as number) - 1)));
    expect(worst).toBeLessThan(8 * 2 ** -23);
  });

  test("the smallest and the largest draw are as far out, and finite", () => {
    const state = getRandomState();
    const farthest = [14_883_995, 2_330_056].map((position) => {
      setRandomState({ key: [0, 0], position });
      // Found by search: among these four words, one is 0 in its top 24 bits, of the other four one is all ones.
      const [uniform] = numbers(randomUniform([4])).filter((u) => u === 0 || u === 1 - 2 ** -24);
      expect(uniform).toBe(position > 1e7 ? 0 : 1 - 2 ** -24);
      setRandomState({ key: [0, 0], position });
      return numbers(randomNormal([4], { dtype: "float64" })).sort((a, b) => Math.abs(b) - Math.abs(a))[0] as number;
    });
    setRandomState(state);
    expect(farthest[0]).toBe(-(farthest[1] as number));
    expect(normalCdf(farthest[0] as number)).toBeCloseTo(2 ** -25, 12);
  });

  test("leave one buffer behind, and a standard deviation of 0 gives the mean", () => {
    const before = getBackend().memory().buffers;
    const x = randomNormal([100], { mean: 2, stddev: 0 });
    expect(getBackend().memory().buffers - before).toBe(1);
    expect(new Set(numbers(x))).toEqual(new Set([2]));
    expect(() => randomNormal([1], { stddev: -1 })).toThrow(ValueError);
    expect(() => truncatedNormal([1], { stddev: Number.NaN })).toThrow(ValueError);
    expect(() => randomNormal([1], { dtype: "int32" })).toThrow(DTypeError);
  });
});

test("a size that is none is refused in the name of the function", () => {
  expect(() => randomUniform([-1])).toThrow(/^randomUniform: size -1/);
  expect(() => randomUniform([-1], { max: 5, dtype: "int32" })).toThrow(/^randomUniform: size -1/);
  expect(() => randomNormal([1.5])).toThrow(/^randomNormal: size 1.5/);
  expect(() => truncatedNormal([1.5])).toThrow(/^truncatedNormal: size 1.5/);
  expect(() => bernoulli([-1])).toThrow(/^bernoulli: size -1/);
  expect(() => bernoulli([1], { dtype: "string" })).toThrow(/^bernoulli: strings/);
});

describe("bernoulli and permutation", () => {
  test.each([0.5, 0.2, 0.9, 1e-3])("bernoulli is true with probability %d", (p) => {
    const x = bernoulli([n], { p, seed });
    expect(x.dtype).toBe("bool");
    expectMoments(numbers(x), p, p * (1 - p));
  });

  test("bernoulli knows certainty, other types, and no other probabilities", async () => {
    expect(await bernoulli([500], { p: 0 }).any().item()).toBe(false);
    expect(await bernoulli([500], { p: 1 }).all().item()).toBe(true);
    expect(bernoulli([2], { dtype: "float32" }).dtype).toBe("float32");
    expect(() => bernoulli([2], { p: 1.5 })).toThrow(ValueError);
    expect(() => bernoulli([2], { p: Number.NaN })).toThrow(ValueError);
  });

  test("permutation holds each number once and every order is as likely", () => {
    const long = permutation(1000, { seed });
    expect(long.dtype).toBe("int32");
    expect(numbers(long.sort())).toEqual(numbers(arange(1000)));
    const seen = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const x = permutation(3, { seed: i });
      const order = x.toString();
      x.dispose();
      seen.set(order, (seen.get(order) ?? 0) + 1);
    }
    expect(seen.size).toBe(6);
    const chiSquare = [...seen.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(chiSquare).toBeLessThan(35.9);
    expect(numbers(permutation(0))).toEqual([]);
    expect(() => permutation(-1)).toThrow(ValueError);
  });
});

describe("backends that cannot make the numbers themselves", () => {
  test("integers are made on the host where int32 is not exact", () => {
    const rough = cpuBackend();
    Object.defineProperty(rough, "traits", { value: { ...rough.traits, exactInt: 2 ** 24 } });
    for (const make of [
      (backend: typeof rough) => bernoulli([9], { p: 0.3, seed, backend }),
      (backend: typeof rough) => permutation(9, { seed, backend }),
      (backend: typeof rough) => randomUniform([9], { max: 1e9, dtype: "int32", seed, backend }),
    ]) {
      const there = make(rough);
      expect(there.backend).toBe(rough);
      expect(numbers(there)).toEqual(numbers(make(cpuBackend())));
    }
  });

  test("uniform numbers are made on the host where there is no kernel", () => {
    const poor = cpuBackend();
    const kernels = poor.run.bind(poor) as (op: KernelName, ...rest: unknown[]) => unknown;
    poor.run = ((op: KernelName, ...rest: unknown[]) => {
      if (op.startsWith("random")) throw new UnsupportedOpError("poor", op, "no kernel");
      return kernels(op, ...rest);
    }) as typeof poor.run;
    const there = randomNormal([9], { seed, backend: poor });
    expect(there.backend).toBe(poor);
    expect(numbers(there)).toEqual(numbers(randomNormal([9], { seed })));
  });
});

describe("neighbouring floats", () => {
  test("stand where Float32Array says", () => {
    const bits = new Int32Array(1);
    const float = new Float32Array(bits.buffer);
    for (const x of [1, 0.1, 2 ** -126, 2 ** -149, 3.4e38, 1024.5]) {
      float[0] = x;
      const near = float[0] as number;
      bits[0] = (bits[0] as number) - 1;
      const under = float[0] as number;
      expect(below("float32", near)).toBe(under);
      expect(atMost("float32", x)).toBe(near <= x ? near : under);
      expect(atLeast("float32", -x)).toBe(-(near <= x ? near : under));
    }
    expect(below("float16", 1)).toBe(1 - 2 ** -11);
    expect(below("float64", 1)).toBe(1 - 2 ** -53);
    expect(below("float32", 0)).toBe(-(2 ** -149));
  });
});
