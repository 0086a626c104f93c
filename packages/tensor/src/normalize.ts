/** Vectors brought to length 1. */
import { asTensor } from "./asTensor.ts";
import { where } from "./join.ts";
import type { TensorLike } from "./operands.ts";
import { scope } from "./scope.ts";
import type { Tensor } from "./tensor.ts";

/** Which length is brought to 1 along which axis. */
export interface NormalizeOptions {
  /** The axis that the vectors lie along. Default -1. */
  readonly axis?: number;
  /** The order of the norm: 2 for Euclidean length, 1 for the sum of magnitudes, Infinity for the largest. Default 2. */
  readonly order?: number;
}

/**
 * `x / norm(x)` along an axis (Keras 3 `keras.utils.normalize`); vectors of zeros stay zeros. Integers give float32.
 *
 * @throws AxisError for an axis that `x` does not have.
 * @example
 * ```ts
 * import { normalize } from "@crease/tensor";
 * await normalize([[3, 4], [0, 0]]).array(); // => [[0.6, 0.8], [0, 0]]
 * normalize([1, 3], { order: 1 }); // => [0.25 0.75]
 * ```
 */
export function normalize(x: TensorLike, { axis = -1, order = 2 }: NormalizeOptions = {}): Tensor {
  return scope(() => {
    const vectors = asTensor(x, { op: "normalize" });
    const norm = vectors.norm(axis, { ord: order, keepDims: true });
    return vectors.div(where(norm.equal(0), 1, norm));
  });
}
