/** Adam: steps by moving averages of the gradient and of its square. */
import { requireNumber } from "@crease/backend";
import { run } from "@crease/tensor";
import { biasCorrection } from "./biasCorrection.ts";
import { moveTowards } from "./movingAverage.ts";
import { Optimizer } from "./optimizer.ts";
import type { OptimizerOptions, OwnNames } from "./optimizerOptions.ts";
import { assignAll, descend, type UpdateStep } from "./updateStep.ts";

/** Options of `Adam` and `AdamW`. */
export interface AdamOptions extends OptimizerOptions {
  /** What remains of the gradient's average at each step; 0.9 unless said. */
  readonly beta1?: number;
  /** What remains of the square's average at each step; 0.999 unless said. */
  readonly beta2?: number;
  /** Added to the root of the square's average; 1e-7 unless said. */
  readonly epsilon?: number;
  /** Whether the largest average of squares so far is used in place of the newest. */
  readonly amsgrad?: boolean;
}

/**
 * `momentum += (gradient - momentum) * (1 - beta1)`, `velocity += (gradient² - velocity) * (1 - beta2)`,
 * `variable -= learningRate * sqrt(1 - beta2^t) / (1 - beta1^t) * momentum / (sqrt(velocity) + epsilon)` with `t`
 * counting from 1 (Keras 3 `Adam`, after Kingma and Ba 2014; `amsgrad` after Reddi et al. 2018). The learning rate is
 * 0.001 unless said.
 *
 * @throws ValueError for options out of their range.
 * @example
 * ```ts
 * import { Adam } from "@crease/optimizers";
 * import { tensor, Variable } from "@crease/tensor";
 * const w = new Variable([1]);
 * new Adam({ learningRate: 0.5 }).apply([tensor([3])], [w]);
 * Math.abs((await w.value.sum().item()) - 0.5) < 1e-4; // => true
 * ```
 */
export class Adam extends Optimizer {
  static readonly ownNames: OwnNames<AdamOptions> = { beta1: true, beta2: true, epsilon: true, amsgrad: true };
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly amsgrad: boolean;

  constructor(options: AdamOptions = {}, className: string = "Adam") {
    super(className, 0.001, options);
    this.beta1 = options.beta1 ?? 0.9;
    this.beta2 = options.beta2 ?? 0.999;
    this.epsilon = options.epsilon ?? 1e-7;
    this.amsgrad = options.amsgrad ?? false;
    requireNumber(className, "beta1", this.beta1, { min: 0, below: 1 });
    requireNumber(className, "beta2", this.beta2, { min: 0, below: 1 });
    requireNumber(className, "epsilon", this.epsilon, { min: 0 });
  }

  protected override slotNames(): readonly string[] {
    return this.amsgrad ? ["momentum", "velocity", "velocityHat"] : ["momentum", "velocity"];
  }

  protected override updateStep(step: UpdateStep): void {
    if (this.amsgrad) {
      this.#updateInOps(step);
      return;
    }
    const { variable, gradient, slots, learningRate, weightDecay, count } = step;
    const { beta1, beta2, epsilon } = this;
    const momentum = slots.momentum!;
    const velocity = slots.velocity!;
    const attrs = { learningRate, weightDecay, beta1, beta2, epsilon, correction: biasCorrection(beta1, beta2, count) };
    assignAll([variable, momentum, velocity], run("adamUpdate", [variable, momentum, velocity, gradient], attrs));
  }

  #updateInOps(step: UpdateStep): void {
    const { gradient, slots, learningRate, count } = step;
    const { beta1, beta2, epsilon } = this;
    const [momentum, velocity, velocityHat] = [slots.momentum!, slots.velocity!, slots.velocityHat!];
    moveTowards(momentum, gradient, 1 - beta1);
    moveTowards(velocity, gradient.square(), 1 - beta2);
    velocityHat.assign(velocityHat.value.maximum(velocity));
    const rate = learningRate * biasCorrection(beta1, beta2, count);
    descend(step, momentum.value.mul(rate).div(velocityHat.value.sqrt().add(epsilon)));
  }

  override getConfig(): Readonly<Record<string, unknown>> {
    const { beta1, beta2, epsilon, amsgrad } = this;
    return { ...super.getConfig(), beta1, beta2, epsilon, amsgrad };
  }
}
