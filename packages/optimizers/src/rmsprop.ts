/** RMSprop: rates divided by a moving average of the gradient's size. */
import { requireNumber } from "@crease/backend";
import { run } from "@crease/tensor";
import { mix } from "./movingAverage.ts";
import { Optimizer } from "./optimizer.ts";
import type { OptimizerOptions, OwnNames } from "./optimizerOptions.ts";
import { assignAll, descend, type UpdateStep } from "./updateStep.ts";

/** Options of `RMSprop`. */
export interface RMSpropOptions extends OptimizerOptions {
  /** What remains of the moving averages at each step; 0.9 unless said. */
  readonly rho?: number;
  /** What remains of the step before; 0 unless said. */
  readonly momentum?: number;
  /** Keeps the divisor from 0; 1e-7 unless said. */
  readonly epsilon?: number;
  /** Whether the square of the mean gradient is taken off, which leaves the variance. */
  readonly centered?: boolean;
}

/**
 * `velocity = rho * velocity + (1 - rho) * gradient²`, `variable -= learningRate * gradient / sqrt(velocity + epsilon)`
 * (Keras 3 `RMSprop`, after Tieleman and Hinton 2012). `centered` takes the square of the gradient's own average off
 * `velocity` below the root; with momentum the steps add up. The learning rate is 0.001 unless said.
 *
 * @throws ValueError for options out of their range.
 * @example
 * ```ts
 * import { RMSprop } from "@crease/optimizers";
 * import { tensor, Variable } from "@crease/tensor";
 * const w = new Variable([1]);
 * new RMSprop({ learningRate: 0.25, rho: 0.75 }).apply([tensor([2])], [w]);
 * Math.abs((await w.value.sum().item()) - 0.5) < 1e-6; // => true
 * ```
 */
export class RMSprop extends Optimizer {
  static readonly ownNames: OwnNames<RMSpropOptions> = { rho: true, momentum: true, epsilon: true, centered: true };
  readonly rho: number;
  readonly momentum: number;
  readonly epsilon: number;
  readonly centered: boolean;

  constructor(options: RMSpropOptions = {}) {
    super("RMSprop", 0.001, options);
    this.rho = options.rho ?? 0.9;
    this.momentum = options.momentum ?? 0;
    this.epsilon = options.epsilon ?? 1e-7;
    this.centered = options.centered ?? false;
    requireNumber("RMSprop", "rho", this.rho, { min: 0, below: 1 });
    requireNumber("RMSprop", "momentum", this.momentum, { min: 0, max: 1 });
    requireNumber("RMSprop", "epsilon", this.epsilon, { min: 0 });
  }

  protected override slotNames(): readonly string[] {
    const names = ["velocity"];
    if (this.momentum > 0) names.push("momentum");
    if (this.centered) names.push("averageGradient");
    return names;
  }

  protected override updateStep(step: UpdateStep): void {
    if (this.momentum > 0 || this.centered) {
      this.#updateInOps(step);
      return;
    }
    const { variable, gradient, slots, learningRate, weightDecay } = step;
    const { rho, epsilon } = this;
    const velocity = slots.velocity!;
    const attrs = { learningRate, weightDecay, rho, epsilon };
    assignAll([variable, velocity], run("rmspropUpdate", [variable, velocity, gradient], attrs));
  }

  #updateInOps(step: UpdateStep): void {
    const { gradient, slots, learningRate } = step;
    const { rho, momentum, epsilon, centered } = this;
    const velocity = slots.velocity!;
    velocity.assign(mix(rho, velocity.value, gradient.square()));
    let variance = velocity.value;
    if (centered) {
      const average = slots.averageGradient!;
      average.assign(mix(rho, average.value, gradient));
      variance = variance.sub(average.value.square());
    }
    let increment = gradient.mul(learningRate).div(variance.add(epsilon).sqrt());
    if (momentum > 0) {
      increment = slots.momentum!.value.mul(momentum).add(increment);
      slots.momentum!.assign(increment);
    }
    descend(step, increment);
  }

  override getConfig(): Readonly<Record<string, unknown>> {
    const { rho, momentum, epsilon, centered } = this;
    return { ...super.getConfig(), rho, momentum, epsilon, centered };
  }
}
