/** The penalty on vectors that are not at right angles. */
import { requireOneOf, requireOptions, ShapeError } from "@crease/backend";
import { eye, type Regularizer, scope, type Tensor } from "@crease/tensor";
import type { Config, HasConfig } from "../config.ts";
import { unitLength } from "../unitLength.ts";
import { requireFactor } from "./factor.ts";

/**
 * `factor` times the mean of `|cos|` of the angles between each two rows, or columns, of a matrix, a scalar.
 * Keras 3 `OrthogonalRegularizer`.
 *
 * @throws ValueError for a factor that is no finite number of at least 0, and an unknown mode; ShapeError for what is no
 * matrix.
 * @example
 * ```ts
 * import { OrthogonalRegularizer } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * await new OrthogonalRegularizer(1).call(tensor([[1, 0], [0, 2]])).item(); // => 0
 * await new OrthogonalRegularizer(1).call(tensor([[1, 0], [2, 0]])).item(); // => 1
 * ```
 */
export class OrthogonalRegularizer implements Regularizer, HasConfig {
  static readonly className: string = "OrthogonalRegularizer";
  readonly factor: number;
  readonly mode: "rows" | "columns";

  constructor(factor = 0.01, options: { readonly mode?: "rows" | "columns" | undefined } = {}) {
    requireOptions<{ readonly mode?: "rows" | "columns" | undefined }>("OrthogonalRegularizer", options, {
      mode: true,
    });
    const { mode = "rows" } = options;
    this.factor = requireFactor("OrthogonalRegularizer", "factor", factor);
    requireOneOf("OrthogonalRegularizer", "mode", mode, ["rows", "columns"]);
    this.mode = mode;
  }

  call(x: Tensor): Tensor {
    if (x.ndim !== 2)
      throw new ShapeError({
        op: "OrthogonalRegularizer",
        problem: "the weight is no matrix",
        got: [x],
        fix: "Use it for weights of two axes",
      });
    return scope(() => {
      const vectors = this.mode === "rows" ? x : x.transpose();
      const [count = 0] = vectors.shape;
      const units = unitLength(vectors, [1]);
      const others = eye(count, count, { dtype: x.dtype, backend: x.backend }).neg().add(1);
      const sum = units.matmul(units, { transposeB: true }).mul(others).abs().sum();
      return sum.mul(this.factor).div(count * (count - 1));
    });
  }

  getConfig(): Config {
    return { factor: this.factor, mode: this.mode };
  }

  static fromConfig(config: Config): OrthogonalRegularizer {
    const { factor, mode } = config as { factor?: number; mode?: "rows" | "columns" };
    return new OrthogonalRegularizer(factor, { mode });
  }
}
