/** The layer that does nothing. */
import type { Tensor } from "@crease/tensor";
import type { PartialShape } from "../shape.ts";
import { UnaryLayer } from "../unaryLayer.ts";

/**
 * The input itself. Keras 3 `Identity`.
 *
 * @example
 * ```ts
 * import { Identity } from "@crease/layers";
 * new Identity().apply([[1, 2]]).toString(); // => [[1. 2.]]
 * ```
 */
export class Identity extends UnaryLayer {
  static readonly className: string = "Identity";
  static readonly ownNames: object = {};
  override readonly supportsMasking: boolean = true;

  override call(x: Tensor): Tensor {
    return x;
  }

  override computeOutputShape(inputShape: PartialShape): PartialShape {
    return inputShape;
  }
}
