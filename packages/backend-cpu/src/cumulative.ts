/** Running sums. */
import { type Kernel, sizeOf } from "@crease/backend";
import { allocate, type CpuBuffer, type Numbers } from "./buffer.ts";

/** Sums of all elements up to each one along an axis; floats add up in double precision. */
export const cumSum: Kernel<"cumSum", CpuBuffer> = ([x], { axis, exclusive, reverse }) => {
  const n = x.shape[axis]!;
  const inner = sizeOf(x.shape.slice(axis + 1));
  const values = x.handle as Numbers;
  const out = allocate(x.dtype, values.length) as Numbers;
  if (x.dtype === "int32") sumInt32(out as Int32Array, values as Int32Array, n, inner, exclusive, reverse);
  else sumFloats(out as Float32Array, values as Float32Array, n, inner, exclusive, reverse);
  return [out];
};

function sumFloats(
  out: Float32Array | Float64Array,
  x: Float32Array | Float64Array,
  n: number,
  inner: number,
  exclusive: boolean,
  reverse: boolean,
): void {
  const step = reverse ? -inner : inner;
  for (let block = 0; block < x.length; block += n * inner)
    for (let j = 0; j < inner; j++) {
      let total = 0;
      let at = block + j + (reverse ? (n - 1) * inner : 0);
      for (let i = 0; i < n; i++, at += step) {
        const next = total + x[at]!;
        out[at] = exclusive ? total : next;
        total = next;
      }
    }
}

function sumInt32(
  out: Int32Array,
  x: Int32Array,
  n: number,
  inner: number,
  exclusive: boolean,
  reverse: boolean,
): void {
  const step = reverse ? -inner : inner;
  for (let block = 0; block < x.length; block += n * inner)
    for (let j = 0; j < inner; j++) {
      let total = 0;
      let at = block + j + (reverse ? (n - 1) * inner : 0);
      for (let i = 0; i < n; i++, at += step) {
        const next = (total + x[at]!) | 0;
        out[at] = exclusive ? total : next;
        total = next;
      }
    }
}
