/** The activation sparsemax. */
import { normalizeAxis } from "@crease/backend";
import { arange, scope, type Tensor, where } from "@crease/tensor";

/** What `sparsemax` takes besides its input. */
export interface SparsemaxOptions {
  /** Default the last. */
  readonly axis?: number | undefined;
}

/**
 * `max(x - tau, 0)` along `axis`, with `tau` from the k largest numbers, those with `1 + j z_j > z_1 + ... + z_j`.
 * Keras 3.15 `sparsemax`, which takes for `tau` the sum of all k partial sums and not the last (Martins and Astudillo
 * 2016): the result sums to 1 where k is 1, not always elsewhere.
 *
 * @example
 * ```ts
 * import { activations } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * activations.sparsemax(tensor([1, 3, -1])).toString(); // => [0. 1. 0.]
 * ```
 */
export function sparsemax(x: Tensor, { axis = -1 }: SparsemaxOptions = {}): Tensor {
  return scope(() => {
    const sorted = x.sort(axis, { descending: true });
    const sums = sorted.cumSum(axis);
    const counts = positions(x, axis);
    const inSupport = sorted.greater(sums.sub(1).div(counts));
    const k = inSupport.cast(x.dtype).sum(axis, { keepDims: true });
    const tau = where(inSupport, sums, 0).sum(axis, { keepDims: true }).sub(1).div(k);
    return x.sub(tau).maximum(0);
  });
}

/** 1, 2, 3, ... along the axis. */
function positions(x: Tensor, axis: number): Tensor {
  const at = normalizeAxis("sparsemax", axis, x);
  const size = x.shape[at] as number;
  const shape = x.shape.map((_: number, i: number) => (i === at ? size : 1));
  return arange(1, size + 1, 1, { dtype: x.dtype, backend: x.backend }).reshape(shape);
}
