/** The layer that reorders the axes of samples. */
import { ShapeError, ValueError } from "@crease/backend";
import type { Tensor } from "@crease/tensor";
import type { Config } from "../config.ts";
import type { LayerOptions } from "../layerOptions.ts";
import { formatPartialShape, type PartialShape } from "../shape.ts";
import { UnaryLayer } from "../unaryLayer.ts";

/**
 * Each sample's axes in the order `dims`, counted from 1; the batch axis stays. Keras 3 `Permute`.
 *
 * @throws ValueError where `dims` is no permutation of 1, 2, ...; ShapeError for inputs of another rank.
 * @example
 * ```ts
 * import { Permute } from "@crease/layers";
 * import { zeros } from "@crease/tensor";
 * new Permute([2, 1]).apply(zeros([5, 10, 64])).shape; // => [5, 64, 10]
 * ```
 */
export class Permute extends UnaryLayer {
  static readonly className: string = "Permute";
  static readonly ownNames: object = {};
  readonly dims: readonly number[];

  constructor(dims: readonly number[], options: LayerOptions = {}) {
    super(options);
    if (!Array.isArray(dims) || dims.some((_, i) => !dims.includes(i + 1)))
      throw new ValueError({
        op: "Permute",
        problem: `dims ${JSON.stringify(dims)} is no order of the axes from 1`,
        fix: "Name each axis of a sample once, as in [2, 1]",
      });
    this.dims = [...dims];
  }

  override call(x: Tensor): Tensor {
    this.computeOutputShape(x.shape);
    return x.transpose([0, ...this.dims]);
  }

  override computeOutputShape(inputShape: PartialShape): PartialShape {
    if (inputShape.length !== this.dims.length + 1)
      throw new ShapeError({
        op: "Permute",
        problem: `dims [${this.dims}] wants inputs of rank ${this.dims.length + 1}, got shape ${formatPartialShape(inputShape)}`,
        fix: "Name each axis but the first, the batch",
      });
    return [0, ...this.dims].map((axis) => inputShape[axis] ?? null);
  }

  override getConfig(): Config {
    return { ...super.getConfig(), dims: this.dims };
  }

  static override fromConfig(config: Config): Permute {
    const { dims, ...options } = config as Config & LayerOptions & { readonly dims: readonly number[] };
    return new Permute(dims, options);
  }
}
