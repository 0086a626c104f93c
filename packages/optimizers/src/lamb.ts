/** Lamb: Adam whose steps are as long as the variables they change. */
import { requireNumber } from "@crease/backend";
import { where } from "@crease/tensor";
import { moveTowards } from "./movingAverage.ts";
import { Optimizer } from "./optimizer.ts";
import type { OptimizerOptions, OwnNames } from "./optimizerOptions.ts";
import { decayed, type UpdateStep } from "./updateStep.ts";

/** Options of `Lamb`. */
export interface LambOptions extends OptimizerOptions {
  /** What remains of the gradient's average at each step; 0.9 unless said. */
  readonly beta1?: number;
  /** What remains of the square's average at each step; 0.999 unless said. */
  readonly beta2?: number;
  /** Added to the root of the square's average; 1e-7 unless said. */
  readonly epsilon?: number;
}

/**
 * `momentum += (gradient - momentum) * (1 - beta1)`, `velocity += (gradient² - velocity) * (1 - beta2)`,
 * `update = momentum / (1 - beta1^t) / (sqrt(velocity / (1 - beta2^t)) + epsilon)` with `t` counting from 1,
 * `variable -= learningRate * |variable| / |update| * update`, the quotient of the Euclidean norms being 1 where one of
 * them is 0 (Keras 3 `Lamb`, after You et al. 2019). The learning rate is 0.001 unless said.
 *
 * @throws ValueError for options out of their range.
 * @example
 * ```ts
 * import { Lamb } from "@crease/optimizers";
 * import { tensor, Variable } from "@crease/tensor";
 * const w = new Variable([3, 4]);
 * new Lamb({ learningRate: 0.5 }).apply([tensor([7, 0])], [w]);
 * w.value.sub([0.5, 4]).abs().less(1e-5); // => [True True]
 * ```
 */
export class Lamb extends Optimizer {
  static readonly ownNames: OwnNames<LambOptions> = { beta1: true, beta2: true, epsilon: true };
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;

  constructor(options: LambOptions = {}) {
    super("Lamb", 0.001, options);
    this.beta1 = options.beta1 ?? 0.9;
    this.beta2 = options.beta2 ?? 0.999;
    this.epsilon = options.epsilon ?? 1e-7;
    requireNumber("Lamb", "beta1", this.beta1, { min: 0, below: 1 });
    requireNumber("Lamb", "beta2", this.beta2, { min: 0, below: 1 });
    requireNumber("Lamb", "epsilon", this.epsilon, { min: 0 });
  }

  protected override slotNames(): readonly string[] {
    return ["momentum", "velocity"];
  }

  protected override updateStep(step: UpdateStep): void {
    const { variable, gradient, slots, learningRate, count } = step;
    const { beta1, beta2, epsilon } = this;
    const [momentum, velocity] = [slots.momentum!, slots.velocity!];
    moveTowards(momentum, gradient, 1 - beta1);
    moveTowards(velocity, gradient.square(), 1 - beta2);
    // Keras 3 rounds the betas to float32 before the powers, as in `biasCorrection`.
    const size = velocity.value.div(1 - Math.fround(beta2) ** count).sqrt();
    const update = momentum.value.div(1 - Math.fround(beta1) ** count).div(size.add(epsilon));
    const start = decayed(step);
    const [length, stride] = [start.square().sum().sqrt(), update.square().sum().sqrt()];
    const ratio = where(length.greater(0).logicalAnd(stride.greater(0)), length.div(stride), 1);
    variable.assign(start.sub(update.mul(ratio.mul(learningRate))));
  }

  override getConfig(): Readonly<Record<string, unknown>> {
    const { beta1, beta2, epsilon } = this;
    return { ...super.getConfig(), beta1, beta2, epsilon };
  }
}
