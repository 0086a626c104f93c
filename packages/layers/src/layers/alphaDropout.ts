/** The layer of the dropout that keeps mean and variance, for selu networks. */
import { type OptionNames, requireInteger, requireNumber } from "@crease/backend";
import { bernoulli, scope, type Tensor, where } from "@crease/tensor";
import type { Config } from "../config.ts";
import type { LayerOptions } from "../layerOptions.ts";
import { noiseShapeFor } from "../noiseShape.ts";
import { requireSeed, Seeds } from "../seeds.ts";
import type { PartialShape } from "../shape.ts";
import { UnaryLayer } from "../unaryLayer.ts";

/** What `AlphaDropout` takes besides its rate. */
export interface AlphaDropoutOptions extends LayerOptions {
  /** Shape of the mask, null for the input's size; along axes of size 1 all is dropped together. Default the input's shape. */
  readonly noiseShape?: PartialShape | null | undefined;
  /** With a seed, two layers drop the same in their first call, in their second, and so on. */
  readonly seed?: number | null | undefined;
}

/** What selu gives far below 0: `-alpha * scale`. Klambauer et al. 2017, Self-Normalizing Neural Networks. */
const floor = -1.6732632423543772 * 1.0507009873554805;

/**
 * While training, sets each element to selu's lowest value `f` with probability `rate`, then takes `a x + b` with
 * `a = ((1 - rate)(1 + rate f^2))^(-1/2)` and `b = -a f rate`, which keeps mean 0 and variance 1; else the input itself.
 * Keras 3 `AlphaDropout`.
 *
 * @throws ValueError for a rate outside [0, 1); ShapeError for a mask that does not broadcast to the input.
 * @example
 * ```ts
 * import { AlphaDropout } from "@crease/layers";
 * import { randomNormal } from "@crease/tensor";
 * const x = randomNormal([1, 20000], { seed: 1 });
 * const y = new AlphaDropout(0.3, { seed: 2 }).apply(x, { training: true });
 * Math.abs(await y.mean().item()) < 0.03; // => true
 * Math.abs((await y.std().item()) - 1) < 0.03; // => true
 * ```
 */
export class AlphaDropout extends UnaryLayer {
  static readonly className: string = "AlphaDropout";
  static readonly ownNames: OptionNames<Omit<AlphaDropoutOptions, keyof LayerOptions>> = {
    noiseShape: true,
    seed: true,
  };
  override readonly supportsMasking: boolean = true;
  readonly rate: number;
  readonly noiseShape: PartialShape | null;
  readonly seed: number | null;
  readonly seeds: Seeds;

  constructor(rate: number, options: AlphaDropoutOptions = {}) {
    super(options);
    const { noiseShape = null, seed = null } = options;
    requireNumber("AlphaDropout", "rate", rate, { min: 0, below: 1 });
    this.rate = rate;
    for (const size of noiseShape ?? [])
      if (size !== null) requireInteger("AlphaDropout", "a size in noiseShape", size, { min: 1 });
    this.noiseShape = noiseShape;
    requireSeed("AlphaDropout", seed);
    this.seed = seed;
    this.seeds = new Seeds(seed);
  }

  override call(x: Tensor, { training }: { readonly training: boolean }): Tensor {
    const { rate } = this;
    if (!training || rate === 0) return x;
    const a = 1 / Math.sqrt((1 - rate) * (1 + rate * floor ** 2));
    return scope(() => {
      const shape = noiseShapeFor("AlphaDropout", this.noiseShape, x.shape);
      const kept = bernoulli(shape, { p: 1 - rate, backend: x.backend, ...this.seeds.next() });
      return where(kept, x, floor)
        .mul(a)
        .sub(a * floor * rate);
    });
  }

  override computeOutputShape(inputShape: PartialShape): PartialShape {
    return inputShape;
  }

  override getConfig(): Config {
    return { ...super.getConfig(), rate: this.rate, noiseShape: this.noiseShape, seed: this.seed };
  }

  static override fromConfig(config: Config): AlphaDropout {
    const { rate, ...options } = config as Config & AlphaDropoutOptions & { readonly rate: number };
    return new AlphaDropout(rate, options);
  }
}
