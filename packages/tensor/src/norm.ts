/** The norms of vectors and matrices by their order. */
import { ValueError } from "@crease/backend";
import type { Tensor } from "./tensor.ts";

/** An order: any number for vectors; 1, -1, Infinity, -Infinity and "fro" for matrices. */
export type NormOrder = number | "fro";

/** The norm over one axis. @throws ValueError for "fro", or over more axes. */
export function vectorNorm(x: Tensor, axes: readonly number[], ord: NormOrder, keepDims: boolean): Tensor {
  if (axes.length !== 1 || ord === "fro")
    throw new ValueError({
      op: "norm",
      problem: `order ${ord} over ${axes.length} axes is not defined`,
      got: [x],
      fix: 'Name one axis for a vector norm, two for a matrix norm ("fro" takes two), or leave out `ord`',
    });
  const options = { keepDims };
  if (ord === Number.POSITIVE_INFINITY) return largest(x.abs(), axes, keepDims);
  if (ord === Number.NEGATIVE_INFINITY) return x.abs().min(axes, options);
  if (ord === 0) return x.notEqual(0).cast(x.dtype).sum(axes, options);
  if (ord === 1) return x.abs().sum(axes, options);
  if (ord === 2) return x.square().sum(axes, options).sqrt();
  return x
    .abs()
    .pow(ord)
    .sum(axes, options)
    .pow(1 / ord);
}

/** The norm over two axes, rows first. @throws ValueError for an order that needs singular values. */
export function matrixNorm(x: Tensor, axes: readonly number[], ord: NormOrder, keepDims: boolean): Tensor {
  const [rows, columns] = axes as readonly [number, number];
  if (ord === "fro") return x.square().sum(axes, { keepDims }).sqrt();
  if (Math.abs(ord) !== 1 && Math.abs(ord) !== Number.POSITIVE_INFINITY)
    throw new ValueError({
      op: "norm",
      problem: `order ${ord} of matrices is not available`,
      got: [x],
      fix: 'Use 1, -1, Infinity, -Infinity or "fro", or name one axis for a vector norm',
    });
  const sums = x.abs().sum(Math.abs(ord) === 1 ? rows : columns, { keepDims: true });
  const norm = ord > 0 ? largest(sums, axes, true) : sums.min(axes, { keepDims: true });
  return keepDims ? norm : norm.squeeze(axes);
}

/** The largest of numbers that are not negative; 0 of nothing, as in NumPy. */
function largest(x: Tensor, axes: readonly number[], keepDims: boolean): Tensor {
  const isEmpty = axes.some((axis) => x.shape[axis] === 0);
  return isEmpty ? x.sum(axes, { keepDims }) : x.max(axes, { keepDims });
}
