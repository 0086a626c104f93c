/** Nadam: Adam with Nesterov's momentum. */
import { requireNumber } from "@crease/backend";
import { moveTowards } from "./movingAverage.ts";
import { Optimizer } from "./optimizer.ts";
import type { OptimizerOptions, OwnNames } from "./optimizerOptions.ts";
import { descend, type UpdateStep } from "./updateStep.ts";

/** Options of `Nadam`. */
export interface NadamOptions extends OptimizerOptions {
  /** What remains of the gradient's average at each step; 0.9 unless said. */
  readonly beta1?: number;
  /** What remains of the square's average at each step; 0.999 unless said. */
  readonly beta2?: number;
  /** Added to the root of the square's average; 1e-7 unless said. */
  readonly epsilon?: number;
}

/** How fast the momentum nears `beta1`. */
const warming = 0.96;
/** After so many steps `0.5 * warming^t` is below half a unit in the last place of 1. */
const warm = 1000;

/**
 * With `u(t) = beta1 * (1 - 0.5 * 0.96^t)`, `t` counting from 1, and `p = u(1) * ... * u(t)`:
 * `momentum += (gradient - momentum) * (1 - beta1)`, `velocity += (gradient² - velocity) * (1 - beta2)`,
 * `m = u(t + 1) * momentum / (1 - p * u(t + 1)) + (1 - u(t)) * gradient / (1 - p)`,
 * `variable -= learningRate * m / (sqrt(velocity / (1 - beta2^t)) + epsilon)` (Keras 3 `Nadam`, after Dozat 2015). The
 * learning rate is 0.001 unless said.
 *
 * @throws ValueError for options out of their range.
 * @example
 * ```ts
 * import { Nadam } from "@crease/optimizers";
 * import { tensor, Variable } from "@crease/tensor";
 * const w = new Variable([1]);
 * const optimizer = new Nadam({ beta1: 0.5, beta2: 0 });
 * optimizer.apply([tensor([2])], [w]);
 * optimizer.momentumProduct; // => 0.26
 * ```
 */
export class Nadam extends Optimizer {
  static readonly ownNames: OwnNames<NadamOptions> = { beta1: true, beta2: true, epsilon: true };
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;

  constructor(options: NadamOptions = {}) {
    super("Nadam", 0.001, options);
    this.beta1 = options.beta1 ?? 0.9;
    this.beta2 = options.beta2 ?? 0.999;
    this.epsilon = options.epsilon ?? 1e-7;
    requireNumber("Nadam", "beta1", this.beta1, { min: 0, below: 1 });
    requireNumber("Nadam", "beta2", this.beta2, { min: 0, below: 1 });
    requireNumber("Nadam", "epsilon", this.epsilon, { min: 0 });
  }

  /** The product `u(1) * ... * u(iterations)`, which Keras keeps as a variable; here it follows from the step count. */
  get momentumProduct(): number {
    return this.#product(this.iterations);
  }

  protected override slotNames(): readonly string[] {
    return ["momentum", "velocity"];
  }

  protected override updateStep(step: UpdateStep): void {
    const { gradient, slots, learningRate, count } = step;
    const [momentum, velocity] = [slots.momentum!, slots.velocity!];
    // Keras 3 rounds both betas to float32, whatever the variable's dtype.
    const [beta1, beta2] = [Math.fround(this.beta1), Math.fround(this.beta2)];
    const [now, next] = [count, count + 1].map((t) => beta1 * (1 - 0.5 * warming ** t)) as [number, number];
    const product = this.#product(count);
    moveTowards(momentum, gradient, 1 - beta1);
    moveTowards(velocity, gradient.square(), 1 - beta2);
    const ahead = momentum.value.mul(next / (1 - product * next)).add(gradient.mul((1 - now) / (1 - product)));
    const size = velocity.value.div(1 - beta2 ** count).sqrt();
    descend(step, ahead.mul(learningRate).div(size.add(this.epsilon)));
  }

  #product(count: number): number {
    let product = Math.fround(this.beta1) ** count;
    let distance = 0.5;
    for (let t = Math.min(count, warm); t > 0; t--) {
      distance *= warming;
      product *= 1 - distance;
    }
    return product;
  }

  override getConfig(): Readonly<Record<string, unknown>> {
    const { beta1, beta2, epsilon } = this;
    return { ...super.getConfig(), beta1, beta2, epsilon };
  }
}
