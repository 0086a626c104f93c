/** Decay of the learning rate by the inverse of the time. */
import { type OptionNames, requireNumber, requireOptions } from "@crease/backend";
import { LearningRateSchedule } from "./learningRateSchedule.ts";

/** Options of `InverseTimeDecay`. */
export interface InverseTimeDecayOptions {
  readonly initialLearningRate: number;
  /** Steps that count as one unit of time. */
  readonly decaySteps: number;
  readonly decayRate: number;
  /** Whether the rate changes only every `decaySteps` steps. */
  readonly staircase?: boolean;
  readonly name?: string;
}

const optionNames: OptionNames<InverseTimeDecayOptions> = {
  initialLearningRate: true,
  decaySteps: true,
  decayRate: true,
  staircase: true,
  name: true,
};

/**
 * `initialLearningRate / (1 + decayRate * step / decaySteps)`, the quotient rounded down where `staircase` (Keras 3
 * `InverseTimeDecay`).
 *
 * @throws ValueError for rates below 0 or `decaySteps` not above 0.
 * @example
 * ```ts
 * import { InverseTimeDecay } from "@crease/optimizers";
 * new InverseTimeDecay({ initialLearningRate: 1, decaySteps: 10, decayRate: 2 }).call(5); // => 0.5
 * ```
 */
export class InverseTimeDecay extends LearningRateSchedule {
  readonly #config: Required<InverseTimeDecayOptions>;

  constructor(options: InverseTimeDecayOptions) {
    super();
    requireOptions("InverseTimeDecay", options, optionNames);
    requireNumber("InverseTimeDecay", "initialLearningRate", options.initialLearningRate, { min: 0 });
    requireNumber("InverseTimeDecay", "decaySteps", options.decaySteps, { above: 0 });
    requireNumber("InverseTimeDecay", "decayRate", options.decayRate, { min: 0 });
    this.#config = { staircase: false, name: "InverseTimeDecay", ...options };
  }

  override call(step: number): number {
    const { initialLearningRate, decaySteps, decayRate, staircase } = this.#config;
    const time = step / decaySteps;
    return initialLearningRate / (1 + decayRate * (staircase ? Math.floor(time) : time));
  }

  override getConfig(): Readonly<Record<string, unknown>> {
    return this.#config as never;
  }
}
