/** Functions that make tensors of random numbers: the same bits on every backend from the same seed. */
import {
  type Backend,
  checkShape,
  type Data,
  type DType,
  DTypeError,
  integerRange,
  isFloat,
  isInteger,
  type Shape,
  sizeOf,
  UnsupportedOpError,
  ValueError,
} from "@crease/backend";
import { checkDType, checkNumeric } from "./checkDType.ts";
import { getBackend, hostBackend, keyOf, takeBlocks } from "./context.ts";
import { type CreateOptions, zeros } from "./create.ts";
import { inverseNormal } from "./inverseNormal.ts";
import { atLeast, atMost, below } from "./neighbours.ts";
import { scope } from "./scope.ts";
import { run, type Tensor, upload } from "./tensor.ts";

/** Element type, place and seed of random tensors. */
export interface RandomOptions extends CreateOptions {
  /** A whole number: the same numbers at each call. Without it the numbers go on from the context's stream. */
  readonly seed?: number;
}

/** Philox makes four 32-bit words at a time. */
const wordsPerBlock = 4;

/**
 * Numbers spread evenly over `[min, max)`; [0, 1) unless said. float32 by default, from 24 random bits; an integer
 * `dtype` gives whole numbers, all as likely up to a bias of `(max - min) / 2^32`.
 *
 * @throws ValueError where `max` is not above `min`, and for integers that are not whole or leave the dtype's range.
 * @example
 * ```ts
 * import { randomUniform } from "@crease/tensor";
 * const dice = randomUniform([100], { min: 1, max: 7, dtype: "int32", seed: 3 });
 * dice.min().toString(); // => 1
 * dice.max().toString(); // => 6
 * ```
 */
export function randomUniform(
  shape: Shape,
  options: RandomOptions & { readonly min?: number; readonly max?: number } = {},
): Tensor {
  const { min = 0, max = 1, dtype = "float32" } = options;
  checkDType("randomUniform", dtype);
  checkShape("randomUniform", shape);
  if (isInteger(dtype)) return randomIntegers(shape, min, max, dtype, options);
  floatOnly("randomUniform", dtype);
  const [first, last] = [atLeast(dtype, min), below(dtype, max)];
  if (!(first <= last) || !Number.isFinite(max - min))
    throw new ValueError({
      op: "randomUniform",
      problem: `no ${dtype} lies in [${min}, ${max})`,
      fix: "Give a max above min",
    });
  return scope(() => {
    const unit = draw("randomUniform", shape, options);
    if (min === 0 && max === 1 && dtype === "float32") return unit;
    const wide = unit.cast(dtype === "float64" ? dtype : "float32");
    return wide
      .mul(max - min)
      .add(min)
      .cast(dtype)
      .clip(first, last);
  });
}

function randomIntegers(shape: Shape, min: number, max: number, dtype: DType, options: RandomOptions): Tensor {
  const [least, most] = integerRange[dtype as "int32"];
  const span = max - min;
  const wrong = (problem: string, fix: string): ValueError => new ValueError({ op: "randomUniform", problem, fix });
  if (!Number.isInteger(min) || !Number.isInteger(max) || span <= 0)
    throw wrong(`no ${dtype} lies in [${min}, ${max})`, "Give whole numbers with max above min");
  if (min < least || max > most + 1)
    throw wrong(`[${min}, ${max}) leaves ${dtype}'s ${least} to ${most}`, "Use a wider dtype");
  if (span > integerRange.int32[1]) throw wrong(`[${min}, ${max}) spans ${span} numbers`, "Use a span below 2^31");
  return exactly(options, (backend) =>
    draw("randomBits", shape, { ...options, backend })
      .mod(span)
      .add(min)
      .cast(dtype),
  );
}

/**
 * Normally distributed numbers, by the inverse distribution function of 24 random bits. float32 by default; mean 0 and
 * standard deviation 1 unless said.
 *
 * @throws ValueError for a negative standard deviation; DTypeError for a dtype that is no float.
 * @example
 * ```ts
 * import { randomNormal } from "@crease/tensor";
 * const x = randomNormal([10000], { mean: 5, stddev: 2, seed: 1 });
 * Math.abs((await x.mean().item()) - 5) < 0.1; // => true
 * ```
 */
export function randomNormal(
  shape: Shape,
  options: RandomOptions & { readonly mean?: number; readonly stddev?: number } = {},
): Tensor {
  const { mean = 0, stddev = 1, dtype = "float32" } = options;
  requireSpread("randomNormal", stddev, dtype);
  checkShape("randomNormal", shape);
  return scope(() => inverseNormal(centred(shape, options)).mul(stddev).add(mean).cast(dtype));
}

/**
 * Normally distributed numbers of which none is further than two standard deviations from the mean: the normal
 * distribution between these bounds, by its inverse distribution function.
 *
 * @throws ValueError for a negative standard deviation; DTypeError for a dtype that is no float.
 * @example
 * ```ts
 * import { truncatedNormal } from "@crease/tensor";
 * const x = truncatedNormal([1000], { stddev: 0.5, seed: 1 });
 * (await x.abs().max().item()) <= 1; // => true
 * ```
 */
export function truncatedNormal(
  shape: Shape,
  options: RandomOptions & { readonly mean?: number; readonly stddev?: number } = {},
): Tensor {
  const { mean = 0, stddev = 1, dtype = "float32" } = options;
  requireSpread("truncatedNormal", stddev, dtype);
  checkShape("truncatedNormal", shape);
  return scope(() => {
    const x = inverseNormal(centred(shape, options).mul(withinTwo)).mul(stddev).add(mean);
    return x.cast(dtype).clip(atLeast(dtype, mean - 2 * stddev), atMost(dtype, mean + 2 * stddev));
  });
}

/** Probability that a standard normal number lies within -2 and 2: `erf(sqrt(2))`. */
const withinTwo = 0.9544997361036416;

/**
 * True with probability `p` (0.5 unless said), by comparing 32 random bits with a threshold; bool unless `dtype` asks
 * for 1 and 0 of a number type.
 *
 * @throws ValueError where `p` is outside [0, 1]; DTypeError for strings.
 * @example
 * ```ts
 * import { bernoulli } from "@crease/tensor";
 * bernoulli([1000], { p: 1, seed: 2 }).all().toString(); // => True
 * bernoulli([3], { p: 0, dtype: "float32" }); // => [0. 0. 0.]
 * ```
 */
export function bernoulli(shape: Shape, options: RandomOptions & { readonly p?: number } = {}): Tensor {
  const { p = 0.5, dtype = "bool" } = options;
  checkNumeric("bernoulli", dtype);
  checkShape("bernoulli", shape);
  if (!(p >= 0 && p <= 1))
    throw new ValueError({ op: "bernoulli", problem: `probability ${p} is outside [0, 1]`, fix: "Give a fraction" });
  // The bits are a signed number, so the 2^32 * p smallest of them begin at -2^31.
  const last = Math.round(p * 2 ** 32) - 1 - 2 ** 31;
  return exactly(options, (backend) => {
    const bits = draw("randomBits", shape, { ...options, backend });
    return last < integerRange.int32[0] ? zeros(shape, { dtype, backend }) : bits.lessEqual(last).cast(dtype);
  });
}

/**
 * The numbers from 0 to `n - 1` in random order, int32: the order of `n` random keys.
 *
 * @throws ValueError where `n` is no whole number of 0 or more.
 * @example
 * ```ts
 * import { permutation } from "@crease/tensor";
 * permutation(5, { seed: 1 }).sort(); // => [0 1 2 3 4]
 * ```
 */
export function permutation(n: number, options: Omit<RandomOptions, "dtype"> = {}): Tensor {
  checkShape("permutation", [n]);
  return exactly(options, (backend) => {
    const bits = draw("randomBits", [n], { ...options, backend });
    return run("sort", [bits], { descending: false })[1];
  });
}

/** Probabilities less 0.5, `(k + 0.5) / 2^24 - 0.5`: never ±0.5, and exact in float32 as their numerators are odd. */
function centred(shape: Shape, options: RandomOptions): Tensor {
  const x = draw("randomUniform", shape, options)
    .sub(0.5)
    .add(2 ** -25);
  return options.dtype === "float64" ? x.cast("float64") : x;
}

/** One of the two random primitives by the backend's kernel, else made on the cpu and uploaded. */
function draw(op: "randomBits" | "randomUniform", shape: Shape, { seed, backend }: RandomOptions): Tensor {
  const blocks = Math.ceil(sizeOf(shape) / wordsPerBlock);
  const stream = seed === undefined ? takeBlocks(blocks) : { key: keyOf(seed), counter: 0 };
  const attrs = { ...stream, shape: [...shape] };
  try {
    return run(op, [], attrs, backend)[0];
  } catch (error) {
    if (!(error instanceof UnsupportedOpError)) throw error;
    return moved(run(op, [], attrs, hostBackend())[0], backend);
  }
}

/** Where a backend's integers are not exact to 32 bits, `make` runs on the cpu and its result is uploaded. */
function exactly({ backend = getBackend() }: RandomOptions, make: (backend: Backend) => Tensor): Tensor {
  if (backend.traits.exactInt >= 2 ** 31) return scope(() => make(backend));
  return moved(
    scope(() => make(hostBackend())),
    backend,
  );
}

/** A tensor of the cpu backend, which is given up, on another. */
function moved(x: Tensor, backend: Backend | undefined): Tensor {
  const { shape, dtype } = x;
  const result = upload({ data: x.dataSync() as Data, shape, dtype }, backend);
  x.dispose();
  return result;
}

function requireSpread(op: string, stddev: number, dtype: DType): void {
  checkDType(op, dtype);
  floatOnly(op, dtype);
  if (!(stddev >= 0) || !Number.isFinite(stddev))
    throw new ValueError({
      op,
      problem: `standard deviation ${stddev} is not 0 or more`,
      fix: "Give a number of 0 or more",
    });
}

function floatOnly(op: string, dtype: DType): void {
  if (!isFloat(dtype)) throw new DTypeError({ op, problem: `${dtype} holds no fractions`, fix: "Use a float type" });
}
