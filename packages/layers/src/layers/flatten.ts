/** The layer that makes each sample a vector. */
import { ShapeError } from "@crease/backend";
import type { Tensor } from "@crease/tensor";
import { formatPartialShape, type PartialShape } from "../shape.ts";
import { UnaryLayer } from "../unaryLayer.ts";

/**
 * From `[batch, ...]` to `[batch, product of the rest]`; a vector `[batch]` gives `[batch, 1]`. Keras 3 `Flatten`.
 *
 * @throws ShapeError for a scalar.
 * @example
 * ```ts
 * import { Flatten } from "@crease/layers";
 * import { zeros } from "@crease/tensor";
 * new Flatten().apply(zeros([128, 28, 28])).shape; // => [128, 784]
 * ```
 */
export class Flatten extends UnaryLayer {
  static readonly className: string = "Flatten";
  static readonly ownNames: object = {};

  override call(x: Tensor): Tensor {
    return x.reshape(this.computeOutputShape(x.shape) as number[]);
  }

  override computeOutputShape(inputShape: PartialShape): PartialShape {
    const [batch, ...rest] = inputShape;
    if (batch === undefined)
      throw new ShapeError({
        op: "Flatten",
        problem: `a scalar has no batch axis, got shape ${formatPartialShape(inputShape)}`,
        fix: "Pass inputs of rank 1 or more",
      });
    return [
      batch,
      rest.reduce((product, size) => (product === null || size === null ? null : product * size), 1 as number | null),
    ];
  }
}
