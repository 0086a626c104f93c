/** The layer that multiplies its inputs. */
import { type Tensor, where } from "@crease/tensor";
import { Merge } from "./merge.ts";

/**
 * The product `x0 * x1 * ...` of a list of tensors that broadcast. What a mask leaves out counts as 1. Keras 3
 * `Multiply`.
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
  static readonly ownNames: object = {};

  protected override merge(xs: readonly Tensor[], kept: readonly (Tensor | undefined)[]): Tensor {
    const factors = xs.map((x, i) => (kept[i] === undefined ? x : where(kept[i], x, 1)));
    const product = factors.reduce((all, x) => all.mul(x));
    const [first, ...rest] = kept;
    const any = rest.reduce((mask, own) => mask && own && mask.logicalOr(own), first);
    return any === undefined ? product : where(any, product, 0);
  }
}
