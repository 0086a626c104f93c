/** A learning rate that changes at given steps. */
import { type OptionNames, requireNumber, requireOptions, ValueError } from "@crease/backend";
import { LearningRateSchedule } from "./learningRateSchedule.ts";

/** Options of `PiecewiseConstantDecay`. */
export interface PiecewiseConstantDecayOptions {
  /** The last step of each value but the last one, growing. */
  readonly boundaries: readonly number[];
  /** One more value than boundaries. */
  readonly values: readonly number[];
  readonly name?: string;
}

const optionNames: OptionNames<PiecewiseConstantDecayOptions> = { boundaries: true, values: true, name: true };

/**
 * `values[i]` for the first `i` with `step <= boundaries[i]`, else the last value (Keras 3 `PiecewiseConstantDecay`).
 *
 * @throws ValueError unless there is one value of at least 0 more than boundaries, and these grow.
 * @example
 * ```ts
 * import { PiecewiseConstantDecay } from "@crease/optimizers";
 * const rate = new PiecewiseConstantDecay({ boundaries: [100], values: [1, 0.1] });
 * rate.call(100); // => 1
 * rate.call(101); // => 0.1
 * ```
 */
export class PiecewiseConstantDecay extends LearningRateSchedule {
  readonly #config: Required<PiecewiseConstantDecayOptions>;

  constructor(options: PiecewiseConstantDecayOptions) {
    super();
    requireOptions("PiecewiseConstantDecay", options, optionNames);
    const { boundaries, values } = options;
    for (const rate of [values].flat()) requireNumber("PiecewiseConstantDecay", "a value", rate, { min: 0 });
    for (const step of [boundaries].flat()) requireNumber("PiecewiseConstantDecay", "a boundary", step);
    const wrong = (problem: string, fix: string): ValueError =>
      new ValueError({ op: "PiecewiseConstantDecay", problem, fix });
    if (boundaries.length === 0 || values.length !== boundaries.length + 1)
      throw wrong(`${boundaries.length} boundaries do not separate ${values.length} values`, "Give one value more");
    if (boundaries.some((step, i) => i > 0 && step <= (boundaries[i - 1] as number)))
      throw wrong(`boundaries ${boundaries.join(", ")} do not grow`, "Sort them");
    this.#config = { name: "PiecewiseConstant", ...options };
  }

  override call(step: number): number {
    const { boundaries, values } = this.#config;
    const at = boundaries.findIndex((boundary) => step <= boundary);
    return values[at < 0 ? boundaries.length : at] as number;
  }

  override getConfig(): Readonly<Record<string, unknown>> {
    return this.#config as never;
  }
}
