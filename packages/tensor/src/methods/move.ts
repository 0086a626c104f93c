/** Methods that move, repeat or drop elements by their place, without computing. */
import {
  type Inputs,
  inferRules,
  isInteger,
  normalizeAxes,
  normalizeAxis,
  type Shape,
  ShapeError,
  sizeOf,
  suggestName,
  ValueError,
} from "@crease/backend";
import { elementsOf, weakDType } from "../operands.ts";
import { type PadMode, paddedPositions } from "../padding.ts";
import { scope } from "../scope.ts";
import { expandedShape, movedAxes, resolveShape, squeezedShape } from "../shaping.ts";
import type { Tensor } from "../tensor.ts";
import { Reduce } from "./reduce.ts";

const padModes: readonly PadMode[] = ["constant", "reflect", "symmetric", "edge"];

/** Shapes, order of axes, repetition, borders and diagonals. */
export abstract class Move extends Reduce {
  /**
   * The same elements in another shape; one size of -1 follows from the others.
   *
   * @throws ShapeError where the elements do not fill the shape, ValueError for sizes that are none.
   * @example
   * ```ts
   * tensor([1, 2, 3, 4, 5, 6]).reshape([-1, 3]).shape; // => [2, 3]
   * ```
   */
  reshape(this: Tensor, shape: Shape): Tensor {
    return this.run("reshape", [this], { shape: resolveShape(this, shape) })[0];
  }
  /** All elements in one axis. */
  flatten(this: Tensor): Tensor {
    return this.run("reshape", [this], { shape: [sizeOf(this.shape)] })[0];
  }
  /**
   * The axes in another order, reversed where none is given.
   *
   * @throws AxisError where `axes` is no permutation.
   * @example
   * ```ts
   * tensor([[1, 2], [3, 4]]).transpose(); // => [[1. 3.] [2. 4.]]
   * ```
   */
  transpose(this: Tensor, axes?: readonly number[] | null): Tensor {
    const perm =
      axes === null || axes === undefined
        ? this.shape.map((_, axis) => this.shape.length - 1 - axis)
        : [axes].flat().map((axis) => normalizeAxis("transpose", axis, this));
    return this.run("transpose", [this], { perm })[0];
  }
  /** Two axes exchanged. */
  swapAxes(this: Tensor, a: number, b: number): Tensor {
    const [first, second] = [normalizeAxis("swapAxes", a, this), normalizeAxis("swapAxes", b, this)];
    const perm = this.shape.map((_, axis) => (axis === first ? second : axis === second ? first : axis));
    return this.run("transpose", [this], { perm })[0];
  }
  /**
   * Axes moved to other places; the others keep their order.
   *
   * @example
   * ```ts
   * zeros([2, 3, 4]).moveAxis(0, -1).shape; // => [3, 4, 2]
   * ```
   */
  moveAxis(this: Tensor, source: number | readonly number[], destination: number | readonly number[]): Tensor {
    return this.run("transpose", [this], { perm: movedAxes(this, [source].flat(), [destination].flat()) })[0];
  }
  /** Without axes of size 1: the given ones, else all. @throws ShapeError for a given axis of another size. */
  squeeze(this: Tensor, axes?: number | readonly number[] | null): Tensor {
    const ones = this.shape.flatMap((size, axis) => (size === 1 ? [axis] : []));
    const dropped = axes === null || axes === undefined ? ones : normalizeAxes("squeeze", axes, this);
    return this.run("reshape", [this], { shape: squeezedShape(this, dropped) })[0];
  }
  /**
   * With axes of size 1 put in at places of the result.
   *
   * @throws AxisError for a place out of range.
   * @example
   * ```ts
   * tensor([1, 2]).expandDims(-1).shape; // => [2, 1]
   * ```
   */
  expandDims(this: Tensor, axes: number | readonly number[]): Tensor {
    return this.run("reshape", [this], { shape: expandedShape(this, [axes].flat()) })[0];
  }
  /** Repeated along axes of size 1 and new leading ones to fill `shape`. @throws ShapeError where it does not fit. */
  broadcastTo(this: Tensor, shape: Shape): Tensor {
    return this.run("broadcastTo", [this], { shape })[0];
  }
  /**
   * The whole tensor repeated along each axis; fewer counts than axes mean the last ones, more add leading axes.
   *
   * @example
   * ```ts
   * tensor([1, 2]).tile([2, 2]); // => [[1. 2. 1. 2.] [1. 2. 1. 2.]]
   * ```
   */
  tile(this: Tensor, repeats: number | readonly number[]): Tensor {
    const given = [repeats].flat();
    for (const count of given) requireCount("tile", count, this);
    const rank = Math.max(given.length, this.shape.length);
    const counts = [...new Array<number>(rank - given.length).fill(1), ...given];
    const sizes = [...new Array<number>(rank - this.shape.length).fill(1), ...this.shape];
    return scope(() =>
      this.reshape(sizes.flatMap((size) => [1, size]))
        .broadcastTo(sizes.flatMap((size, axis) => [counts[axis] as number, size]))
        .reshape(sizes.map((size, axis) => size * (counts[axis] as number))),
    );
  }
  /**
   * Each element repeated in its place along an axis, of the flattened tensor without one; a list counts for each.
   *
   * @throws ShapeError for a list that is not as long as the axis.
   * @example
   * ```ts
   * tensor([1, 2]).repeat(2); // => [1. 1. 2. 2.]
   * tensor([1, 2]).repeat([1, 3]); // => [1. 2. 2. 2.]
   * ```
   */
  repeat(this: Tensor, repeats: number | readonly number[], axis?: number | null): Tensor {
    if (axis === null || axis === undefined) return scope(() => this.flatten().repeat(repeats, 0));
    const along = normalizeAxis("repeat", axis, this);
    const size = this.shape[along] as number;
    const counts = [repeats].flat();
    for (const count of counts) requireCount("repeat", count, this);
    if (counts.length !== 1 && counts.length !== size)
      throw new ShapeError({
        op: "repeat",
        problem: `${counts.length} counts for axis ${along} of size ${size}`,
        got: [this],
        fix: "Give one count, or one for each element of the axis",
      });
    if (counts.length !== 1)
      return this.gather(
        counts.flatMap((count, i) => new Array<number>(count).fill(i)),
        { axis: along },
      );
    const [before, after] = [this.shape.slice(0, along), this.shape.slice(along + 1)];
    const count = counts[0] as number;
    return scope(() =>
      this.reshape([...before, size, 1, ...after])
        .broadcastTo([...before, size, count, ...after])
        .reshape([...before, size * count, ...after]),
    );
  }
  /** The elements in reverse order along axes, all of them unless given. */
  flip(this: Tensor, axes?: number | readonly number[] | null): Tensor {
    return this.run("reverse", [this], { axes: normalizeAxes("flip", axes, this) })[0];
  }
  /**
   * The elements shifted along axes, those that fall off put in at the other end; without an axis in the order of the flattened tensor.
   *
   * @example
   * ```ts
   * tensor([1, 2, 3]).roll(1); // => [3. 1. 2.]
   * ```
   */
  roll(this: Tensor, shift: number | readonly number[], axis?: number | readonly number[] | null): Tensor {
    const shifts = [shift].flat();
    if (axis === null || axis === undefined)
      return scope(() =>
        this.flatten()
          .rolled(
            shifts.reduce((a, b) => a + b, 0),
            0,
          )
          .reshape(this.shape),
      );
    const axes = [axis].flat().map((one) => normalizeAxis("roll", one, this));
    if (shifts.length !== axes.length && shifts.length !== 1 && axes.length !== 1)
      throw new ValueError({
        op: "roll",
        problem: `${shifts.length} shifts for ${axes.length} axes`,
        got: [this],
        fix: "Give one shift for each axis",
      });
    return scope(() => {
      let y = this.cast(this.dtype);
      for (let i = 0; i < Math.max(shifts.length, axes.length); i++)
        y = y.rolled(
          (shifts.length === 1 ? shifts[0] : shifts[i]) as number,
          (axes.length === 1 ? axes[0] : axes[i]) as number,
        );
      return y;
    });
  }
  protected rolled(this: Tensor, shift: number, axis: number): Tensor {
    if (!Number.isInteger(shift))
      throw new ValueError({
        op: "roll",
        problem: `shift ${shift} is no integer`,
        got: [this],
        fix: "Shift by whole elements",
      });
    const size = this.shape[axis] as number;
    const by = size === 0 ? 0 : ((shift % size) + size) % size;
    if (by === 0) return this;
    const [head, tail] = this.split([size - by, by], axis) as [Tensor, Tensor];
    return this.run("concat", [tail, head], { axis })[0];
  }
  /**
   * With borders of `[before, after]` elements on each axis: a value, or the elements mirrored at the last one
   * ("reflect") or behind it ("symmetric"), or the last one repeated ("edge").
   *
   * @throws ShapeError where the pairs are not as many as the axes, ValueError for negative widths or an unknown mode.
   * @example
   * ```ts
   * tensor([1, 2, 3]).pad([[1, 2]]); // => [0. 1. 2. 3. 0. 0.]
   * tensor([1, 2, 3]).pad([[2, 0]], { mode: "reflect" }); // => [3. 2. 1. 2. 3.]
   * ```
   */
  pad(
    this: Tensor,
    pads: readonly (readonly [number, number])[],
    { mode = "constant", value = 0 }: { readonly mode?: PadMode; readonly value?: number } = {},
  ): Tensor {
    if (!padModes.includes(mode))
      throw new ValueError({
        op: "pad",
        problem: `unknown mode "${mode}"`,
        got: [this],
        fix: suggestName(mode, padModes),
      });
    if (mode === "constant") return this.padded(pads, value);
    inferRules.pad([this] as Inputs<"pad", Tensor>, { pads, value });
    return scope(() => {
      let y = this.cast(this.dtype);
      pads.forEach((width, axis) => {
        if (width[0] + width[1] > 0) y = y.gather(paddedPositions(this, axis, width, mode), { axis });
      });
      return y;
    });
  }

  /** A fraction beside integers makes float32, as in arithmetic. */
  protected padded(this: Tensor, pads: readonly (readonly [number, number])[], value: number): Tensor {
    if (this.dtype === "bool") elementsOf("pad", value, "bool");
    const dtype = isInteger(this.dtype) ? weakDType("pad", value, this.dtype) : this.dtype;
    if (dtype === this.dtype) return this.run("pad", [this], { pads, value })[0];
    return scope(() => this.run("pad", [this.cast(dtype)], { pads, value })[0]);
  }

  /**
   * The last two axes with 0 above diagonal `k` (0 the main one, 1 the one above it).
   *
   * @throws ShapeError below rank 2.
   * @example
   * ```ts
   * tensor([[1, 2], [3, 4]]).tril(); // => [[1. 0.] [3. 4.]]
   * ```
   */
  tril(this: Tensor, k = 0): Tensor {
    return this.triangle("tril", k);
  }
  /** The last two axes with 0 below diagonal `k`. @throws ShapeError below rank 2. */
  triu(this: Tensor, k = 0): Tensor {
    return this.triangle("triu", k);
  }
  protected triangle(this: Tensor, op: "tril" | "triu", k: number): Tensor {
    requireMatrix(op, this);
    requireDiagonal(op, k, this);
    const [rows, columns] = this.shape.slice(-2) as [number, number];
    return scope(() => {
      const edge = this.constant(
        Int32Array.from({ length: rows }, (_, i) => i + k),
        { shape: [rows, 1] },
      );
      const column = this.constant(Int32Array.from({ length: columns }, (_, j) => j));
      const kept = op === "tril" ? column.lessEqual(edge) : edge.lessEqual(column);
      return this.run("select", [kept, this, this.dtype === "bool" ? false : 0], {})[0];
    });
  }
  /**
   * Of a vector the matrix with it on diagonal `k`, of a matrix the vector on its diagonal `k`.
   *
   * @throws ShapeError for other ranks.
   * @example
   * ```ts
   * tensor([1, 2]).diag(); // => [[1. 0.] [0. 2.]]
   * tensor([[1, 2], [3, 4]]).diag(); // => [1. 4.]
   * ```
   */
  diag(this: Tensor, k = 0): Tensor {
    if (this.shape.length === 2) return this.diagonal(k);
    if (this.shape.length !== 1)
      throw new ShapeError({
        op: "diag",
        problem: "takes a vector or a matrix",
        got: [this],
        fix: "Use `diagonal` for more axes",
      });
    requireDiagonal("diag", k, this);
    const size = (this.shape[0] as number) + Math.abs(k);
    return scope(() => {
      const values = this.pad([[Math.max(k, 0), Math.max(-k, 0)]]);
      const row = this.constant(
        Int32Array.from({ length: size }, (_, i) => i + k),
        { shape: [size, 1] },
      );
      const column = this.constant(Int32Array.from({ length: size }, (_, j) => j));
      return this.run("select", [column.equal(row), values, this.dtype === "bool" ? false : 0], {})[0];
    });
  }
  /**
   * The elements `x[i, i + offset]` of the first two axes, as a new last axis.
   *
   * @throws ShapeError below rank 2.
   * @example
   * ```ts
   * tensor([[1, 2, 3], [4, 5, 6]]).diagonal(1); // => [2. 6.]
   * ```
   */
  diagonal(this: Tensor, offset = 0): Tensor {
    requireMatrix("diagonal", this);
    requireDiagonal("diagonal", offset, this);
    const [rows, columns, ...rest] = this.shape as [number, number, ...number[]];
    const length = Math.max(0, offset >= 0 ? Math.min(rows, columns - offset) : Math.min(rows + offset, columns));
    const start = offset >= 0 ? offset : -offset * columns;
    return scope(() => {
      const flat = this.reshape([rows * columns, ...rest]);
      const whole = rest.map(() => 0);
      const picked = this.run("slice", [flat], {
        start: [start, ...whole],
        shape: [length, ...rest],
        step: [columns + 1, ...rest.map(() => 1)],
      })[0];
      return rest.length === 0 ? picked : picked.moveAxis(0, -1);
    });
  }
  /** The sum of the elements `x[i, i + offset]` of the first two axes. @throws ShapeError below rank 2. */
  trace(this: Tensor, offset = 0): Tensor {
    requireMatrix("trace", this);
    requireDiagonal("trace", offset, this);
    return scope(() => this.diagonal(offset).sum(-1));
  }
}

function requireMatrix(op: string, x: Tensor): void {
  if (x.shape.length < 2)
    throw new ShapeError({ op, problem: "takes rank 2 or more", got: [x], fix: "Add axes with `x.expandDims(axis)`" });
}

function requireDiagonal(op: string, k: number, x: Tensor): void {
  if (!Number.isInteger(k))
    throw new ValueError({
      op,
      problem: `diagonal ${k} is no integer`,
      got: [x],
      fix: "Count diagonals from the main one, 0",
    });
}

function requireCount(op: string, count: number, x: Tensor): void {
  if (!Number.isInteger(count) || count < 0)
    throw new ValueError({
      op,
      problem: `count ${count} is not a whole number of 0 or more`,
      got: [x],
      fix: "Repeat a whole number of times",
    });
}
