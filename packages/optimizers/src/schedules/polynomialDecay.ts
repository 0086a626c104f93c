/** Polynomial decay of the learning rate. */
import { type OptionNames, requireNumber, requireOptions } from "@crease/backend";
import { LearningRateSchedule } from "./learningRateSchedule.ts";

/** Options of `PolynomialDecay`. */
export interface PolynomialDecayOptions {
  readonly initialLearningRate: number;
  /** Steps until the end. */
  readonly decaySteps: number;
  readonly endLearningRate?: number;
  /** 1 (the default) is a straight line. */
  readonly power?: number;
  /** Whether the end moves on to the next multiple of `decaySteps` each time it is passed. */
  readonly cycle?: boolean;
  readonly name?: string;
}

const optionNames: OptionNames<PolynomialDecayOptions> = {
  initialLearningRate: true,
  decaySteps: true,
  endLearningRate: true,
  power: true,
  cycle: true,
  name: true,
};

/**
 * `(initialLearningRate - endLearningRate) * (1 - step / decaySteps) ^ power + endLearningRate` (Keras 3
 * `PolynomialDecay`).
 *
 * @throws ValueError for rates below 0, or `decaySteps` or `power` not above 0.
 * @example
 * ```ts
 * import { PolynomialDecay } from "@crease/optimizers";
 * new PolynomialDecay({ initialLearningRate: 1, decaySteps: 10, endLearningRate: 0 }).call(5); // => 0.5
 * ```
 */
export class PolynomialDecay extends LearningRateSchedule {
  readonly #config: Required<PolynomialDecayOptions>;

  constructor(options: PolynomialDecayOptions) {
    super();
    requireOptions("PolynomialDecay", options, optionNames);
    requireNumber("PolynomialDecay", "initialLearningRate", options.initialLearningRate, { min: 0 });
    requireNumber("PolynomialDecay", "decaySteps", options.decaySteps, { above: 0 });
    requireNumber("PolynomialDecay", "endLearningRate", options.endLearningRate ?? 0, { min: 0 });
    requireNumber("PolynomialDecay", "power", options.power ?? 1, { above: 0 });
    this.#config = { endLearningRate: 0.0001, power: 1, cycle: false, name: "PolynomialDecay", ...options };
  }

  override call(step: number): number {
    const { initialLearningRate, decaySteps, endLearningRate, power, cycle } = this.#config;
    const end = cycle ? decaySteps * Math.max(1, Math.ceil(step / decaySteps)) : decaySteps;
    const left = 1 - Math.min(step, end) / end;
    return (initialLearningRate - endLearningRate) * left ** power + endLearningRate;
  }

  override getConfig(): Readonly<Record<string, unknown>> {
    return this.#config as never;
  }
}
