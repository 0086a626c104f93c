/** Methods that are composites of the contract: one call that a backend may have one kernel for. */
import { normalizeAxis } from "@crease/backend";
import type { TensorLike } from "../operands.ts";
import { scope } from "../scope.ts";
import type { Tensor } from "../tensor.ts";
import { Contract } from "./contract.ts";

/** The fused expressions of neural networks; integers become float32. */
export abstract class CompositeMethods extends Contract {
  /**
   * `e^x / sum(e^x)` along an axis; over the last axis the result keeps x as its `logits`.
   *
   * @example
   * ```ts
   * tensor([0, 0]).softmax(); // => [0.5 0.5]
   * ```
   */
  softmax(this: Tensor, axis = -1): Tensor {
    const along = normalizeAxis("softmax", axis, this);
    const result = this.run("softmax", [this], { axis: along })[0];
    return along === this.shape.length - 1 ? this.withLogits("softmax", result) : result;
  }
  /**
   * `x - log(sum(e^x))` along an axis: the logarithm of `softmax`, without rounding to 0.
   *
   * @example
   * ```ts
   * tensor([0, 0]).logSoftmax(); // => [-0.6931472 -0.6931472]
   * ```
   */
  logSoftmax(this: Tensor, axis = -1): Tensor {
    return this.run("logSoftmax", [this], { axis: normalizeAxis("logSoftmax", axis, this) })[0];
  }
  /**
   * `x * (1 + erf(x / sqrt(2))) / 2`, or with `approximate` its form with tanh. Source: Keras 3 `gelu`.
   *
   * @example
   * ```ts
   * tensor([1]).gelu(); // => [0.8413447]
   * tensor([1]).gelu({ approximate: true }); // => [0.841192]
   * ```
   */
  gelu(this: Tensor, { approximate = false }: { readonly approximate?: boolean } = {}): Tensor {
    return this.run("gelu", [this], { approximate })[0];
  }
  /**
   * `(x - mean) / sqrt(var + epsilon) * scale + offset` over the last axis. Source: Keras 3 `LayerNormalization`.
   *
   * @throws ShapeError where scale and offset are no vectors as long as the last axis.
   * @example
   * ```ts
   * tensor([1, 3]).layerNorm([1, 1], [0, 0], { epsilon: 0 }); // => [-1. 1.]
   * ```
   */
  layerNorm(
    this: Tensor,
    scale: TensorLike,
    offset: TensorLike,
    { epsilon = 1e-3 }: { readonly epsilon?: number } = {},
  ): Tensor {
    return scope(() => this.run("layerNorm", [this, scale, offset], { epsilon })[0]);
  }
  /**
   * `activation(x w + b)` for weights `[k, n]` and a bias `[n]`.
   *
   * @throws ShapeError where the last axis of x is not the rows of w, or b not its columns.
   * @example
   * ```ts
   * tensor([[1, 2]]).dense([[1, 0], [0, -1]], [0.5, 0.5], { activation: "relu" }); // => [[1.5 0. ]]
   * ```
   */
  dense(
    this: Tensor,
    weights: TensorLike,
    bias: TensorLike,
    { activation = "linear" }: { readonly activation?: "linear" | "relu" } = {},
  ): Tensor {
    return this.run("dense", [this, weights, bias], { activation })[0];
  }
}
