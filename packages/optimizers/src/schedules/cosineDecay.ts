/** Decay of the learning rate along half a cosine wave, after an optional warm-up. */
import { type OptionNames, requireNumber, requireOptions } from "@crease/backend";
import { LearningRateSchedule } from "./learningRateSchedule.ts";

/** Options of `CosineDecay`. */
export interface CosineDecayOptions {
  readonly initialLearningRate: number;
  /** Steps from the top to the end. */
  readonly decaySteps: number;
  /** The final rate as a fraction of the top one. */
  readonly alpha?: number;
  /** The rate that the warm-up rises to; none without it. */
  readonly warmupTarget?: number | null;
  /** Steps of the warm-up. */
  readonly warmupSteps?: number;
  readonly name?: string;
}

const optionNames: OptionNames<CosineDecayOptions> = {
  initialLearningRate: true,
  decaySteps: true,
  alpha: true,
  warmupTarget: true,
  warmupSteps: true,
  name: true,
};

/**
 * `top * ((1 - alpha) * (1 + cos(pi * step / decaySteps)) / 2 + alpha)`. With `warmupTarget` a straight line leads from
 * `initialLearningRate` to it in `warmupSteps` first; else the top is `initialLearningRate` (Keras 3 `CosineDecay`,
 * after Loshchilov and Hutter 2016).
 *
 * @throws ValueError for rates or `warmupSteps` below 0, `decaySteps` not above 0 or `alpha` outside [0, 1].
 * @example
 * ```ts
 * import { CosineDecay } from "@crease/optimizers";
 * const rate = new CosineDecay({ initialLearningRate: 0, decaySteps: 10, warmupTarget: 1, warmupSteps: 4 });
 * [0, 2, 4, 14].map((step) => rate.call(step)); // => [0, 0.5, 1, 0]
 * ```
 */
export class CosineDecay extends LearningRateSchedule {
  readonly #config: Required<CosineDecayOptions>;

  constructor(options: CosineDecayOptions) {
    super();
    requireOptions("CosineDecay", options, optionNames);
    requireNumber("CosineDecay", "initialLearningRate", options.initialLearningRate, { min: 0 });
    requireNumber("CosineDecay", "decaySteps", options.decaySteps, { above: 0 });
    requireNumber("CosineDecay", "warmupSteps", options.warmupSteps ?? 0, { min: 0 });
    requireNumber("CosineDecay", "warmupTarget", options.warmupTarget ?? 0, { min: 0 });
    requireNumber("CosineDecay", "alpha", options.alpha ?? 0, { min: 0, max: 1 });
    this.#config = { alpha: 0, warmupTarget: null, warmupSteps: 0, name: "CosineDecay", ...options };
  }

  override call(step: number): number {
    const { initialLearningRate, decaySteps, alpha, warmupTarget, warmupSteps } = this.#config;
    const start = warmupTarget === null ? 0 : warmupSteps;
    if (warmupTarget !== null && step < start)
      return initialLearningRate + ((warmupTarget - initialLearningRate) * step) / start;
    const top = warmupTarget ?? initialLearningRate;
    const wave = (1 + Math.cos((Math.PI * Math.min(step - start, decaySteps)) / decaySteps)) / 2;
    return top * ((1 - alpha) * wave + alpha);
  }

  override getConfig(): Readonly<Record<string, unknown>> {
    return this.#config as never;
  }
}
