/** Exponential decay of the learning rate. */
import { type OptionNames, requireNumber, requireOptions } from "@crease/backend";
import { LearningRateSchedule } from "./learningRateSchedule.ts";

/** Options of `ExponentialDecay`. */
export interface ExponentialDecayOptions {
  readonly initialLearningRate: number;
  /** Steps in which the rate is multiplied by `decayRate` once. */
  readonly decaySteps: number;
  readonly decayRate: number;
  /** Whether the rate changes only every `decaySteps` steps. */
  readonly staircase?: boolean;
  readonly name?: string;
}

const optionNames: OptionNames<ExponentialDecayOptions> = {
  initialLearningRate: true,
  decaySteps: true,
  decayRate: true,
  staircase: true,
  name: true,
};

/**
 * `initialLearningRate * decayRate ^ (step / decaySteps)`, the exponent rounded down where `staircase` (Keras 3
 * `ExponentialDecay`).
 *
 * @throws ValueError for rates below 0 or `decaySteps` not above 0.
 * @example
 * ```ts
 * import { ExponentialDecay } from "@crease/optimizers";
 * new ExponentialDecay({ initialLearningRate: 1, decaySteps: 10, decayRate: 0.25 }).call(5); // => 0.5
 * ```
 */
export class ExponentialDecay extends LearningRateSchedule {
  readonly #config: Required<ExponentialDecayOptions>;

  constructor(options: ExponentialDecayOptions) {
    super();
    requireOptions("ExponentialDecay", options, optionNames);
    requireNumber("ExponentialDecay", "initialLearningRate", options.initialLearningRate, { min: 0 });
    requireNumber("ExponentialDecay", "decaySteps", options.decaySteps, { above: 0 });
    requireNumber("ExponentialDecay", "decayRate", options.decayRate, { min: 0 });
    this.#config = { staircase: false, name: "ExponentialDecay", ...options };
  }

  override call(step: number): number {
    const { initialLearningRate, decaySteps, decayRate, staircase } = this.#config;
    const power = step / decaySteps;
    return initialLearningRate * decayRate ** (staircase ? Math.floor(power) : power);
  }

  override getConfig(): Readonly<Record<string, unknown>> {
    return this.#config as never;
  }
}
