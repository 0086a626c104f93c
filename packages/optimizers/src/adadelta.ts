/** Adadelta: steps as large as the recent steps, relative to the recent gradients. */
import { requireNumber } from "@crease/backend";
import { mix } from "./movingAverage.ts";
import { Optimizer } from "./optimizer.ts";
import type { OptimizerOptions, OwnNames } from "./optimizerOptions.ts";
import { descend, type UpdateStep } from "./updateStep.ts";

/** Options of `Adadelta`. */
export interface AdadeltaOptions extends OptimizerOptions {
  /** What remains of the two averages of squares at each step; 0.95 unless said. */
  readonly rho?: number;
  /** Added to the averages below the roots: it also starts the steps; 1e-7 unless said. */
  readonly epsilon?: number;
}

/**
 * `accumulatedGrad = rho * accumulatedGrad + (1 - rho) * gradient²`,
 * `delta = gradient * sqrt(accumulatedDeltaVar + epsilon) / sqrt(accumulatedGrad + epsilon)`,
 * `accumulatedDeltaVar = rho * accumulatedDeltaVar + (1 - rho) * delta²`, `variable -= learningRate * delta` (Keras 3
 * `Adadelta`, after Zeiler 2012, whose rate is 1). The learning rate is 0.001 unless said.
 *
 * @throws ValueError for options out of their range.
 * @example
 * ```ts
 * import { Adadelta } from "@crease/optimizers";
 * import { tensor, Variable } from "@crease/tensor";
 * const w = new Variable([1]);
 * new Adadelta({ learningRate: 1, rho: 0, epsilon: 1 }).apply([tensor([0.75])], [w]);
 * w.value; // => [0.4]
 * ```
 */
export class Adadelta extends Optimizer {
  static readonly ownNames: OwnNames<AdadeltaOptions> = { rho: true, epsilon: true };
  readonly rho: number;
  readonly epsilon: number;

  constructor(options: AdadeltaOptions = {}) {
    super("Adadelta", 0.001, options);
    this.rho = options.rho ?? 0.95;
    this.epsilon = options.epsilon ?? 1e-7;
    requireNumber("Adadelta", "rho", this.rho, { min: 0, below: 1 });
    requireNumber("Adadelta", "epsilon", this.epsilon, { min: 0 });
  }

  protected override slotNames(): readonly string[] {
    return ["accumulatedGrad", "accumulatedDeltaVar"];
  }

  protected override updateStep(step: UpdateStep): void {
    const { gradient, slots, learningRate } = step;
    const { rho, epsilon } = this;
    const [gradients, deltas] = [slots.accumulatedGrad!, slots.accumulatedDeltaVar!];
    gradients.assign(mix(rho, gradients.value, gradient.square()));
    const delta = deltas.value.add(epsilon).sqrt().mul(gradient).div(gradients.value.add(epsilon).sqrt());
    deltas.assign(mix(rho, deltas.value, delta.square()));
    descend(step, delta.mul(learningRate));
  }

  override getConfig(): Readonly<Record<string, unknown>> {
    return { ...super.getConfig(), rho: this.rho, epsilon: this.epsilon };
  }
}
