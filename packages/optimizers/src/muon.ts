/** Muon: steps whose matrices are made orthogonal, and AdamW for what is no matrix. */
import { requireInteger, requireNumber } from "@crease/backend";
import { scope, type Tensor, type Variable } from "@crease/tensor";
import { biasCorrection } from "./biasCorrection.ts";
import { moveTowards } from "./movingAverage.ts";
import { Optimizer } from "./optimizer.ts";
import { type OptimizerOptions, type OwnNames, requireOptionsObject } from "./optimizerOptions.ts";
import { descend, type UpdateStep } from "./updateStep.ts";

/** Options of `Muon`; `weightDecay` is that of the matrices, 0.004 unless said. */
export interface MuonOptions extends OptimizerOptions {
  /** AdamW's `beta1`; 0.9 unless said. */
  readonly adamBeta1?: number;
  /** AdamW's `beta2`; 0.999 unless said. */
  readonly adamBeta2?: number;
  /** AdamW's weight decay, null for none; 0.004 unless said. */
  readonly adamWeightDecay?: number | null;
  /** AdamW's epsilon; 1e-7 unless said. */
  readonly epsilon?: number;
  /** Matrices whose name contains one of these go by AdamW; give that of the output layer. */
  readonly excludeLayers?: readonly string[];
  /** Whether matrices whose name contains "embedding", in upper or lower case, go by AdamW; true unless said. */
  readonly excludeEmbeddings?: boolean;
  /** The factor of `x` in each round; 3.4445 unless said. */
  readonly muonA?: number;
  /** The factor of `x xᵀ x` in each round; -4.775 unless said. */
  readonly muonB?: number;
  /** The factor of `(x xᵀ)² x` in each round; 2.0315 unless said. */
  readonly muonC?: number;
  /** AdamW's learning rate as a multiple of the other; 1 unless said. */
  readonly adamLrRatio?: number;
  /** What remains of the sum of gradients at each step; 0.95 unless said. */
  readonly momentum?: number;
  /** How many rounds bring a step near to an orthogonal matrix; 5 unless said. */
  readonly nsSteps?: number;
  /** Whether the step looks ahead along the momentum; true unless said. */
  readonly nesterov?: boolean;
  /** Scales steps to Adam's size, so that its rates fit; null leaves them as they are; 0.2 unless said. */
  readonly rmsRate?: number | null;
}

/**
 * For matrices `[n, m]`, the slot `momentum` being `sum` here: `sum = momentum * sum + gradient`,
 * `x = gradient + momentum * sum` (without Nesterov `x = sum`), transposed where n > m, `x /= |x| + 1e-7`,
 * `nsSteps` times `x = muonA * x + (muonB * x xᵀ + muonC * (x xᵀ)²) x`, transposed back,
 * `variable -= learningRate * sqrt(max(n, m)) * rmsRate * x`. All other variables, and the excluded ones, go by `AdamW`
 * with `adamLrRatio * learningRate` and `adamWeightDecay` (Keras 3 `Muon`, after Jordan 2024 and Liu et al. 2025). The
 * learning rate is 0.001 unless said.
 *
 * @throws ValueError for options out of their range.
 * @example
 * ```ts
 * import { Muon } from "@crease/optimizers";
 * import { tensor, Variable } from "@crease/tensor";
 * const w = new Variable([[1, 1]]);
 * const optimizer = new Muon({ learningRate: 0.5, weightDecay: null, nsSteps: 0, rmsRate: null });
 * optimizer.apply([tensor([[3, 4]])], [w]);
 * w.value; // => [[0.7 0.6]]
 * ```
 */
export class Muon extends Optimizer {
  static readonly ownNames: OwnNames<MuonOptions> = {
    adamBeta1: true,
    adamBeta2: true,
    adamWeightDecay: true,
    epsilon: true,
    excludeLayers: true,
    excludeEmbeddings: true,
    muonA: true,
    muonB: true,
    muonC: true,
    adamLrRatio: true,
    momentum: true,
    nsSteps: true,
    nesterov: true,
    rmsRate: true,
  };
  readonly adamBeta1: number;
  readonly adamBeta2: number;
  readonly adamWeightDecay: number | null;
  readonly epsilon: number;
  readonly excludeLayers: readonly string[];
  readonly excludeEmbeddings: boolean;
  readonly muonA: number;
  readonly muonB: number;
  readonly muonC: number;
  readonly adamLrRatio: number;
  readonly momentum: number;
  readonly nsSteps: number;
  readonly nesterov: boolean;
  readonly rmsRate: number | null;

  constructor(options: MuonOptions = {}) {
    requireOptionsObject("Muon", options);
    super("Muon", 0.001, { ...options, weightDecay: options.weightDecay === undefined ? 0.004 : options.weightDecay });
    this.adamBeta1 = options.adamBeta1 ?? 0.9;
    this.adamBeta2 = options.adamBeta2 ?? 0.999;
    this.adamWeightDecay = options.adamWeightDecay === undefined ? 0.004 : options.adamWeightDecay;
    this.epsilon = options.epsilon ?? 1e-7;
    this.excludeLayers = options.excludeLayers ?? [];
    this.excludeEmbeddings = options.excludeEmbeddings ?? true;
    this.muonA = options.muonA ?? 3.4445;
    this.muonB = options.muonB ?? -4.775;
    this.muonC = options.muonC ?? 2.0315;
    this.adamLrRatio = options.adamLrRatio ?? 1;
    this.momentum = options.momentum ?? 0.95;
    this.nsSteps = options.nsSteps ?? 5;
    this.nesterov = options.nesterov ?? true;
    this.rmsRate = options.rmsRate === undefined ? 0.2 : options.rmsRate;
    requireNumber("Muon", "adamBeta1", this.adamBeta1, { min: 0, below: 1 });
    requireNumber("Muon", "adamBeta2", this.adamBeta2, { min: 0, below: 1 });
    if (this.adamWeightDecay !== null) requireNumber("Muon", "adamWeightDecay", this.adamWeightDecay, { min: 0 });
    requireNumber("Muon", "epsilon", this.epsilon, { min: 0 });
    requireNumber("Muon", "adamLrRatio", this.adamLrRatio, { above: 0 });
    requireNumber("Muon", "momentum", this.momentum, { min: 0, max: 1 });
    requireInteger("Muon", "nsSteps", this.nsSteps, { min: 0 });
    if (this.rmsRate !== null) requireNumber("Muon", "rmsRate", this.rmsRate, { above: 0 });
  }

  protected override slotNames(variable: Variable): readonly string[] {
    return this.#goesByAdamW(variable) ? ["momentum", "velocity"] : ["momentum"];
  }

  protected override weightDecayOf(variable: Variable): number | null {
    return this.#goesByAdamW(variable) ? this.adamWeightDecay : this.weightDecay;
  }

  protected override updateStep(step: UpdateStep): void {
    if (this.#goesByAdamW(step.variable)) this.#updateByAdamW(step);
    else this.#updateMatrix(step);
  }

  #goesByAdamW({ ndim, name }: Variable): boolean {
    if (ndim !== 2 || (this.excludeEmbeddings && name.toLowerCase().includes("embedding"))) return true;
    return this.excludeLayers.some((part) => name.includes(part));
  }

  #updateMatrix(step: UpdateStep): void {
    const { variable, gradient, slots, learningRate } = step;
    const { momentum, nesterov, rmsRate } = this;
    const sum = slots.momentum!;
    sum.assign(sum.value.mul(momentum).add(gradient));
    const direction = nesterov ? sum.value.mul(momentum).add(gradient) : sum.value;
    const scale = rmsRate === null ? 1 : Math.sqrt(Math.max(...variable.shape)) * rmsRate;
    descend(step, this.#orthogonalized(direction).mul(learningRate * scale));
  }

  /** Newton-Schulz rounds on the smaller side; the singular values come near 1 and stay some way off. */
  #orthogonalized(matrix: Tensor): Tensor {
    const [rows, columns] = matrix.shape as [number, number];
    const isTall = rows > columns;
    return scope(() => {
      let x = isTall ? matrix.transpose() : matrix;
      x = x.div(x.square().sum().sqrt().add(1e-7));
      for (let round = 0; round < this.nsSteps; round++) {
        const product = x.matmul(x, { transposeB: true });
        const factor = product.mul(this.muonB).add(product.matmul(product).mul(this.muonC));
        x = x.mul(this.muonA).add(factor.matmul(x));
      }
      return isTall ? x.transpose() : x;
    });
  }

  #updateByAdamW(step: UpdateStep): void {
    const { gradient, slots, learningRate, count } = step;
    const [momentum, velocity] = [slots.momentum!, slots.velocity!];
    moveTowards(momentum, gradient, 1 - this.adamBeta1);
    moveTowards(velocity, gradient.square(), 1 - this.adamBeta2);
    const rate = learningRate * this.adamLrRatio * biasCorrection(this.adamBeta1, this.adamBeta2, count);
    descend(step, momentum.value.mul(rate).div(velocity.value.sqrt().add(this.epsilon)));
  }

  override getConfig(): Readonly<Record<string, unknown>> {
    const { adamBeta1, adamBeta2, adamWeightDecay, epsilon, excludeLayers, excludeEmbeddings } = this;
    const { muonA, muonB, muonC, adamLrRatio, momentum, nsSteps, nesterov, rmsRate } = this;
    return {
      ...super.getConfig(),
      adamBeta1,
      adamBeta2,
      adamWeightDecay,
      epsilon,
      excludeLayers,
      excludeEmbeddings,
      muonA,
      muonB,
      muonC,
      adamLrRatio,
      momentum,
      nsSteps,
      nesterov,
      rmsRate,
    };
  }
}
