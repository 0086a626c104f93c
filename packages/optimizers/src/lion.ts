/** Lion: steps of one size, in the direction of the gradient's average. */
import { requireNumber } from "@crease/backend";
import { mix } from "./movingAverage.ts";
import { Optimizer } from "./optimizer.ts";
import type { OptimizerOptions, OwnNames } from "./optimizerOptions.ts";
import { descend, type UpdateStep } from "./updateStep.ts";

/** Options of `Lion`. */
export interface LionOptions extends OptimizerOptions {
  /** The average's share in the direction, above 0; 0.9 unless said. */
  readonly beta1?: number;
  /** What remains of the gradient's average at each step; 0.99 unless said. */
  readonly beta2?: number;
}

/**
 * `variable -= learningRate * sign(beta1 * momentum + (1 - beta1) * gradient)`, then
 * `momentum = beta2 * momentum + (1 - beta2) * gradient` (Keras 3 `Lion`, after Chen et al. 2023). The learning rate is
 * 0.001 unless said.
 *
 * @throws ValueError for options out of their range.
 * @example
 * ```ts
 * import { Lion } from "@crease/optimizers";
 * import { tensor, Variable } from "@crease/tensor";
 * const w = new Variable([1, 1]);
 * new Lion({ learningRate: 0.25 }).apply([tensor([9, -0.1])], [w]);
 * w.value; // => [0.75 1.25]
 * ```
 */
export class Lion extends Optimizer {
  static readonly ownNames: OwnNames<LionOptions> = { beta1: true, beta2: true };
  readonly beta1: number;
  readonly beta2: number;

  constructor(options: LionOptions = {}) {
    super("Lion", 0.001, options);
    this.beta1 = options.beta1 ?? 0.9;
    this.beta2 = options.beta2 ?? 0.99;
    requireNumber("Lion", "beta1", this.beta1, { above: 0, below: 1 });
    requireNumber("Lion", "beta2", this.beta2, { min: 0, below: 1 });
  }

  protected override slotNames(): readonly string[] {
    return ["momentum"];
  }

  protected override updateStep(step: UpdateStep): void {
    const { gradient, slots, learningRate } = step;
    const momentum = slots.momentum!;
    // Keras 3 rounds both betas to float32, whatever the variable's dtype.
    descend(step, mix(Math.fround(this.beta1), momentum.value, gradient).sign().mul(learningRate));
    momentum.assign(mix(Math.fround(this.beta2), momentum.value, gradient));
  }

  override getConfig(): Readonly<Record<string, unknown>> {
    return { ...super.getConfig(), beta1: this.beta1, beta2: this.beta2 };
  }
}
