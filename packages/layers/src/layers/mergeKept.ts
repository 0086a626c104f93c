/** Merging for operations without a neutral element: what one input's mask leaves out is taken from the others. */
import { type Tensor, where } from "@crease/tensor";

/** The inputs merged one after the other. Keras 3 `Merge._apply_merge_op_and_or_mask`. */
export function mergeKept(
  xs: readonly Tensor[],
  kept: readonly (Tensor | undefined)[],
  merge: (a: Tensor, b: Tensor) => Tensor,
): Tensor {
  const [first, ...rest] = xs as readonly [Tensor, ...Tensor[]];
  let mask = kept[0];
  return rest.reduce((merged, x, i) => {
    const own = kept[i + 1];
    const right = own === undefined ? x : where(own, x, merged);
    const left = mask === undefined ? merged : where(mask, merged, right);
    mask = mask && own && mask.logicalOr(own);
    return merge(left, right);
  }, first);
}
