/** The layer that multiplies with normal noise while training. */
import { isFloat, type OptionNames, requireNumber } from "@crease/backend";
import { randomNormal, scope, type Tensor } from "@crease/tensor";
import type { Config } from "../config.ts";
import type { LayerOptions } from "../layerOptions.ts";
import { requireSeed, Seeds } from "../seeds.ts";
import type { PartialShape } from "../shape.ts";
import { UnaryLayer } from "../unaryLayer.ts";

/** What `GaussianDropout` takes besides its rate. */
export interface GaussianDropoutOptions extends LayerOptions {
  /** With a seed, two layers draw the same in their first call, in their second, and so on. */
  readonly seed?: number | null | undefined;
}

/**
 * While training, `x * noise` with normal noise of mean 1 and standard deviation `sqrt(rate / (1 - rate))`; else the
 * input itself. Keras 3 `GaussianDropout`.
 *
 * @throws ValueError for a rate outside [0, 1).
 * @example
 * ```ts
 * import { GaussianDropout } from "@crease/layers";
 * import { ones } from "@crease/tensor";
 * const layer = new GaussianDropout(0.2, { seed: 1 });
 * layer.apply(ones([1, 2])).toString(); // => [[1. 1.]]
 * const noise = layer.apply(ones([1, 10000]), { training: true });
 * Math.abs((await noise.std().item()) - 0.5) < 0.02; // => true
 * ```
 */
export class GaussianDropout extends UnaryLayer {
  static readonly className: string = "GaussianDropout";
  static readonly ownNames: OptionNames<Omit<GaussianDropoutOptions, keyof LayerOptions>> = { seed: true };
  override readonly supportsMasking: boolean = true;
  readonly rate: number;
  readonly seed: number | null;
  readonly seeds: Seeds;

  constructor(rate: number, options: GaussianDropoutOptions = {}) {
    super(options);
    const { seed = null } = options;
    requireNumber("GaussianDropout", "rate", rate, { min: 0, below: 1 });
    this.rate = rate;
    requireSeed("GaussianDropout", seed);
    this.seed = seed;
    this.seeds = new Seeds(seed);
  }

  override call(x: Tensor, { training }: { readonly training: boolean }): Tensor {
    if (!training || this.rate === 0) return x;
    const dtype = isFloat(x.dtype) ? x.dtype : this.dtype;
    const stddev = Math.sqrt(this.rate / (1 - this.rate));
    return scope(() =>
      x.mul(randomNormal(x.shape, { mean: 1, stddev, dtype, backend: x.backend, ...this.seeds.next() })),
    );
  }

  override computeOutputShape(inputShape: PartialShape): PartialShape {
    return inputShape;
  }

  override getConfig(): Config {
    return { ...super.getConfig(), rate: this.rate, seed: this.seed };
  }

  static override fromConfig(config: Config): GaussianDropout {
    const { rate, ...options } = config as Config & GaussianDropoutOptions & { readonly rate: number };
    return new GaussianDropout(rate, options);
  }
}
