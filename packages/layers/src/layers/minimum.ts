/** The layer that takes the smallest of its inputs. */
import type { Tensor } from "@crease/tensor";
import { Merge } from "./merge.ts";
import { mergeKept } from "./mergeKept.ts";

/**
 * The smallest, element by element, of a list of tensors that broadcast. Keras 3 `Minimum`.
 *
 * @throws ValueError for anything but a list; ShapeError for samples that do not broadcast.
 * @example
 * ```ts
 * import { Minimum } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * new Minimum().apply([tensor([[1, 5]]), tensor([[3, 2]])]).toString(); // => [[1. 2.]]
 * ```
 */
export class Minimum extends Merge {
  static readonly className: string = "Minimum";
  static readonly ownNames: object = {};

  protected override merge(xs: readonly Tensor[], kept: readonly (Tensor | undefined)[]): Tensor {
    return mergeKept(xs, kept, (a, b) => a.minimum(b));
  }
}
