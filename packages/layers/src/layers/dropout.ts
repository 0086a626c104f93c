/** The layer that drops a random part of its input while training. */
import { ShapeError, ValueError } from "@crease/backend";
import { bernoulli, scope, type Tensor, where, zerosLike } from "@crease/tensor";
import type { Config } from "../config.ts";
import { Layer } from "../layer.ts";
import type { LayerOptions } from "../layerOptions.ts";
import { formatPartialShape, type PartialShape } from "../shape.ts";

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
export class Dropout extends Layer {
  static readonly className: string = "Dropout";
  readonly rate: number;
  readonly noiseShape: PartialShape | null;
  readonly seed: number | null;
  #calls = 0;

  constructor(rate: number, { noiseShape = null, seed = null, ...options }: DropoutOptions = {}) {
    super(options);
    if (typeof rate !== "number" || !(rate >= 0 && rate <= 1))
      throw new ValueError({ op: "Dropout", problem: `rate is ${rate}`, fix: "Use a fraction from 0 to 1" });
    this.rate = rate;
    this.noiseShape = noiseShape;
    this.seed = seed;
  }

  override call(x: Tensor, { training }: { readonly training: boolean }): Tensor {
    if (!training || this.rate === 0) return x;
    if (this.rate === 1) return zerosLike(x);
    return scope(() => {
      const kept = bernoulli(this.#maskShape(x.shape), { p: 1 - this.rate, backend: x.backend, ...this.#nextSeed() });
      return where(kept, x.mul(1 / (1 - this.rate)), 0);
    });
  }

  #maskShape(shape: readonly number[]): number[] {
    const wanted = this.noiseShape ?? shape;
    const mask = wanted.map((size, axis) => size ?? (shape[axis] as number));
    if (mask.length !== shape.length || mask.some((size, axis) => size !== 1 && size !== shape[axis]))
      throw new ShapeError({
        op: "Dropout",
        problem: `noiseShape ${formatPartialShape(wanted)} does not broadcast to an input of shape ${formatPartialShape(shape)}`,
        fix: "Use the input's sizes, 1 or null, one for each axis",
      });
    return mask;
  }

  /** The layer's own stream: the call's number joins the high word of the seed, so streams of different seeds stay apart. */
  #nextSeed(): { readonly seed?: number } {
    if (this.seed === null) return {};
    const low = this.seed % 2 ** 32;
    const high = (Math.floor(this.seed / 2 ** 32) + this.#calls++) % 2 ** 21;
    return { seed: high * 2 ** 32 + low };
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
