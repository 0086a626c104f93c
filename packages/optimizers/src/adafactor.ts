/** Adafactor: the average square of a matrix's gradient, estimated from its rows and columns. */
import { requireNumber, type Shape } from "@crease/backend";
import { scope, type Tensor, type Variable } from "@crease/tensor";
import { mix } from "./movingAverage.ts";
import { Optimizer } from "./optimizer.ts";
import type { OptimizerOptions, OwnNames } from "./optimizerOptions.ts";
import { decayed, type UpdateStep } from "./updateStep.ts";

/** Options of `Adafactor`. */
export interface AdafactorOptions extends OptimizerOptions {
  /** The power of `t` in the averages' decay, 0 or less; -0.8 unless said. */
  readonly beta2Decay?: number;
  /** Added to the gradient's squares; 1e-30 unless said. */
  readonly epsilon1?: number;
  /** The least size of a variable that its steps are measured by; 0.001 unless said. */
  readonly epsilon2?: number;
  /** The largest root mean square of an update before the rate; 1 unless said. */
  readonly clipThreshold?: number;
  /** Kept for configurations only: as in Keras 3 the rate never exceeds `1 / sqrt(t)`, whatever this says. */
  readonly relativeStep?: boolean;
}

/**
 * With `t` counting from 1, `beta = 1 - t^beta2Decay`, `square = gradient² + epsilon1` and `rms` the root mean square:
 * `rowVelocity` and `columnVelocity` are moving averages (`beta * average + (1 - beta) * mean`) of the squares' means
 * over the last and the last but one axis, and `velocity = rowVelocity / mean(rowVelocity) * columnVelocity` as an
 * outer product; a variable of fewer than two axes has `velocity` as moving average of `square` itself.
 * `update = gradient / sqrt(velocity)`, `rate = min(learningRate, 1 / sqrt(t))`,
 * `variable -= max(epsilon2, rms(variable)) * rate * update / max(1, rms(update) / clipThreshold)` (Keras 3
 * `Adafactor`, after Shazeer and Stern 2018). The learning rate is 0.001 unless said.
 *
 * @throws ValueError for options out of their range.
 * @example
 * ```ts
 * import { Adafactor } from "@crease/optimizers";
 * import { tensor, Variable } from "@crease/tensor";
 * const w = new Variable([2, -2]);
 * new Adafactor({ learningRate: 0.25 }).apply([tensor([5, -5])], [w]);
 * w.value; // => [1.5 -1.5]
 * ```
 */
export class Adafactor extends Optimizer {
  static readonly ownNames: OwnNames<AdafactorOptions> = {
    beta2Decay: true,
    epsilon1: true,
    epsilon2: true,
    clipThreshold: true,
    relativeStep: true,
  };
  readonly beta2Decay: number;
  readonly epsilon1: number;
  readonly epsilon2: number;
  readonly clipThreshold: number;
  readonly relativeStep: boolean;

  constructor(options: AdafactorOptions = {}) {
    super("Adafactor", 0.001, options);
    this.beta2Decay = options.beta2Decay ?? -0.8;
    this.epsilon1 = options.epsilon1 ?? 1e-30;
    this.epsilon2 = options.epsilon2 ?? 1e-3;
    this.clipThreshold = options.clipThreshold ?? 1;
    this.relativeStep = options.relativeStep ?? true;
    requireNumber("Adafactor", "beta2Decay", this.beta2Decay, { max: 0 });
    requireNumber("Adafactor", "epsilon1", this.epsilon1, { min: 0 });
    requireNumber("Adafactor", "epsilon2", this.epsilon2, { min: 0 });
    requireNumber("Adafactor", "clipThreshold", this.clipThreshold, { above: 0 });
  }

  protected override slotNames({ ndim }: Variable): readonly string[] {
    return ndim < 2 ? ["velocity"] : ["rowVelocity", "columnVelocity", "velocity"];
  }

  protected override slotShape(slot: string, { shape }: Variable): Shape {
    if (slot === "rowVelocity") return shape.slice(0, -1);
    if (slot === "columnVelocity") return [...shape.slice(0, -2), ...shape.slice(-1)];
    return shape;
  }

  protected override updateStep(step: UpdateStep): void {
    const { variable, gradient, slots, learningRate, count } = step;
    const velocity = slots.velocity!;
    const [row, column] = [slots.rowVelocity, slots.columnVelocity];
    const beta = 1 - count ** this.beta2Decay;
    const square = gradient.square().add(this.epsilon1);
    if (row === undefined || column === undefined) velocity.assign(mix(beta, velocity.value, square));
    else {
      row.assign(mix(beta, row.value, square.mean(-1)));
      column.assign(mix(beta, column.value, square.mean(-2)));
      const share = row.value.div(row.value.mean(-1, { keepDims: true }));
      velocity.assign(share.expandDims(-1).mul(column.value.expandDims(-2)));
    }
    const update = gradient.div(velocity.value.sqrt());
    const start = decayed(step);
    const rate = rms(start)
      .maximum(this.epsilon2)
      .mul(Math.min(learningRate, 1 / Math.sqrt(count)));
    const excess = rms(update).div(this.clipThreshold).maximum(1);
    variable.assign(start.sub(update.div(excess).mul(rate)));
  }

  override getConfig(): Readonly<Record<string, unknown>> {
    const { beta2Decay, epsilon1, epsilon2, clipThreshold, relativeStep } = this;
    return { ...super.getConfig(), beta2Decay, epsilon1, epsilon2, clipThreshold, relativeStep };
  }
}

/** `sqrt(mean(x²))`. */
function rms(x: Tensor): Tensor {
  return scope(() => x.square().mean().sqrt());
}
