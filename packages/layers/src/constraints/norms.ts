/** Norms of the vectors that a weight is made of. */
import type { Tensor } from "@crease/tensor";

/** Added to norms before dividing by them, as in Keras. */
export const epsilon = 1e-7;

/** `sqrt(sum(w^2))` along `axis`, the axis kept with size 1. */
export function normsOf(w: Tensor, axis: number | readonly number[]): Tensor {
  return w.square().sum(axis, { keepDims: true }).sqrt();
}
