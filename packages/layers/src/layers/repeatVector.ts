/** The layer that repeats each sample. */
import { requireInteger, ShapeError } from "@crease/backend";
import { scope, type Tensor } from "@crease/tensor";
import type { Config } from "../config.ts";
import type { LayerOptions } from "../layerOptions.ts";
import { formatPartialShape, type PartialShape } from "../shape.ts";
import { UnaryLayer } from "../unaryLayer.ts";

/**
 * From `[batch, features]` to `[batch, n, features]`. Keras 3 `RepeatVector`.
 *
 * @throws ValueError where `n` is no whole number over 0; ShapeError for inputs of another rank than 2.
 * @example
 * ```ts
 * import { RepeatVector } from "@crease/layers";
 * new RepeatVector(2).apply([[1, 2]]).toString(); // => [[[1. 2.] [1. 2.]]]
 * ```
 */
export class RepeatVector extends UnaryLayer {
  static readonly className: string = "RepeatVector";
  static readonly ownNames: object = {};
  readonly n: number;

  constructor(n: number, options: LayerOptions = {}) {
    super(options);
    requireInteger("RepeatVector", "n", n, { min: 1 });
    this.n = n;
  }

  override call(x: Tensor): Tensor {
    const shape = this.computeOutputShape(x.shape) as number[];
    return scope(() => x.expandDims(1).broadcastTo(shape));
  }

  override computeOutputShape(inputShape: PartialShape): PartialShape {
    const [batch = null, features = null] = inputShape;
    if (inputShape.length !== 2)
      throw new ShapeError({
        op: "RepeatVector",
        problem: `the input has rank ${inputShape.length} and wants 2, got shape ${formatPartialShape(inputShape)}`,
        fix: "Pass inputs of shape [batch, features]",
      });
    return [batch, this.n, features];
  }

  override getConfig(): Config {
    return { ...super.getConfig(), n: this.n };
  }

  static override fromConfig(config: Config): RepeatVector {
    const { n, ...options } = config as Config & LayerOptions & { readonly n: number };
    return new RepeatVector(n, options);
  }
}
