/** Integers that name categories, as vectors with a place for each category. */
import type { DType } from "@crease/backend";
import { arange, oneHot, onesLike, run, scope, type Tensor, where } from "@crease/tensor";
import type { PartialShape } from "../shape.ts";

/** How categories become vectors: one for each integer, or for all of the last axis whether or how often each occurs. */
export type CategoryMode = "oneHot" | "multiHot" | "count";

/** The names of the modes. */
export const categoryModes: readonly CategoryMode[] = ["oneHot", "multiHot", "count"];

/** What goes with the categories. */
export interface EncodeOptions {
  readonly mode: CategoryMode;
  /** Number of categories. */
  readonly depth: number;
  readonly dtype: DType;
  /** What each integer counts, in the shape of the integers; default 1. */
  readonly weights?: Tensor | undefined;
}

/**
 * The categories as vectors of `depth` numbers. `oneHot`: one for each integer, in place of a last axis of size 1.
 * `multiHot` and `count`: one for the integers of the last axis. Integers outside `[0, depth)` count nowhere.
 */
export function encodeCategories(indices: Tensor, { mode, depth, dtype, weights }: EncodeOptions): Tensor {
  return scope(() => {
    const shape = encodedShape(indices.shape, mode, depth) as number[];
    const index = indices.cast("int32");
    if (mode === "oneHot") return oneHot(index.reshape(shape.slice(0, -1)), depth, { dtype });
    const rows = shape.slice(0, -1).reduce((product, size) => product * size, 1);
    const { backend } = indices;
    const row = arange(rows, null, 1, { dtype: "int32", backend }).mul(depth).reshape([rows, 1]);
    const samples = index.reshape([rows, rows === 0 ? 0 : index.size / rows]);
    const isCategory = samples.greaterEqual(0).logicalAnd(samples.less(depth));
    const counted = weights === undefined ? onesLike(samples, { dtype, backend }) : weights.reshape(samples.shape);
    const sums = run(
      "scatterAdd",
      [where(isCategory, samples.add(row), 0).flatten(), where(isCategory, counted.cast(dtype), 0).flatten()],
      { axis: 0, batchDims: 0, size: rows * depth },
    )[0].reshape(shape);
    return mode === "multiHot" ? sums.notEqual(0).cast(dtype) : sums;
  });
}

/** The shape that `encodeCategories` gives. */
export function encodedShape(shape: PartialShape, mode: CategoryMode, depth: number | null): PartialShape {
  const isWhole = mode === "oneHot" && !(shape.length > 1 && shape.at(-1) === 1);
  return [...(isWhole ? shape : shape.slice(0, -1)), depth];
}
