/** Methods that make one value of many: sums, extremes, moments, norms, and running sums. */
import { isFloat, normalizeAxes, normalizeAxis, type Shape } from "@crease/backend";
import { matrixNorm, type NormOrder, vectorNorm } from "../norm.ts";
import { scope } from "../scope.ts";
import type { Tensor } from "../tensor.ts";
import { Compare } from "./compare.ts";

/** Axes to reduce over: one, several, or all where null or not given. */
export type ReducedAxes = number | readonly number[] | null;

/** Whether the reduced axes stay with size 1; they go unless said. */
export interface KeepDims {
  readonly keepDims?: boolean;
}

/** What variance and deviation divide by: the count less `ddof`, 0 unless said. */
export interface MomentOptions extends KeepDims {
  readonly ddof?: number;
}

/** Reductions over axes; those that give numbers widen bool, int8 and uint8 to int32 where they add or multiply. */
export abstract class Reduce extends Compare {
  /**
   * The sum over axes, 0 of nothing.
   *
   * @throws AxisError for an axis out of range or given twice.
   * @example
   * ```ts
   * const x = tensor([[1, 2], [3, 4]]);
   * x.sum().toString(); // => 10.
   * x.sum(0); // => [4. 6.]
   * x.sum(-1, { keepDims: true }); // => [[3.] [7.]]
   * ```
   */
  sum(this: Tensor, axes?: ReducedAxes, { keepDims = false }: KeepDims = {}): Tensor {
    return this.run("sum", [this], { axes: normalizeAxes("sum", axes, this), keepDims })[0];
  }
  /** The product over axes, 1 of nothing. */
  prod(this: Tensor, axes?: ReducedAxes, { keepDims = false }: KeepDims = {}): Tensor {
    return this.run("prod", [this], { axes: normalizeAxes("prod", axes, this), keepDims })[0];
  }
  /** The largest over axes; NaN if one is NaN. @throws ShapeError for an axis without elements. */
  max(this: Tensor, axes?: ReducedAxes, { keepDims = false }: KeepDims = {}): Tensor {
    return this.run("max", [this], { axes: normalizeAxes("max", axes, this), keepDims })[0];
  }
  /** The smallest over axes; NaN if one is NaN. @throws ShapeError for an axis without elements. */
  min(this: Tensor, axes?: ReducedAxes, { keepDims = false }: KeepDims = {}): Tensor {
    return this.run("min", [this], { axes: normalizeAxes("min", axes, this), keepDims })[0];
  }
  /** True where any over axes is true (a number: not 0). */
  any(this: Tensor, axes?: ReducedAxes, { keepDims = false }: KeepDims = {}): Tensor {
    return this.run("any", [this], { axes: normalizeAxes("any", axes, this), keepDims })[0];
  }
  /** True where all over axes are true (a number: not 0). */
  all(this: Tensor, axes?: ReducedAxes, { keepDims = false }: KeepDims = {}): Tensor {
    return this.run("all", [this], { axes: normalizeAxes("all", axes, this), keepDims })[0];
  }

  /**
   * `sum(x) / n` over axes, NaN of nothing; float32 for integers.
   *
   * @example
   * ```ts
   * tensor([[1, 2], [3, 4]]).mean(0); // => [2. 3.]
   * ```
   */
  mean(this: Tensor, axes?: ReducedAxes, { keepDims = false }: KeepDims = {}): Tensor {
    const over = normalizeAxes("mean", axes, this);
    return scope(() => {
      // Sums of integers and of float16 could leave their range.
      const wide = this.dtype === "float16" ? this.cast("float32") : this.floating();
      const mean = wide.sum(over, { keepDims }).div(countOver(this.shape, over));
      return this.dtype === "float16" ? mean.cast("float16") : mean;
    });
  }
  /** `sum((x - mean(x))^2) / max(n - ddof, 0)` over axes; float32 for integers. */
  var(this: Tensor, axes?: ReducedAxes, { keepDims = false, ddof = 0 }: MomentOptions = {}): Tensor {
    const over = normalizeAxes("var", axes, this);
    return scope(() => {
      const wide = this.dtype === "float16" ? this.cast("float32") : this.floating();
      const squares = wide.sub(wide.mean(over, { keepDims: true })).square();
      const variance = squares.sum(over, { keepDims }).div(Math.max(countOver(this.shape, over) - ddof, 0));
      return this.dtype === "float16" ? variance.cast("float16") : variance;
    });
  }
  /**
   * `sqrt(var(x))` over axes.
   *
   * @example
   * ```ts
   * tensor([1, 3]).std().toString(); // => 1.
   * tensor([1, 3]).std(null, { ddof: 1 }).toString(); // => 1.4142135
   * ```
   */
  std(this: Tensor, axes?: ReducedAxes, options: MomentOptions = {}): Tensor {
    const over = normalizeAxes("std", axes, this);
    return scope(() => this.var(over, options).sqrt());
  }
  /**
   * `log(sum(e^x))` over axes, without overflow; -Infinity of nothing.
   *
   * @example
   * ```ts
   * tensor([1000, 1000], { dtype: "float64" }).logSumExp().toString(); // => 1000.69314718
   * ```
   */
  logSumExp(this: Tensor, axes?: ReducedAxes, { keepDims = false }: KeepDims = {}): Tensor {
    const over = normalizeAxes("logSumExp", axes, this);
    return scope(() => {
      const x = this.floating();
      // Nothing has no largest element; its sum is 0.
      if (countOver(this.shape, over) === 0) return x.exp().sum(over, { keepDims }).log();
      const largest = x.max(over, { keepDims: true }).stopGradient();
      const shift = this.run("select", [largest.isFinite(), largest, 0], {})[0];
      const result = x.sub(shift).exp().sum(over, { keepDims: true }).log().add(shift);
      return keepDims ? result : result.squeeze(over);
    });
  }
  /**
   * The norm over axes: without `ord` `sqrt(sum(x^2))`; over one axis `sum(|x|^ord)^(1/ord)`, for ord Infinity the
   * largest and -Infinity the smallest `|x|`, for 0 the count of what is not 0; over two axes (rows, columns) "fro"
   * as without, for 1 and Infinity the largest sum of a column and of a row (-1, -Infinity: the smallest).
   *
   * @throws ValueError for an order that these axes do not have.
   * @example
   * ```ts
   * tensor([3, 4]).norm().toString(); // => 5.
   * tensor([3, -4]).norm(0, { ord: 1 }).toString(); // => 7.
   * ```
   */
  norm(
    this: Tensor,
    axes?: ReducedAxes,
    { ord = null, keepDims = false }: KeepDims & { readonly ord?: NormOrder | null } = {},
  ): Tensor {
    const sorted = normalizeAxes("norm", axes, this);
    const over = Array.isArray(axes) ? (axes as number[]).map((axis) => normalizeAxis("norm", axis, this)) : sorted;
    return scope(() => {
      const x = this.floating();
      if (ord === null) return x.square().sum(over, { keepDims }).sqrt();
      return over.length === 2 ? matrixNorm(x, over, ord, keepDims) : vectorNorm(x, over, ord, keepDims);
    });
  }

  /**
   * int32 position of the first largest along an axis, in the flattened tensor without one; NaN counts as largest.
   *
   * @throws ShapeError for an axis without elements.
   * @example
   * ```ts
   * tensor([[1, 5], [7, 3]]).argMax(-1); // => [1 0]
   * tensor([[1, 5], [7, 3]]).argMax().toString(); // => 2
   * ```
   */
  argMax(this: Tensor, axis?: number | null, { keepDims = false }: KeepDims = {}): Tensor {
    return this.position("argMax", axis, keepDims);
  }
  /** int32 position of the first smallest along an axis, in the flattened tensor without one; NaN counts as smallest. */
  argMin(this: Tensor, axis?: number | null, { keepDims = false }: KeepDims = {}): Tensor {
    return this.position("argMin", axis, keepDims);
  }
  protected position(
    this: Tensor,
    op: "argMax" | "argMin",
    axis: number | null | undefined,
    keepDims: boolean,
  ): Tensor {
    if (axis === null || axis === undefined)
      return scope(() => {
        const position = this.run(op, [this.flatten()], { axis: 0 })[0];
        return keepDims ? position.reshape(this.shape.map(() => 1)) : position;
      });
    const along = normalizeAxis(op, axis, this);
    if (!keepDims) return this.run(op, [this], { axis: along })[0];
    return scope(() => this.run(op, [this], { axis: along })[0].expandDims(along));
  }

  /**
   * Running sums along an axis, of the flattened tensor without one; `exclusive` leaves out the element itself,
   * `reverse` starts from the end.
   *
   * @example
   * ```ts
   * tensor([1, 2, 3]).cumSum(); // => [1. 3. 6.]
   * tensor([1, 2, 3]).cumSum(0, { exclusive: true }); // => [0. 1. 3.]
   * tensor([1, 2, 3]).cumSum(0, { reverse: true }); // => [6. 5. 3.]
   * ```
   */
  cumSum(
    this: Tensor,
    axis?: number | null,
    { exclusive = false, reverse = false }: { readonly exclusive?: boolean; readonly reverse?: boolean } = {},
  ): Tensor {
    if (axis === null || axis === undefined) return scope(() => this.flatten().cumSum(0, { exclusive, reverse }));
    return this.run("cumSum", [this], { axis: normalizeAxis("cumSum", axis, this), exclusive, reverse })[0];
  }
  /**
   * Running products along an axis, of the flattened tensor without one.
   *
   * @example
   * ```ts
   * tensor([1, 2, 3, 4]).cumProd(); // => [ 1. 2. 6. 24.]
   * ```
   */
  cumProd(this: Tensor, axis?: number | null): Tensor {
    if (axis === null || axis === undefined) return scope(() => this.flatten().cumProd(0));
    const along = normalizeAxis("cumProd", axis, this);
    const size = this.shape[along] as number;
    return scope(() => {
      let y = isFloat(this.dtype) ? this.cast(this.dtype) : this.cast("int32");
      // Each step doubles the factors in every element; no division, so zeros are no trouble to the gradient.
      for (let reach = 1; reach < size; reach *= 2) {
        const [done, rest] = y.split([reach, size - reach], along) as [Tensor, Tensor];
        const before = y.split([size - reach, reach], along)[0] as Tensor;
        y = this.run("concat", [done, rest.mul(before)], { axis: along })[0];
      }
      return y;
    });
  }
}

/** Number of elements that each result is made of. */
function countOver(shape: Shape, axes: readonly number[]): number {
  return axes.reduce((count, axis) => count * (shape[axis] as number), 1);
}
