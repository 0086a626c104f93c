/** The layer that averages its inputs. */
import type { Tensor } from "@crease/tensor";
import { Merge } from "./merge.ts";

/**
 * The mean `(x0 + x1 + ...) / n` of a list of tensors that broadcast. Keras 3 `Average`.
 *
 * @throws ValueError for anything but a list; ShapeError for samples that do not broadcast.
 * @example
 * ```ts
 * import { Average } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * new Average().apply([tensor([[1, 5]]), tensor([[3, 2]])]).toString(); // => [[2.  3.5]]
 * ```
 */
export class Average extends Merge {
  static readonly className: string = "Average";
  static readonly ownNames: object = {};

  protected override merge(xs: readonly Tensor[]): Tensor {
    return xs.reduce((sum, x) => sum.add(x)).div(xs.length);
  }
}
