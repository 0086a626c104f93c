/** Broadcasting of two inputs: an inner loop whose steps are 0 or 1, called once where the shapes allow it. */
import type { Operand, Shape } from "@crease/backend";
import type { CpuBuffer } from "./buffer.ts";
import { broadcastStrides, eachRow, mergeAxes } from "./walk.ts";

/** `out[o + t] = f(a[i + t * di], b[j + t * dj])` for t below n. */
export type ZipLoop<Out, In> = (
  out: Out,
  o: number,
  a: In,
  i: number,
  di: number,
  b: In,
  j: number,
  dj: number,
  n: number,
) => void;

/** Runs a loop over two inputs repeated to the output's shape. */
export function broadcastZip<Out extends CpuBuffer, In extends CpuBuffer>(
  loop: ZipLoop<Out, In>,
  out: Out,
  shape: Shape,
  a: Operand<CpuBuffer>,
  b: Operand<CpuBuffer>,
): Out {
  const x = a.handle as In;
  const y = b.handle as In;
  const n = out.length;
  // An input with as many elements as the output is not repeated at all, one with a single element everywhere.
  const di = stepOf(x.length, n);
  const dj = stepOf(y.length, n);
  if (di >= 0 && dj >= 0) {
    loop(out, 0, x, 0, di, y, 0, dj, n);
    return out;
  }
  const walk = mergeAxes(shape, [broadcastStrides(a.shape, shape), broadcastStrides(b.shape, shape)]);
  const inner = walk.shape.length - 1;
  const size = walk.shape[inner]!;
  const xStep = walk.strides[0]![inner]!;
  const yStep = walk.strides[1]![inner]!;
  let o = 0;
  eachRow(walk, [0, 0], (at) => {
    loop(out, o, x, at[0]!, xStep, y, at[1]!, yStep, size);
    o += size;
  });
  return out;
}

/** 1 for a whole input, 0 for a single element, -1 for anything between. */
export function stepOf(length: number, n: number): number {
  return length === n ? 1 : length === 1 ? 0 : -1;
}
