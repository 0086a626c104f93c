/** How much nearer vectors of other classes lie than those of the same class. */
import { named, type OptionNames, requireNumber, ShapeError } from "@crease/backend";
import { asTensor, eye, scope, type Tensor, type TensorLike, where } from "@crease/tensor";
import type { LossOptions } from "./loss.ts";
import { sparseLabels } from "./sparseLabels.ts";
import { SparseLoss } from "./sparseLoss.ts";
import { toFloat } from "./toFloat.ts";

/** How the circle loss compares vectors. */
export interface CircleOptions {
  /** The scale of similarities, 80 unless given. */
  readonly gamma?: number;
  /** How far similarities may stay from 0 and 1, 0.4 unless given. */
  readonly margin?: number;
  /** True, unless given, so that no vector is compared with itself. */
  readonly removeDiagonal?: boolean;
}

/** Other vectors to compare with than those of the batch. */
export interface CircleReferences {
  /** Class numbers `[m]` of the vectors to compare with; the batch's unless given. */
  readonly refLabels?: TensorLike;
  /** Vectors `[m, k]` of length 1 to compare with; the batch's unless given. */
  readonly refEmbeddings?: TensorLike;
}

/** So far below every similarity that its exponential is 0; finite, so that its gradient is no NaN. */
const NOWHERE = -1e30;

/**
 * `softplus(logsumexp(gamma a (d - margin)) + logsumexp(gamma b (1 - margin - d)))` for each vector, with cosine
 * distances `d = max(1 - x . y, 0)`, `a = margin + d` over vectors of its class and `b = max(1 + margin - d, 0)` over
 * those of others: class numbers `[n]` or `[n, 1]` with vectors `[n, k]` of length 1 give `[n]` (Keras 3 `circle`; Sun
 * et al. 2020).
 *
 * @throws ShapeError where there is not one class number for each vector.
 * @example
 * ```ts
 * import { circle } from "@crease/losses";
 * circle([0, 0, 1], [[1, 0], [1, 0], [0, 1]], { gamma: 10 }); // => [0.0399533 0.0399533 0.]
 * ```
 */
export function circle(yTrue: TensorLike, yPred: TensorLike, options: CircleOptions & CircleReferences = {}): Tensor {
  const { gamma = 80, margin = 0.4, removeDiagonal = true, refLabels, refEmbeddings } = options;
  return scope(() => {
    const x = vectors(yPred);
    const labels = sparseLabels("circle", yTrue, x);
    const others = refEmbeddings === undefined ? x : vectors(refEmbeddings);
    const otherLabels = refLabels === undefined ? labels : sparseLabels("circle", refLabels, others);
    const distance = x.matmul(others, { transposeB: true }).neg().add(1).maximum(0);
    const isSame = labels.expandDims(-1).equal(otherLabels);
    const [n = 0, m = 0] = distance.shape;
    const isPositive = removeDiagonal ? isSame.logicalAnd(eye(n, m, { backend: x.backend }).equal(0)) : isSame;
    const positive = distance.add(margin).maximum(0).mul(distance.sub(margin)).mul(gamma);
    const negative = distance
      .neg()
      .add(1 + margin)
      .maximum(0)
      .mul(distance.neg().add(1 - margin))
      .mul(gamma);
    const far = where(isPositive, positive, NOWHERE).logSumExp(1);
    const near = where(isSame, NOWHERE, negative).logSumExp(1);
    return far.add(near).softplus();
  });
}

function vectors(x: TensorLike): Tensor {
  const given = toFloat(asTensor(x));
  if (given.ndim !== 2)
    throw new ShapeError({
      op: "circle",
      problem: "the vectors have not two axes",
      got: [given],
      fix: "Give one vector for each sample, [samples, size]",
    });
  return given;
}

/**
 * The loss `circle`, weighted and reduced; vectors whose loss is 0 do not count in a mean.
 *
 * @example
 * ```ts
 * import { Circle } from "@crease/losses";
 * new Circle({ gamma: 10 }).apply([0, 0, 1], [[1, 0], [1, 0], [0, 1]]); // => 0.0399533
 * ```
 */
export class Circle extends SparseLoss {
  static readonly ownNames: OptionNames<CircleOptions> = { gamma: true, margin: true, removeDiagonal: true };
  readonly gamma: number;
  readonly margin: number;
  readonly removeDiagonal: boolean;

  constructor(options: LossOptions & CircleOptions = {}) {
    super(named("circle", options));
    this.gamma = options.gamma ?? 80;
    this.margin = options.margin ?? 0.4;
    this.removeDiagonal = options.removeDiagonal ?? true;
    requireNumber(this.name, "gamma", this.gamma, { above: 0 });
    requireNumber(this.name, "margin", this.margin, { min: 0, max: 1 });
  }

  override call(yTrue: Tensor, yPred: Tensor): Tensor {
    return circle(yTrue, yPred, this);
  }

  override mask(yTrue: Tensor, yPred: Tensor): Tensor {
    return circle(yTrue, yPred, this).greater(0);
  }

  override getConfig(): Record<string, unknown> {
    const { gamma, margin, removeDiagonal } = this;
    return { ...super.getConfig(), gamma, margin, removeDiagonal };
  }
}
