/** The layer that gives samples another shape. */
import { formatShape, type Shape, ShapeError, sizeOf, ValueError } from "@crease/backend";
import type { Tensor } from "@crease/tensor";
import type { Config } from "../config.ts";
import type { LayerOptions } from "../layerOptions.ts";
import { formatPartialShape, type PartialShape } from "../shape.ts";
import { UnaryLayer } from "../unaryLayer.ts";

/**
 * From `[batch, ...]` to `[batch, ...targetShape]`, where one size may be -1 for what is left. Keras 3 `Reshape`.
 *
 * @throws ValueError for sizes below -1 or two of -1; ShapeError where the number of elements of a sample differs.
 * @example
 * ```ts
 * import { Reshape } from "@crease/layers";
 * import { zeros } from "@crease/tensor";
 * new Reshape([-1, 2]).apply(zeros([5, 6])).shape; // => [5, 3, 2]
 * ```
 */
export class Reshape extends UnaryLayer {
  static readonly className: string = "Reshape";
  static readonly ownNames: object = {};
  readonly targetShape: Shape;

  constructor(targetShape: Shape, options: LayerOptions = {}) {
    super(options);
    if (
      !Array.isArray(targetShape) ||
      targetShape.some((size) => !Number.isSafeInteger(size) || size < -1) ||
      targetShape.filter((size) => size === -1).length > 1
    )
      throw new ValueError({
        op: "Reshape",
        problem: `targetShape ${JSON.stringify(targetShape)} is no shape`,
        fix: "Use whole numbers of at least 0 and at most one -1",
      });
    this.targetShape = [...targetShape];
  }

  override call(x: Tensor): Tensor {
    return x.reshape(this.computeOutputShape(x.shape) as number[]);
  }

  override computeOutputShape(inputShape: PartialShape): PartialShape {
    const [batch, ...sample] = inputShape;
    const target = formatShape(this.targetShape);
    if (batch === undefined)
      throw new ShapeError({
        op: "Reshape",
        problem: "a scalar has no batch axis, got shape []",
        fix: "Pass inputs of rank 1 or more",
      });
    if (sample.includes(null)) return [batch, ...this.targetShape.map((size) => (size === -1 ? null : size))];
    const size = sizeOf(sample as number[]);
    const known = sizeOf(this.targetShape.filter((axis) => axis !== -1));
    const open = this.targetShape.includes(-1);
    if (open ? known === 0 || size % known !== 0 : size !== known)
      throw new ShapeError({
        op: "Reshape",
        problem: `a sample of ${size} elements does not fill ${target}, got an input of shape ${formatPartialShape(inputShape)}`,
        fix: "Use a target shape with as many elements as a sample, or one -1",
      });
    return [batch, ...this.targetShape.map((axis) => (axis === -1 ? size / known : axis))];
  }

  override getConfig(): Config {
    return { ...super.getConfig(), targetShape: this.targetShape };
  }

  static override fromConfig(config: Config): Reshape {
    const { targetShape, ...options } = config as Config & LayerOptions & { readonly targetShape: Shape };
    return new Reshape(targetShape, options);
  }
}
