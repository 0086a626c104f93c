/** Matrix products of batches. */
import { type Kernel, type Shape, sizeOf } from "@crease/backend";
import { allocate, type CpuBuffer, type Numbers } from "./buffer.ts";
import { type Matrix, multiplyTiled } from "./gemm.ts";
import { multiplyThin } from "./thin.ts";
import { broadcastStrides, eachRow } from "./walk.ts";

/** Fewer rows, columns or steps than this are multiplied without packing: it would cost more than the product. */
const fewLines = 4;
/** Fewer multiplications than this are done without packing. */
const fewProducts = 2048;

/** Multiplies the last two axes; floats add up in double precision, integers wrap. */
export const matmul: Kernel<"matmul", CpuBuffer> = ([a, b], { transposeA, transposeB }, [{ shape, dtype }]) => {
  const out = allocate(dtype, sizeOf(shape)) as Numbers;
  const batch = shape.slice(0, -2);
  const m = shape[shape.length - 2]!;
  const n = shape[shape.length - 1]!;
  const k = a.shape[a.shape.length - (transposeA ? 2 : 1)]!;
  if (out.length === 0 || k === 0) return [out];
  const left = matrixOf(a.handle as Numbers, a.shape, transposeA);
  const right = matrixOf(b.handle as Numbers, b.shape, transposeB);
  let o = 0;
  eachMatrix(a.shape, b.shape, batch, (leftAt, rightAt) => {
    left.start = leftAt * m * k;
    right.start = rightAt * k * n;
    multiply(out, o, left, right, m, n, k);
    o += m * n;
  });
  return [out];
};

/** With few columns the transposed product, which has few rows, is computed in its place. */
function multiply(out: Numbers, o: number, a: Matrix, b: Matrix, m: number, n: number, k: number): void {
  if (m < fewLines || k < fewLines || m * n * k < fewProducts) multiplyThin(out, o, n, 1, a, b, m, n, k);
  else if (n < fewLines) multiplyThin(out, o, 1, n, transposed(b), transposed(a), n, m, k);
  else multiplyTiled(out, o, a, b, m, n, k);
}

function transposed({ values, start, row, column }: Matrix): Matrix {
  return { values, start, row: column, column: row };
}

/** Steps from row to row and column to column, swapped where the matrix counts as transposed. */
function matrixOf(values: Numbers, shape: Shape, transposed: boolean): Matrix {
  const width = shape[shape.length - 1]!;
  return { values, start: 0, row: transposed ? 1 : width, column: transposed ? width : 1 };
}

/** Calls `body` with the positions of both matrices for each matrix of the output. */
function eachMatrix(a: Shape, b: Shape, batch: Shape, body: (left: number, right: number) => void): void {
  if (batch.length === 0) {
    body(0, 0);
    return;
  }
  const strides = [a, b].map((shape) => [...broadcastStrides(shape.slice(0, -2), batch), 0]);
  eachRow({ shape: [...batch, 1], strides }, [0, 0], ([left, right]) => body(left!, right!));
}
