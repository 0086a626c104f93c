/** The layer that adds its inputs. */
import type { Tensor } from "@crease/tensor";
import { Merge } from "./merge.ts";

/**
 * The sum `x0 + x1 + ...` of a list of tensors that broadcast. Keras 3 `Add`.
 *
 * @throws ValueError for anything but a list; ShapeError for samples that do not broadcast.
 * @example
 * ```ts
 * import { Add } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * new Add().apply([tensor([[1, 5]]), tensor([[3, 2]])]).toString(); // => [[4. 7.]]
 * ```
 */
export class Add extends Merge {
  static readonly className: string = "Add";
  static readonly ownNames: object = {};

  protected override merge(xs: readonly Tensor[]): Tensor {
    return xs.reduce((sum, x) => sum.add(x));
  }
}
