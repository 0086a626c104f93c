/** The layer that multiplies its inputs. */
import type { Tensor } from "@crease/tensor";
import { Merge } from "./merge.ts";

/**
 * The product `x0 * x1 * ...` of a list of tensors that broadcast. Keras 3 `Multiply`.
 *
 * @throws ValueError for anything but a list; ShapeError for samples that do not broadcast.
 * @example
 * ```ts
 * import { Multiply } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * new Multiply().apply([tensor([[1, 5]]), tensor([[3, 2]])]).toString(); // => [[ 3. 10.]]
 * ```
 */
export class Multiply extends Merge {
  static readonly className: string = "Multiply";

  protected override merge(xs: readonly Tensor[]): Tensor {
    return xs.reduce((product, x) => product.mul(x));
  }
}
