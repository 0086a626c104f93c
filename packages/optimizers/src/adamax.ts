/** Adamax: Adam with the largest recent gradient in place of the average square. */
import { requireNumber } from "@crease/backend";
import { moveTowards } from "./movingAverage.ts";
import { Optimizer } from "./optimizer.ts";
import type { OptimizerOptions, OwnNames } from "./optimizerOptions.ts";
import { descend, type UpdateStep } from "./updateStep.ts";

/** Options of `Adamax`. */
export interface AdamaxOptions extends OptimizerOptions {
  /** What remains of the gradient's average at each step; 0.9 unless said. */
  readonly beta1?: number;
  /** What remains of the largest gradient at each step; 0.999 unless said. */
  readonly beta2?: number;
  /** Keeps the divisor from 0; 1e-7 unless said. */
  readonly epsilon?: number;
}

/**
 * `momentum += (gradient - momentum) * (1 - beta1)`, `norm = max(beta2 * norm, |gradient|)`,
 * `variable -= learningRate / (1 - beta1^t) * momentum / (norm + epsilon)` with `t` counting from 1 (Keras 3 `Adamax`,
 * after Kingma and Ba 2014, section 7.1). The learning rate is 0.001 unless said.
 *
 * @throws ValueError for options out of their range.
 * @example
 * ```ts
 * import { Adamax } from "@crease/optimizers";
 * import { tensor, Variable } from "@crease/tensor";
 * const w = new Variable([1]);
 * new Adamax({ learningRate: 0.5, beta1: 0.5 }).apply([tensor([3])], [w]);
 * w.value.sub(0.5).abs().less(1e-6); // => [True]
 * ```
 */
export class Adamax extends Optimizer {
  static readonly ownNames: OwnNames<AdamaxOptions> = { beta1: true, beta2: true, epsilon: true };
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;

  constructor(options: AdamaxOptions = {}) {
    super("Adamax", 0.001, options);
    this.beta1 = options.beta1 ?? 0.9;
    this.beta2 = options.beta2 ?? 0.999;
    this.epsilon = options.epsilon ?? 1e-7;
    requireNumber("Adamax", "beta1", this.beta1, { min: 0, below: 1 });
    requireNumber("Adamax", "beta2", this.beta2, { min: 0, below: 1 });
    requireNumber("Adamax", "epsilon", this.epsilon, { min: 0 });
  }

  protected override slotNames(): readonly string[] {
    return ["momentum", "norm"];
  }

  protected override updateStep(step: UpdateStep): void {
    const { gradient, slots, learningRate, count } = step;
    const { beta1, beta2, epsilon } = this;
    const [momentum, norm] = [slots.momentum!, slots.norm!];
    moveTowards(momentum, gradient, 1 - beta1);
    norm.assign(norm.value.mul(beta2).maximum(gradient.abs()));
    // Keras 3 rounds beta1 to float32 before the power, as in `biasCorrection`.
    const correction = 1 - Math.fround(beta1) ** count;
    descend(step, momentum.value.mul(learningRate).div(norm.value.add(epsilon).mul(correction)));
  }

  override getConfig(): Readonly<Record<string, unknown>> {
    const { beta1, beta2, epsilon } = this;
    return { ...super.getConfig(), beta1, beta2, epsilon };
  }
}
