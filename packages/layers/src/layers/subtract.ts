/** The layer that subtracts one input from another. */
import type { Tensor } from "@crease/tensor";
import { requireList } from "../requireList.ts";
import type { PartialShape } from "../shape.ts";
import { Merge } from "./merge.ts";

/**
 * The difference `x0 - x1` of a list of two tensors that broadcast. Keras 3 `Subtract`.
 *
 * @throws ValueError for anything but a list of two; ShapeError for samples that do not broadcast.
 * @example
 * ```ts
 * import { Subtract } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * new Subtract().apply([tensor([[1, 5]]), tensor([[3, 2]])]).toString(); // => [[-2. 3.]]
 * ```
 */
export class Subtract extends Merge {
  static readonly className: string = "Subtract";
  static readonly ownNames: object = {};

  protected override merge(xs: readonly Tensor[]): Tensor {
    const [a, b] = xs as readonly [Tensor, Tensor];
    return a.sub(b);
  }

  override computeOutputShape(inputShapes: readonly PartialShape[]): PartialShape {
    return super.computeOutputShape(requireList("Subtract", inputShapes, { least: 2, most: 2 }));
  }
}
