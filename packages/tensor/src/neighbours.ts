/** The floats next to a real number: bounds that rounding cannot pass. */
import type { DType } from "@crease/backend";
import { type Precision, roundTo } from "./digits.ts";

const precisions: { readonly [dtype: string]: Precision } = { float16: 11, float32: 24, float64: 53 };
/** Exponents of the smallest positive float of each precision. */
const smallest: { readonly [P in Precision]: number } = { 11: -24, 24: -149, 53: -1074 };

/** The largest number of a float dtype that is at most `x`. */
export function atMost(dtype: DType, x: number): number {
  const precision = precisions[dtype] as Precision;
  const near = roundTo(precision, x);
  return near <= x ? near : previous(precision, near);
}

/** The largest number of a float dtype that is less than `x`. */
export function below(dtype: DType, x: number): number {
  const precision = precisions[dtype] as Precision;
  const near = roundTo(precision, x);
  return near < x ? near : previous(precision, near);
}

/** The smallest number of a float dtype that is at least `x`. */
export function atLeast(dtype: DType, x: number): number {
  return -atMost(dtype, -x);
}

/** The float just below a finite float `x`. */
function previous(precision: Precision, x: number): number {
  const floor = 2 ** smallest[precision];
  if (x === 0) return -floor;
  const exponent = Math.floor(Math.log2(Math.abs(x)));
  const unit = Math.max(2 ** (exponent - precision + 1), floor);
  // Below a power of two the spacing halves.
  const half = x === 2 ** exponent ? Math.max(unit / 2, floor) : unit;
  return x - half;
}
