/** The layer that adds normal noise while training. */
import { isFloat, type OptionNames, requireNumber } from "@crease/backend";
import { randomNormal, scope, type Tensor } from "@crease/tensor";
import type { Config } from "../config.ts";
import type { LayerOptions } from "../layerOptions.ts";
import { requireSeed, Seeds } from "../seeds.ts";
import type { PartialShape } from "../shape.ts";
import { UnaryLayer } from "../unaryLayer.ts";

/** What `GaussianNoise` takes besides its standard deviation. */
export interface GaussianNoiseOptions extends LayerOptions {
  /** With a seed, two layers add the same in their first call, in their second, and so on. */
  readonly seed?: number | null | undefined;
}

/**
 * While training, `x + noise` with normal noise of mean 0 and standard deviation `stddev`; else the input itself.
 * Keras 3 `GaussianNoise`.
 *
 * @throws ValueError for a standard deviation outside [0, 1].
 * @example
 * ```ts
 * import { GaussianNoise } from "@crease/layers";
 * import { zeros } from "@crease/tensor";
 * const layer = new GaussianNoise(0.5, { seed: 1 });
 * layer.apply(zeros([1, 2])).toString(); // => [[0. 0.]]
 * const noise = layer.apply(zeros([1, 10000]), { training: true });
 * Math.abs((await noise.std().item()) - 0.5) < 0.02; // => true
 * ```
 */
export class GaussianNoise extends UnaryLayer {
  static readonly className: string = "GaussianNoise";
  static readonly ownNames: OptionNames<Omit<GaussianNoiseOptions, keyof LayerOptions>> = { seed: true };
  override readonly supportsMasking: boolean = true;
  readonly stddev: number;
  readonly seed: number | null;
  readonly seeds: Seeds;

  constructor(stddev: number, options: GaussianNoiseOptions = {}) {
    super(options);
    const { seed = null } = options;
    requireNumber("GaussianNoise", "stddev", stddev, { min: 0, max: 1 });
    this.stddev = stddev;
    requireSeed("GaussianNoise", seed);
    this.seed = seed;
    this.seeds = new Seeds(seed);
  }

  override call(x: Tensor, { training }: { readonly training: boolean }): Tensor {
    if (!training || this.stddev === 0) return x;
    const dtype = isFloat(x.dtype) ? x.dtype : this.dtype;
    const { stddev } = this;
    return scope(() => x.add(randomNormal(x.shape, { stddev, dtype, backend: x.backend, ...this.seeds.next() })));
  }

  override computeOutputShape(inputShape: PartialShape): PartialShape {
    return inputShape;
  }

  override getConfig(): Config {
    return { ...super.getConfig(), stddev: this.stddev, seed: this.seed };
  }

  static override fromConfig(config: Config): GaussianNoise {
    const { stddev, ...options } = config as Config & GaussianNoiseOptions & { readonly stddev: number };
    return new GaussianNoise(stddev, options);
  }
}
