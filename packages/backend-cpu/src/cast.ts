/** The kernel that changes the element type. */
import { type DType, decodeFloat16, encodeFloat16, integerRange, isFloat, type Kernel } from "@crease/backend";
import { allocate, type CpuBuffer, type Integers, type Numbers } from "./buffer.ts";

/** Converts each element as C does, but saturates from float to integer; the same dtype is copied. */
export const cast: Kernel<"cast", CpuBuffer> = ([x], { dtype }) => {
  if (x.dtype === dtype) return [x.handle.slice()];
  const values = x.dtype === "float16" ? decodeFloat16(x.handle as Uint16Array) : (x.handle as Numbers);
  return [convert(values, x.dtype, dtype)];
};

function convert(values: Numbers, from: DType, to: DType): CpuBuffer {
  if (to === "float16") return encodeFloat16(values);
  const out = allocate(to, values.length) as Numbers;
  if (to === "bool") for (let i = 0; i < out.length; i++) out[i] = values[i] === 0 ? 0 : 1;
  else if (isFloat(from) && !isFloat(to))
    saturate(values, out as Integers, ...integerRange[to as keyof typeof integerRange]);
  else out.set(values);
  return out;
}

/** Cuts off fractions, clamps to the range; storing NaN in an integer array gives 0. */
function saturate(values: Numbers, out: Integers, least: number, most: number): void {
  for (let i = 0; i < out.length; i++) out[i] = Math.min(Math.max(values[i]!, least), most);
}
