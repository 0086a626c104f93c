/** Ftrl: follow the regularized leader, which sets weights to exactly 0. */
import { requireNumber } from "@crease/backend";
import { Optimizer } from "./optimizer.ts";
import type { OptimizerOptions, OwnNames } from "./optimizerOptions.ts";
import { decayed, type UpdateStep } from "./updateStep.ts";

/** Options of `Ftrl`. */
export interface FtrlOptions extends OptimizerOptions {
  /** How the rate falls with the sums of squares, 0 or less: 0 keeps it; -0.5 unless said. */
  readonly learningRatePower?: number;
  /** What the sums of squares start from; 0.1 unless said. */
  readonly initialAccumulatorValue?: number;
  /** Weights whose `linear` is within this of 0 become 0; 0 unless said. */
  readonly l1RegularizationStrength?: number;
  /** Draws weights to 0; 0 unless said. */
  readonly l2RegularizationStrength?: number;
  /** Draws weights to 0 as part of the gradient; 0 unless said. */
  readonly l2ShrinkageRegularizationStrength?: number;
  /** Adds `beta / (2 * learningRate)` to the L2 strength; 0 unless said. */
  readonly beta?: number;
}

/**
 * With `root(x) = x^-learningRatePower`, `l2 = l2RegularizationStrength + beta / (2 * learningRate)` and
 * `sum = accumulator + gradient²`: `growth = (root(sum) - root(accumulator)) / learningRate`,
 * `linear += gradient + 2 * l2ShrinkageRegularizationStrength * variable - growth * variable`,
 * `variable = (clip(linear, -l1, l1) - linear) / (root(sum) / learningRate + 2 * l2)`, `accumulator = sum` (Keras 3
 * `Ftrl`, after McMahan et al. 2013). The learning rate is 0.001 unless said.
 *
 * @throws ValueError for options out of their range.
 * @example
 * ```ts
 * import { Ftrl } from "@crease/optimizers";
 * import { tensor, Variable } from "@crease/tensor";
 * const w = new Variable([0, 0]);
 * const optimizer = new Ftrl({ learningRate: 0.5, initialAccumulatorValue: 0, l1RegularizationStrength: 1 });
 * optimizer.apply([tensor([2, 0.5])], [w]);
 * w.value; // => [-0.25 0.]
 * ```
 */
export class Ftrl extends Optimizer {
  static readonly ownNames: OwnNames<FtrlOptions> = {
    learningRatePower: true,
    initialAccumulatorValue: true,
    l1RegularizationStrength: true,
    l2RegularizationStrength: true,
    l2ShrinkageRegularizationStrength: true,
    beta: true,
  };
  readonly learningRatePower: number;
  readonly initialAccumulatorValue: number;
  readonly l1RegularizationStrength: number;
  readonly l2RegularizationStrength: number;
  readonly l2ShrinkageRegularizationStrength: number;
  readonly beta: number;

  constructor(options: FtrlOptions = {}) {
    super("Ftrl", 0.001, options);
    this.learningRatePower = options.learningRatePower ?? -0.5;
    this.initialAccumulatorValue = options.initialAccumulatorValue ?? 0.1;
    this.l1RegularizationStrength = options.l1RegularizationStrength ?? 0;
    this.l2RegularizationStrength = options.l2RegularizationStrength ?? 0;
    this.l2ShrinkageRegularizationStrength = options.l2ShrinkageRegularizationStrength ?? 0;
    this.beta = options.beta ?? 0;
    requireNumber("Ftrl", "learningRatePower", this.learningRatePower, { max: 0 });
    for (const name of [
      "initialAccumulatorValue",
      "l1RegularizationStrength",
      "l2RegularizationStrength",
      "l2ShrinkageRegularizationStrength",
      "beta",
    ] as const)
      requireNumber("Ftrl", name, this[name], { min: 0 });
  }

  protected override slotNames(): readonly string[] {
    return ["accumulator", "linear"];
  }

  protected override initialSlotValue(slot: string): number {
    return slot === "accumulator" ? this.initialAccumulatorValue : 0;
  }

  protected override updateStep(step: UpdateStep): void {
    const { variable, gradient, slots, learningRate } = step;
    const [accumulator, linear] = [slots.accumulator!, slots.linear!];
    const l1 = this.l1RegularizationStrength;
    const l2 = this.l2RegularizationStrength + this.beta / (2 * learningRate);
    const start = decayed(step);
    const sum = accumulator.value.add(gradient.square());
    const root = sum.pow(-this.learningRatePower);
    const growth = root.sub(accumulator.value.pow(-this.learningRatePower)).div(learningRate);
    const shrunken = gradient.add(start.mul(2 * this.l2ShrinkageRegularizationStrength));
    linear.assign(linear.value.add(shrunken.sub(growth.mul(start))));
    const pull = linear.value.clip(-l1, l1).sub(linear);
    variable.assign(pull.div(root.div(learningRate).add(2 * l2)));
    accumulator.assign(sum);
  }

  override getConfig(): Readonly<Record<string, unknown>> {
    const { learningRatePower, initialAccumulatorValue, beta } = this;
    const { l1RegularizationStrength, l2RegularizationStrength, l2ShrinkageRegularizationStrength } = this;
    return {
      ...super.getConfig(),
      learningRatePower,
      initialAccumulatorValue,
      l1RegularizationStrength,
      l2RegularizationStrength,
      l2ShrinkageRegularizationStrength,
      beta,
    };
  }
}
