/** Methods that compute each element by itself, or pair by pair with broadcasting. */
import { type DType, isFloat } from "@crease/backend";
import type { TensorLike } from "../operands.ts";
import { requireFit } from "../requireFit.ts";
import { scope } from "../scope.ts";
import { Stored } from "../stored.ts";
import type { Tensor } from "../tensor.ts";

/** Arithmetic and functions of one or two tensors. Functions from `exp` on give float32 for integers. */
export abstract class Elementwise extends Stored {
  /** The values as another element type: floats to integers truncate and saturate, NaN gives 0; numbers to bool test for not 0. @throws DTypeError for an unknown dtype, and between strings and numbers. */
  cast(this: Tensor, dtype: DType): Tensor {
    return this.run("cast", [this], { dtype })[0];
  }
  /** The same values, as a constant to gradients. */
  stopGradient(this: Tensor): Tensor {
    return this.run("stopGradient", [this], {})[0];
  }

  /** `-x`. */
  neg(this: Tensor): Tensor {
    return this.run("neg", [this], {})[0];
  }
  /** `|x|`. */
  abs(this: Tensor): Tensor {
    return this.run("abs", [this], {})[0];
  }
  /** -1, 0 or 1. */
  sign(this: Tensor): Tensor {
    return this.run("sign", [this], {})[0];
  }
  /** The largest whole number that is not larger. */
  floor(this: Tensor): Tensor {
    return this.run("floor", [this], {})[0];
  }
  /** The smallest whole number that is not smaller. */
  ceil(this: Tensor): Tensor {
    return this.run("ceil", [this], {})[0];
  }
  /**
   * The nearest whole number, halves to the even one.
   *
   * @example
   * ```ts
   * tensor([0.5, 1.5, 2.5]).round(); // => [0. 2. 2.]
   * ```
   */
  round(this: Tensor): Tensor {
    return this.run("round", [this], {})[0];
  }
  /**
   * The whole number next to it towards 0.
   *
   * @example
   * ```ts
   * tensor([1.7, -1.7]).trunc(); // => [ 1. -1.]
   * ```
   */
  trunc(this: Tensor): Tensor {
    if (!isFloat(this.dtype)) return this.floor();
    return scope(() => this.abs().floor().mul(this.sign()));
  }
  /** `max(x, 0)`. */
  relu(this: Tensor): Tensor {
    return this.run("relu", [this], {})[0];
  }
  /** `x * x`. */
  square(this: Tensor): Tensor {
    return this.run("mul", [this, this], {})[0];
  }
  /** `1 / x`. */
  reciprocal(this: Tensor): Tensor {
    return this.run("div", [1, this], {})[0];
  }

  /** `e^x`. */
  exp(this: Tensor): Tensor {
    return this.run("exp", [this], {})[0];
  }
  /** `e^x - 1`, exact near 0. */
  expm1(this: Tensor): Tensor {
    return this.run("expm1", [this], {})[0];
  }
  /** The natural logarithm. */
  log(this: Tensor): Tensor {
    return this.run("log", [this], {})[0];
  }
  /** `log(1 + x)`, exact near 0. */
  log1p(this: Tensor): Tensor {
    return this.run("log1p", [this], {})[0];
  }
  /** The logarithm to base 2. */
  log2(this: Tensor): Tensor {
    return scope(() => this.log().div(Math.LN2));
  }
  /** The logarithm to base 10. */
  log10(this: Tensor): Tensor {
    return scope(() => this.log().div(Math.LN10));
  }
  /** The square root. */
  sqrt(this: Tensor): Tensor {
    return this.run("sqrt", [this], {})[0];
  }
  /** `1 / sqrt(x)`. */
  rsqrt(this: Tensor): Tensor {
    return this.run("rsqrt", [this], {})[0];
  }
  /** The sine of radians. */
  sin(this: Tensor): Tensor {
    return this.run("sin", [this], {})[0];
  }
  /** The cosine of radians. */
  cos(this: Tensor): Tensor {
    return this.run("cos", [this], {})[0];
  }
  /** The tangent of radians. */
  tan(this: Tensor): Tensor {
    return this.run("tan", [this], {})[0];
  }
  /** The arc sine in radians. */
  asin(this: Tensor): Tensor {
    return this.run("asin", [this], {})[0];
  }
  /** The arc cosine in radians. */
  acos(this: Tensor): Tensor {
    return this.run("acos", [this], {})[0];
  }
  /** The arc tangent in radians. */
  atan(this: Tensor): Tensor {
    return this.run("atan", [this], {})[0];
  }
  /** The hyperbolic sine. */
  sinh(this: Tensor): Tensor {
    return this.run("sinh", [this], {})[0];
  }
  /** The hyperbolic cosine. */
  cosh(this: Tensor): Tensor {
    return this.run("cosh", [this], {})[0];
  }
  /** The hyperbolic tangent. */
  tanh(this: Tensor): Tensor {
    return this.run("tanh", [this], {})[0];
  }
  /** The inverse of `sinh`. */
  asinh(this: Tensor): Tensor {
    return this.run("asinh", [this], {})[0];
  }
  /** The inverse of `cosh`. */
  acosh(this: Tensor): Tensor {
    return this.run("acosh", [this], {})[0];
  }
  /** The inverse of `tanh`. */
  atanh(this: Tensor): Tensor {
    return this.run("atanh", [this], {})[0];
  }
  /** `2 / sqrt(pi) * integral of exp(-t^2) from 0 to x`. */
  erf(this: Tensor): Tensor {
    return this.run("erf", [this], {})[0];
  }
  /**
   * `1 / (1 + e^-x)`; the result keeps x as its `logits`.
   *
   * @example
   * ```ts
   * tensor([0]).sigmoid(); // => [0.5]
   * tensor([0]).sigmoid().logits?.kind; // => sigmoid
   * ```
   */
  sigmoid(this: Tensor): Tensor {
    return this.withLogits("sigmoid", this.run("sigmoid", [this], {})[0]);
  }
  /**
   * `log(1 + e^x)`, without overflow.
   *
   * @example
   * ```ts
   * tensor([0, 1000]).softplus(); // => [6.931472e-01 1.000000e+03]
   * ```
   */
  softplus(this: Tensor): Tensor {
    // At x = 0 a tie gives its gradient to the first operand: 1 from maximum, -1/2 through minimum, 1/2 in all.
    return scope(() => {
      const x = this.floating();
      return x.maximum(0).add(x.neg().minimum(x).exp().log1p());
    });
  }

  /**
   * `a + b`.
   *
   * @example
   * ```ts
   * tensor([[1], [2]]).add([10, 20]); // => [[11. 21.] [12. 22.]]
   * ```
   */
  add(this: Tensor, other: TensorLike): Tensor {
    return this.run("add", [this, other], {})[0];
  }
  /** `a - b`. */
  sub(this: Tensor, other: TensorLike): Tensor {
    return this.run("sub", [this, other], {})[0];
  }
  /** `a * b`, element by element. */
  mul(this: Tensor, other: TensorLike): Tensor {
    return this.run("mul", [this, other], {})[0];
  }
  /** `a / b`; integers give float32. */
  div(this: Tensor, other: TensorLike): Tensor {
    return this.run("div", [this, other], {})[0];
  }
  /** `floor(a / b)`; integers by 0 give 0. */
  floorDiv(this: Tensor, other: TensorLike): Tensor {
    return this.run("floorDiv", [this, other], {})[0];
  }
  /**
   * The remainder of `floorDiv`, with the sign of the divisor; integers by 0 give 0.
   *
   * @example
   * ```ts
   * tensor([5, -5]).mod(3); // => [2. 1.]
   * ```
   */
  mod(this: Tensor, other: TensorLike): Tensor {
    return this.run("mod", [this, other], {})[0];
  }
  /** `a^b`. */
  pow(this: Tensor, other: TensorLike): Tensor {
    return this.run("pow", [this, other], {})[0];
  }
  /** The larger of each pair; NaN if one is NaN. */
  maximum(this: Tensor, other: TensorLike): Tensor {
    return this.run("maximum", [this, other], {})[0];
  }
  /** The smaller of each pair; NaN if one is NaN. */
  minimum(this: Tensor, other: TensorLike): Tensor {
    return this.run("minimum", [this, other], {})[0];
  }
  /** The angle of the point `(b, a)` in radians, from -pi to pi. */
  atan2(this: Tensor, other: TensorLike): Tensor {
    return this.run("atan2", [this, other], {})[0];
  }
  /**
   * `sqrt(a^2 + b^2)`, without overflow.
   *
   * @example
   * ```ts
   * tensor([3, 3e30]).hypot([4, 4e30]); // => [5.e+00 5.e+30]
   * ```
   */
  hypot(this: Tensor, other: TensorLike): Tensor {
    requireFit("hypot", this, other);
    return scope(() => {
      const a = this.floating();
      const b = a.operand("hypot", other).floating();
      const larger = a.abs().maximum(b.abs()).stopGradient();
      // Divided by 0 or infinity, the legs would be NaN.
      const scalable = larger.isFinite().logicalAnd(larger.notEqual(0));
      const scale = this.run("select", [scalable, larger, 1], {})[0];
      const length = a.div(scale).square().add(b.div(scale).square()).sqrt().mul(scale);
      return this.run("select", [a.isInf().logicalOr(b.isInf()), Number.POSITIVE_INFINITY, length], {})[0];
    });
  }
  /**
   * `log(e^a + e^b)`, without overflow.
   *
   * @example
   * ```ts
   * tensor([1000], { dtype: "float64" }).logAddExp(1000); // => [1000.69314718]
   * ```
   */
  logAddExp(this: Tensor, other: TensorLike): Tensor {
    requireFit("logAddExp", this, other);
    return scope(() => {
      const a = this.floating();
      const b = a.operand("logAddExp", other).floating();
      const back = b.sub(a);
      // At a tie maximum and minimum give their gradient to the first operand: 1/2 in all for each side.
      const sum = a.maximum(b).add(back.minimum(a.sub(b)).exp().log1p());
      // Two equal infinities have no difference.
      return this.run("select", [back.isNaN(), a.add(b), sum], {})[0];
    });
  }
  /** `(a - b)^2`. */
  squaredDifference(this: Tensor, other: TensorLike): Tensor {
    requireFit("squaredDifference", this, other);
    return scope(() => this.sub(other).square());
  }
  /**
   * The values brought into `[min, max]`; `null` leaves a side open. Where min is larger than max, all become max.
   *
   * @example
   * ```ts
   * tensor([-2, 0.5, 2]).clip(-1, 1); // => [-1. 0.5 1.]
   * tensor([-2, 0.5, 2]).clip(0, null); // => [0. 0.5 2.]
   * ```
   */
  clip(this: Tensor, min: TensorLike | null, max: TensorLike | null): Tensor {
    // The bounds come second, so that at a bound the gradient goes to x.
    if (min === null) return max === null ? this.cast(this.dtype) : this.minimum(max);
    if (max === null) return this.maximum(min);
    return scope(() => this.maximum(min).minimum(max));
  }
}
