/** Methods that answer true or false for each element. */
import type { TensorLike } from "../operands.ts";
import { requireFit } from "../requireFit.ts";
import { scope } from "../scope.ts";
import type { Tensor } from "../tensor.ts";
import { Elementwise } from "./elementwise.ts";

/** Comparisons and logic; all results are bool. Comparisons with NaN are false but `notEqual`. */
export abstract class Compare extends Elementwise {
  /**
   * `a == b`.
   *
   * @example
   * ```ts
   * tensor([1, 2, 3]).equal(2); // => [False True False]
   * ```
   */
  equal(this: Tensor, other: TensorLike): Tensor {
    return this.run("equal", [this, other], {})[0];
  }
  /** `a != b`. */
  notEqual(this: Tensor, other: TensorLike): Tensor {
    requireFit("notEqual", this, other);
    return scope(() => this.equal(other).logicalNot());
  }
  /** `a < b`. */
  less(this: Tensor, other: TensorLike): Tensor {
    return this.run("less", [this, other], {})[0];
  }
  /** `a <= b`. */
  lessEqual(this: Tensor, other: TensorLike): Tensor {
    return this.run("lessEqual", [this, other], {})[0];
  }
  /** `a > b`. */
  greater(this: Tensor, other: TensorLike): Tensor {
    requireFit("greater", this, other);
    return this.run("less", [other, this], {})[0];
  }
  /** `a >= b`. */
  greaterEqual(this: Tensor, other: TensorLike): Tensor {
    requireFit("greaterEqual", this, other);
    return this.run("lessEqual", [other, this], {})[0];
  }
  /** Both; numbers count as true where they are not 0. */
  logicalAnd(this: Tensor, other: TensorLike): Tensor {
    return this.run("logicalAnd", [this, other], {})[0];
  }
  /** One or both. */
  logicalOr(this: Tensor, other: TensorLike): Tensor {
    return this.run("logicalOr", [this, other], {})[0];
  }
  /** Exactly one. */
  logicalXor(this: Tensor, other: TensorLike): Tensor {
    return this.run("logicalXor", [this, other], {})[0];
  }
  /** True for false. */
  logicalNot(this: Tensor): Tensor {
    return this.run("logicalNot", [this], {})[0];
  }
  /** True for NaN. */
  isNaN(this: Tensor): Tensor {
    return this.run("isNaN", [this], {})[0];
  }
  /** True for both infinities. */
  isInf(this: Tensor): Tensor {
    return scope(() => this.floating().abs().equal(Number.POSITIVE_INFINITY));
  }
  /**
   * False for NaN and infinities.
   *
   * @example
   * ```ts
   * tensor([1, NaN, Infinity]).isFinite(); // => [True False False]
   * ```
   */
  isFinite(this: Tensor): Tensor {
    return scope(() => this.floating().abs().less(Number.POSITIVE_INFINITY));
  }
}
