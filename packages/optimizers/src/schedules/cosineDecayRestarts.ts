/** Cosine decay of the learning rate that starts again and again. */
import { type OptionNames, requireNumber, requireOptions } from "@crease/backend";
import { LearningRateSchedule } from "./learningRateSchedule.ts";

/** Options of `CosineDecayRestarts`. */
export interface CosineDecayRestartsOptions {
  readonly initialLearningRate: number;
  /** Steps of the first period. */
  readonly firstDecaySteps: number;
  /** Each period is this many times as long as the one before; 2 unless said. */
  readonly tMul?: number;
  /** Each period begins at this fraction of the rate that the one before began at; 1 unless said. */
  readonly mMul?: number;
  /** The smallest rate as a fraction of the first one. */
  readonly alpha?: number;
  readonly name?: string;
}

const optionNames: OptionNames<CosineDecayRestartsOptions> = {
  initialLearningRate: true,
  firstDecaySteps: true,
  tMul: true,
  mMul: true,
  alpha: true,
  name: true,
};

/**
 * `initialLearningRate * ((1 - alpha) * mMul ^ period * (1 + cos(pi * fraction of the period)) / 2 + alpha)` (Keras 3
 * `CosineDecayRestarts`, after Loshchilov and Hutter 2016).
 *
 * @throws ValueError for a rate below 0, `firstDecaySteps`, `tMul` or `mMul` not above 0 or `alpha` outside [0, 1].
 * @example
 * ```ts
 * import { CosineDecayRestarts } from "@crease/optimizers";
 * const rate = new CosineDecayRestarts({ initialLearningRate: 1, firstDecaySteps: 2, mMul: 0.5 });
 * [0, 1, 2, 4, 6].map((step) => rate.call(step)); // => [1, 0.5, 0.5, 0.25, 0.25]
 * ```
 */
export class CosineDecayRestarts extends LearningRateSchedule {
  readonly #config: Required<CosineDecayRestartsOptions>;

  constructor(options: CosineDecayRestartsOptions) {
    super();
    requireOptions("CosineDecayRestarts", options, optionNames);
    requireNumber("CosineDecayRestarts", "initialLearningRate", options.initialLearningRate, { min: 0 });
    requireNumber("CosineDecayRestarts", "firstDecaySteps", options.firstDecaySteps, { above: 0 });
    requireNumber("CosineDecayRestarts", "tMul", options.tMul ?? 2, { above: 0 });
    requireNumber("CosineDecayRestarts", "mMul", options.mMul ?? 1, { above: 0 });
    requireNumber("CosineDecayRestarts", "alpha", options.alpha ?? 0, { min: 0, max: 1 });
    this.#config = { tMul: 2, mMul: 1, alpha: 0, name: "SGDRDecay", ...options };
  }

  override call(step: number): number {
    const { initialLearningRate, firstDecaySteps, tMul, mMul, alpha } = this.#config;
    const [period, fraction] = periodOf(step, firstDecaySteps, tMul);
    const wave = (mMul ** period * (1 + Math.cos(Math.PI * fraction))) / 2;
    return initialLearningRate * ((1 - alpha) * wave + alpha);
  }

  override getConfig(): Readonly<Record<string, unknown>> {
    return this.#config as never;
  }
}

/**
 * Number of the period and how much of it is over. At a restart the logarithm decides by its last bit, so each step
 * is rounded to float32, as Keras computes it.
 */
function periodOf(step: number, firstDecaySteps: number, tMul: number): readonly [number, number] {
  const f = Math.fround;
  const done = f(step / firstDecaySteps);
  if (tMul === 1) return [Math.floor(done), done - Math.floor(done)];
  const t = f(tMul);
  const grown = f(1 - f(done * f(1 - t)));
  const period = Math.floor(f(f(Math.log(grown)) / f(Math.log(t))));
  const before = f(f(1 - f(t ** period)) / f(1 - t));
  return [period, f(f(done - before) / f(t ** period))];
}
