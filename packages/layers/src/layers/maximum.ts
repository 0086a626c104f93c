/** The layer that takes the largest of its inputs. */
import type { Tensor } from "@crease/tensor";
import { Merge } from "./merge.ts";
import { mergeKept } from "./mergeKept.ts";

/**
 * The largest, element by element, of a list of tensors that broadcast. Keras 3 `Maximum`.
 *
 * @throws ValueError for anything but a list; ShapeError for samples that do not broadcast.
 * @example
 * ```ts
 * import { Maximum } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * new Maximum().apply([tensor([[1, 5]]), tensor([[3, 2]])]).toString(); // => [[3. 5.]]
 * ```
 */
export class Maximum extends Merge {
  static readonly className: string = "Maximum";
  static readonly ownNames: object = {};

  protected override merge(xs: readonly Tensor[], kept: readonly (Tensor | undefined)[]): Tensor {
    return mergeKept(xs, kept, (a, b) => a.maximum(b));
  }
}
