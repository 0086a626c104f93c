/** Stochastic gradient descent. */
import { requireNumber } from "@crease/backend";
import { run } from "@crease/tensor";
import { Optimizer } from "./optimizer.ts";
import type { OptimizerOptions, OwnNames } from "./optimizerOptions.ts";
import { assignAll, type UpdateStep } from "./updateStep.ts";

/** Options of `SGD`. */
export interface SGDOptions extends OptimizerOptions {
  /** What remains of the velocity at each step, from 0 (plain gradient descent, the default) to 1. */
  readonly momentum?: number;
  /** Whether the step looks ahead along the velocity. */
  readonly nesterov?: boolean;
}

/**
 * `variable -= learningRate * gradient`; with momentum `velocity = momentum * velocity - learningRate * gradient` and
 * `variable += velocity`, or `variable += momentum * velocity - learningRate * gradient` with Nesterov's (Keras 3
 * `SGD`). The learning rate is 0.01 unless said.
 *
 * @throws ValueError for options out of their range.
 * @example
 * ```ts
 * import { SGD } from "@crease/optimizers";
 * import { tensor, Variable } from "@crease/tensor";
 * const w = new Variable([1, 2]);
 * new SGD({ learningRate: 0.5 }).apply([tensor([1, 1])], [w]);
 * w.value; // => [0.5 1.5]
 * ```
 */
export class SGD extends Optimizer {
  static readonly ownNames: OwnNames<SGDOptions> = { momentum: true, nesterov: true };
  readonly momentum: number;
  readonly nesterov: boolean;

  constructor(options: SGDOptions = {}) {
    super("SGD", 0.01, options);
    this.momentum = options.momentum ?? 0;
    this.nesterov = options.nesterov ?? false;
    requireNumber("SGD", "momentum", this.momentum, { min: 0, max: 1 });
  }

  protected override slotNames(): readonly string[] {
    return this.momentum === 0 ? [] : ["momentum"];
  }

  protected override updateStep(step: UpdateStep): void {
    const { variable, gradient, slots, learningRate, weightDecay } = step;
    const { momentum, nesterov } = this;
    if (momentum === 0) {
      assignAll([variable], run("sgdUpdate", [variable, gradient], { learningRate, weightDecay }));
      return;
    }
    const attrs = { learningRate, weightDecay, momentum, nesterov };
    const velocity = slots.momentum!;
    assignAll([variable, velocity], run("momentumUpdate", [variable, velocity, gradient], attrs));
  }

  override getConfig(): Readonly<Record<string, unknown>> {
    return { ...super.getConfig(), momentum: this.momentum, nesterov: this.nesterov };
  }
}
