/** Kernels that reduce axes to one value. */
import { type Axes, type Kernel, type Operand, type Shape, type Spec, stridesOf } from "@crease/backend";
import { allocate, type CpuBuffer, type Integers, type Kernels, type Numbers } from "./buffer.ts";
import { copyStrided } from "./copy.ts";

type Floats = Float32Array | Float64Array;
type Combine = (total: number, x: number) => number;
/** Reduces the middle one of the axes [outer, n, inner]. */
type Loop<T> = (out: T, x: T, outer: number, n: number, inner: number) => void;

interface Blocks {
  readonly buffer: CpuBuffer;
  readonly outer: number;
  readonly n: number;
  readonly inner: number;
}

/** The input as [outer, n, inner]; where the axes are not neighbours, a copy with them moved to the end. */
function blocksOf(x: Operand<CpuBuffer>, axes: readonly number[]): Blocks {
  const { shape, handle } = x;
  const first = axes[0] ?? 0;
  const next = first + axes.length;
  if (axes.length === 0 || axes[axes.length - 1] === next - 1)
    return {
      buffer: handle,
      outer: product(shape, 0, first),
      n: product(shape, first, next),
      inner: product(shape, next, shape.length),
    };
  const perm = [...shape.keys()].filter((axis) => !axes.includes(axis));
  const outer = perm.reduce((size, axis) => size * shape[axis]!, 1);
  perm.push(...axes);
  const strides = stridesOf(shape);
  const moved = perm.map((axis) => shape[axis]!);
  const buffer = allocate(x.dtype, handle.length);
  const movedStrides = perm.map((axis) => strides[axis]!);
  copyStrided(buffer, 0, stridesOf(moved), handle, 0, movedStrides, moved);
  return { buffer, outer, n: outer === 0 ? 0 : handle.length / outer, inner: 1 };
}

function product(shape: Shape, from: number, to: number): number {
  let size = 1;
  for (let axis = from; axis < to; axis++) size *= shape[axis]!;
  return size;
}

/** Four running sums in double precision, so that an addition need not wait for the one before it. */
const sumFloats: Loop<Floats> = (out, x, outer, n, inner) => {
  if (inner !== 1) {
    sumRows(out, x, outer, n, inner);
    return;
  }
  let at = 0;
  for (let o = 0; o < outer; o++) {
    let [a, b, c, d] = [0, 0, 0, 0];
    const end = at + n;
    for (; at + 3 < end; at += 4) {
      a += x[at]!;
      b += x[at + 1]!;
      c += x[at + 2]!;
      d += x[at + 3]!;
    }
    for (; at < end; at++) a += x[at]!;
    out[o] = a + b + (c + d);
  }
};

function sumRows(out: Floats, x: Floats, outer: number, n: number, inner: number): void {
  const totals = new Float64Array(inner);
  let at = 0;
  for (let o = 0; o < outer; o++) {
    totals.fill(0);
    for (let i = 0; i < n; i++) for (let j = 0; j < inner; j++, at++) totals[j] = totals[j]! + x[at]!;
    out.set(totals, o * inner);
  }
}

const maxFloats: Loop<Floats> = (out, x, outer, n, inner) => {
  if (inner !== 1) {
    foldMax(out, x, outer, n, inner);
    return;
  }
  let at = 0;
  for (let o = 0; o < outer; o++) {
    let largest = -Infinity;
    for (const end = at + n; at < end; at++) largest = Math.max(largest, x[at]!);
    out[o] = largest;
  }
};

/** A loop that combines element after element, in double precision. */
const fold =
  (combine: Combine, start: number): Loop<Numbers> =>
  (out, x, outer, n, inner) => {
    const totals = new Float64Array(inner);
    let at = 0;
    for (let o = 0; o < outer; o++) {
      totals.fill(start);
      for (let i = 0; i < n; i++) for (let j = 0; j < inner; j++, at++) totals[j] = combine(totals[j]!, x[at]!);
      out.set(totals, o * inner);
    }
  };

function reduction(floats: Loop<Floats>, integers: Loop<Integers>) {
  return ([x]: readonly [Operand<CpuBuffer>], { axes }: Axes, [spec]: readonly [Spec]): readonly [CpuBuffer] => {
    const { buffer, outer, n, inner } = blocksOf(x, axes);
    const out = allocate(spec.dtype, outer * inner);
    if (x.dtype === "float32" || x.dtype === "float64") floats(out as Floats, buffer as Floats, outer, n, inner);
    else integers(out as Integers, buffer as Integers, outer, n, inner);
    return [out];
  };
}

/** First position along the axis whose element no other comes before; NaN comes before all numbers. */
function position(before: (x: number, y: number) => boolean): Kernel<"argMax", CpuBuffer> {
  return ([x], { axis }) => {
    const { buffer, outer, n, inner } = blocksOf(x, [axis]);
    const values = buffer as Numbers;
    const out = new Int32Array(outer * inner);
    for (let o = 0; o < outer; o++)
      for (let j = 0; j < inner; j++) {
        const start = o * n * inner + j;
        let best = values[start]!;
        let found = 0;
        for (let i = 1; i < n && !Number.isNaN(best); i++) {
          const value = values[start + i * inner]!;
          if (before(value, best) || Number.isNaN(value)) {
            best = value;
            found = i;
          }
        }
        out[o * inner + j] = found;
      }
    return [out];
  };
}

const foldMax = fold(Math.max, -Infinity);
const foldMin = fold(Math.min, Infinity);
const foldAny = fold((total, x) => total | x, 0);
const foldAll = fold((total, x) => total & x, 1);

type ReduceName = "sum" | "prod" | "max" | "min" | "any" | "all" | "argMax" | "argMin";

/** Kernels of the reductions. */
export const reduceKernels: Kernels<ReduceName> = {
  sum: reduction(
    sumFloats,
    fold((total, x) => (total + x) | 0, 0),
  ),
  prod: reduction(
    fold((total, x) => total * x, 1),
    fold(Math.imul, 1),
  ),
  max: reduction(maxFloats, foldMax),
  min: reduction(foldMin, foldMin),
  any: reduction(foldAny, foldAny),
  all: reduction(foldAll, foldAll),
  argMax: position((x, y) => x > y),
  argMin: position((x, y) => x < y),
};
