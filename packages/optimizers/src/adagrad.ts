/** Adagrad: rates that shrink with the gradients seen so far. */
import { requireNumber } from "@crease/backend";
import { run } from "@crease/tensor";
import { Optimizer } from "./optimizer.ts";
import type { OptimizerOptions, OwnNames } from "./optimizerOptions.ts";
import { assignAll, type UpdateStep } from "./updateStep.ts";

/** Options of `Adagrad`. */
export interface AdagradOptions extends OptimizerOptions {
  /** What the sums of squares start from; 0.1 unless said. */
  readonly initialAccumulatorValue?: number;
  /** Keeps the divisor from 0; 1e-7 unless said. */
  readonly epsilon?: number;
}

/**
 * `accumulator += gradient²`, `variable -= learningRate * gradient / sqrt(accumulator + epsilon)` (Keras 3 `Adagrad`,
 * after Duchi et al. 2011). The learning rate is 0.001 unless said.
 *
 * @throws ValueError for options out of their range.
 * @example
 * ```ts
 * import { Adagrad } from "@crease/optimizers";
 * import { tensor, Variable } from "@crease/tensor";
 * const w = new Variable([1]);
 * new Adagrad({ learningRate: 0.5, initialAccumulatorValue: 0 }).apply([tensor([2])], [w]);
 * w.value; // => [0.5]
 * ```
 */
export class Adagrad extends Optimizer {
  static readonly ownNames: OwnNames<AdagradOptions> = { initialAccumulatorValue: true, epsilon: true };
  readonly initialAccumulatorValue: number;
  readonly epsilon: number;

  constructor(options: AdagradOptions = {}) {
    super("Adagrad", 0.001, options);
    this.initialAccumulatorValue = options.initialAccumulatorValue ?? 0.1;
    this.epsilon = options.epsilon ?? 1e-7;
    requireNumber("Adagrad", "initialAccumulatorValue", this.initialAccumulatorValue, { min: 0 });
    requireNumber("Adagrad", "epsilon", this.epsilon, { min: 0 });
  }

  protected override slotNames(): readonly string[] {
    return ["accumulator"];
  }

  protected override initialSlotValue(): number {
    return this.initialAccumulatorValue;
  }

  protected override updateStep(step: UpdateStep): void {
    const { variable, gradient, slots, learningRate, weightDecay } = step;
    const accumulator = slots.accumulator!;
    const attrs = { learningRate, weightDecay, epsilon: this.epsilon };
    assignAll([variable, accumulator], run("adagradUpdate", [variable, accumulator, gradient], attrs));
  }

  override getConfig(): Readonly<Record<string, unknown>> {
    const { initialAccumulatorValue, epsilon } = this;
    return { ...super.getConfig(), initialAccumulatorValue, epsilon };
  }
}
