/** The layer that drops a random part of its input while training. */
import { type OptionNames, requireInteger, requireNumber } from "@crease/backend";
import { bernoulli, scope, type Tensor, where, zerosLike } from "@crease/tensor";
import type { Config } from "../config.ts";
import type { LayerOptions } from "../layerOptions.ts";
import { noiseShapeFor } from "../noiseShape.ts";
import { requireSeed, Seeds } from "../seeds.ts";
import type { PartialShape } from "../shape.ts";
import { UnaryLayer } from "../unaryLayer.ts";

/** What `Dropout` takes besides its rate. */
export interface DropoutOptions extends LayerOptions {
  /** Shape of the mask, null for the input's size; along axes of size 1 all is dropped together. Default the input's shape. */
  readonly noiseShape?: PartialShape | null | undefined;
  /** With a seed, two layers drop the same in their first call, in their second, and so on. */
  readonly seed?: number | null | undefined;
}

/**
 * While training, sets each element to 0 with probability `rate` and divides the others by `1 - rate`; else the input
 * itself. The mask is the same on every backend. Keras 3 `Dropout`.
 *
 * @throws ValueError for a rate outside [0, 1]; ShapeError for a mask that does not broadcast to the input.
 * @example
 * ```ts
 * import { Dropout } from "@crease/layers";
 * import { ones } from "@crease/tensor";
 * const layer = new Dropout(0.5, { seed: 1 });
 * layer.apply(ones([1, 3])).toString(); // => [[1. 1. 1.]]
 * const y = layer.apply(ones([1, 100]), { training: true });
 * await y.equal(0).logicalOr(y.equal(2)).all().item(); // => true
 * ```
 */
export class Dropout extends UnaryLayer {
  static readonly className: string = "Dropout";
  static readonly ownNames: OptionNames<Omit<DropoutOptions, keyof LayerOptions>> = { noiseShape: true, seed: true };
  override readonly supportsMasking: boolean = true;
  readonly rate: number;
  readonly noiseShape: PartialShape | null;
  readonly seed: number | null;
  readonly seeds: Seeds;

  constructor(rate: number, options: DropoutOptions = {}) {
    super(options);
    const { noiseShape = null, seed = null } = options;
    requireNumber("Dropout", "rate", rate, { min: 0, max: 1 });
    this.rate = rate;
    for (const size of noiseShape ?? [])
      if (size !== null) requireInteger("Dropout", "a size in noiseShape", size, { min: 1 });
    this.noiseShape = noiseShape;
    requireSeed("Dropout", seed);
    this.seed = seed;
    this.seeds = new Seeds(seed);
  }

  override call(x: Tensor, { training }: { readonly training: boolean }): Tensor {
    if (!training || this.rate === 0) return x;
    if (this.rate === 1) return zerosLike(x);
    return scope(() => {
      const shape = noiseShapeFor("Dropout", this.noiseShape, x.shape);
      const kept = bernoulli(shape, { p: 1 - this.rate, backend: x.backend, ...this.seeds.next() });
      return where(kept, x.mul(1 / (1 - this.rate)), 0);
    });
  }

  override computeOutputShape(inputShape: PartialShape): PartialShape {
    return inputShape;
  }

  override getConfig(): Config {
    return { ...super.getConfig(), rate: this.rate, noiseShape: this.noiseShape, seed: this.seed };
  }

  static override fromConfig(config: Config): Dropout {
    const { rate, ...options } = config as Config & DropoutOptions & { readonly rate: number };
    return new Dropout(rate, options);
  }
}
