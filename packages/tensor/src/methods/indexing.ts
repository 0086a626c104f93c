/** Methods that pick elements: by ranges, by indices, in order of size. */
import { broadcastShapes, normalizeAxis, ShapeError, sameShape, ValueError } from "@crease/backend";
import { Cell } from "../cell.ts";
import { hostIndices } from "../hostIndices.ts";
import type { TensorLike, Values } from "../operands.ts";
import { scope } from "../scope.ts";
import { parseRanges, type Range } from "../slicing.ts";
import type { Tensor } from "../tensor.ts";
import { TensorBase } from "./base.ts";
import { Move } from "./move.ts";

/** Slices, lookups and sorting. */
export abstract class Indexing extends Move {
  /**
   * Parts of the leading axes, one range for each: `[start, end?, step?]` (end exclusive, negatives from the end,
   * null for the default, bounds clipped), an integer (drops the axis), null (all), or "..." once for all axes left over.
   *
   * @throws ValueError for an integer out of range or a step of 0; ShapeError for more ranges than axes.
   * @example
   * ```ts
   * const x = tensor([[1, 2, 3], [4, 5, 6]]);
   * x.slice([0, 1]); // => [[1. 2. 3.]]
   * x.slice(null, -1); // => [3. 6.]
   * x.slice("...", [null, null, -1]); // => [[3. 2. 1.] [6. 5. 4.]]
   * ```
   */
  slice(this: Tensor, ...ranges: Range[]): Tensor {
    return this.sliced("slice", ranges);
  }
  /**
   * The part at integer positions of the leading axes, which go.
   *
   * @throws ValueError for a position out of range; ShapeError for more positions than axes.
   * @example
   * ```ts
   * tensor([[1, 2], [3, 4]]).at(1); // => [3. 4.]
   * tensor([[1, 2], [3, 4]]).at(1, -2).toString(); // => 3.
   * ```
   */
  at(this: Tensor, ...indices: number[]): Tensor {
    for (const index of indices)
      if (!Number.isInteger(index))
        throw new ValueError({
          op: "at",
          problem: `${JSON.stringify(index)} is no integer`,
          got: [this],
          fix: "Use `slice` for ranges",
        });
    return this.sliced("at", indices);
  }
  protected sliced(this: Tensor, op: string, ranges: readonly Range[]): Tensor {
    const { start, shape, step, result } = parseRanges(op, this, ranges);
    const isWhole = sameShape(shape, this.shape) && step.every((by, axis) => by > 0 || (shape[axis] as number) < 2);
    if (isWhole) return this.run("reshape", [this], { shape: result })[0];
    if (result.length === shape.length) return this.run("slice", [this], { start, shape, step })[0];
    return scope(() => {
      const picked = this.run("slice", [this], { start, shape, step })[0];
      return this.run("reshape", [picked], { shape: result })[0];
    });
  }

  /**
   * Elements looked up along an axis: the axis is replaced by those of the indices, less the first `batchDims`, in
   * which x and the indices are walked together. Indices given as numbers may be negative, those in a tensor not.
   *
   * @throws ValueError naming an index out of range and its position; DTypeError for indices that are no integers.
   * @example
   * ```ts
   * tensor([10, 20, 30]).gather([2, 0, -1]); // => [30. 10. 30.]
   * ```
   */
  gather(
    this: Tensor,
    indices: TensorLike,
    { axis = 0, batchDims = 0 }: { readonly axis?: number; readonly batchDims?: number } = {},
  ): Tensor {
    const attrs = { axis: normalizeAxis("gather", axis, this), batchDims };
    if (indices instanceof TensorBase || indices instanceof Cell) return this.run("gather", [this, indices], attrs)[0];
    return scope(() => this.run("gather", [this, this.indices("gather", indices as Values, attrs.axis)], attrs)[0]);
  }
  protected indices(this: Tensor, op: string, values: Values, axis: number): Tensor {
    const { data, shape } = hostIndices(op, values, this.shape[axis] as number, this);
    return this.constant(data, { shape });
  }
  /**
   * `out[i, j, k] = x[i, index[i, j, k], k]` for axis 1, and so on; the other axes broadcast. Without an axis both are flattened.
   *
   * @throws as `gather`; ShapeError where the ranks differ or the other axes do not broadcast.
   * @example
   * ```ts
   * tensor([[1, 2], [3, 4]]).takeAlongAxis([[1], [0]], 1); // => [[2.] [3.]]
   * ```
   */
  takeAlongAxis(this: Tensor, indices: TensorLike, axis?: number | null): Tensor {
    const along = axis === null || axis === undefined ? null : normalizeAxis("takeAlongAxis", axis, this);
    return scope(() => {
      const x = along === null ? this.flatten() : this.moveAxis(along, -1);
      const isTensor = indices instanceof TensorBase || indices instanceof Cell;
      const at = isTensor
        ? this.operand("takeAlongAxis", indices)
        : x.indices("takeAlongAxis", indices as Values, x.shape.length - 1);
      if (along !== null && at.shape.length !== this.shape.length)
        throw new ShapeError({
          op: "takeAlongAxis",
          problem: "x and the indices differ in rank",
          got: [this, at],
          fix: "Give indices with as many axes as x",
        });
      const places = along === null ? at.flatten() : at.moveAxis(along, -1);
      const [last, n, m] = [x.shape.length - 1, x.shape.at(-1) as number, places.shape.at(-1) as number];
      const batch = broadcastShapes(
        "takeAlongAxis",
        [
          { dtype: x.dtype, shape: x.shape.slice(0, -1) },
          { dtype: at.dtype, shape: places.shape.slice(0, -1) },
        ],
        [this, at],
      );
      const picked = this.run("gather", [x.broadcastTo([...batch, n]), places.broadcastTo([...batch, m])], {
        axis: last,
        batchDims: last,
      })[0];
      return along === null ? picked : picked.moveAxis(-1, along);
    });
  }
  /**
   * The parts along an axis: so many equal ones, or parts of the given sizes.
   *
   * @throws ShapeError where the axis does not divide or the sizes do not add up to it.
   * @example
   * ```ts
   * const [head, tail] = tensor([1, 2, 3, 4]).split(2);
   * tail?.toString(); // => [3. 4.]
   * tensor([1, 2, 3, 4]).split([1, 3]).map((part) => part.size); // => [1, 3]
   * ```
   */
  split(this: Tensor, sizesOrCount: number | readonly number[], axis = 0): Tensor[] {
    const along = normalizeAxis("split", axis, this);
    let from = 0;
    return splitSizes(this, sizesOrCount, along).map((size) => {
      const start = this.shape.map((_, i) => (i === along ? from : 0));
      const shape = this.shape.map((n, i) => (i === along ? size : n));
      from += size;
      return this.run("slice", [this], { start, shape, step: this.shape.map(() => 1) })[0];
    });
  }

  /**
   * The values in order along an axis, smallest first; equal ones keep their order, NaN comes last (first when descending).
   *
   * @example
   * ```ts
   * tensor([3, 1, 2]).sort(); // => [1. 2. 3.]
   * tensor([3, 1, 2]).sort(-1, { descending: true }); // => [3. 2. 1.]
   * ```
   */
  sort(this: Tensor, axis = -1, { descending = false }: { readonly descending?: boolean } = {}): Tensor {
    const along = normalizeAxis("sort", axis, this);
    return scope(() => this.moveAxis(along, -1).sortedLast(descending)[0].moveAxis(-1, along));
  }
  /**
   * The int32 positions that `sort` takes the values from.
   *
   * @example
   * ```ts
   * tensor([3, 1, 2]).argSort(); // => [1 2 0]
   * ```
   */
  argSort(this: Tensor, axis = -1, { descending = false }: { readonly descending?: boolean } = {}): Tensor {
    const along = normalizeAxis("argSort", axis, this);
    return scope(() => this.moveAxis(along, -1).sortedLast(descending)[1].moveAxis(-1, along));
  }
  protected sortedLast(this: Tensor, descending: boolean): readonly [Tensor, Tensor] {
    return this.run("sort", [this], { descending });
  }
  /**
   * The k largest along an axis, largest first, and their int32 positions.
   *
   * @throws ValueError where k is larger than the axis.
   * @example
   * ```ts
   * const { values, indices } = tensor([3, 1, 2]).topK(2);
   * values; // => [3. 2.]
   * indices; // => [0 2]
   * ```
   */
  topK(this: Tensor, k: number, axis = -1): { readonly values: Tensor; readonly indices: Tensor } {
    const along = normalizeAxis("topK", axis, this);
    return scope(() => {
      const [values, indices] = this.run("topK", [this.moveAxis(along, -1)], { k });
      return { values: values.moveAxis(-1, along), indices: indices.moveAxis(-1, along) };
    });
  }
}

function splitSizes(x: Tensor, sizesOrCount: number | readonly number[], axis: number): readonly number[] {
  const size = x.shape[axis] as number;
  const wrong = (problem: string, fix: string) => new ShapeError({ op: "split", problem, got: [x], fix });
  if (typeof sizesOrCount !== "number") {
    const isFull =
      sizesOrCount.every((n) => Number.isInteger(n) && n >= 0) && sizesOrCount.reduce((a, b) => a + b, 0) === size;
    if (isFull) return sizesOrCount;
    throw wrong(
      `sizes [${sizesOrCount.join(",")}] do not add up to axis ${axis} of size ${size}`,
      "Give sizes that cover the axis",
    );
  }
  if (!Number.isInteger(sizesOrCount) || sizesOrCount < 1 || size % sizesOrCount !== 0)
    throw wrong(
      `axis ${axis} of size ${size} does not divide into ${sizesOrCount} equal parts`,
      "Give a count that divides it, or the size of each part",
    );
  return new Array<number>(sizesOrCount).fill(size / sizesOrCount);
}
