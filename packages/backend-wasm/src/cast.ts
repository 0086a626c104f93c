/** The kernel that changes the element type. */
import type { DType, Kernel, Operand } from "@crease/backend";
import type { WasmBuffer } from "./buffer.ts";
import type { Engine } from "./engine.ts";
import { suffixes } from "./suffix.ts";
import { copyBytes, mapInto } from "./unary.ts";

/** The name of a type in the names of casts: float16 has one of its own, and so has bool as a target. */
function nameOf(dtype: DType, isTarget: boolean): string {
  if (dtype === "float16") return "f16";
  return dtype === "bool" && isTarget ? "bool" : suffixes[dtype];
}

/** Elements of `x` in another type, a new buffer. */
export function convert(engine: Engine, x: Operand<WasmBuffer>, dtype: DType): WasmBuffer {
  const out = engine.allocate({ dtype, shape: x.shape });
  // bool holds bytes of 0 and 1 already, which are what uint8 and int8 make of them.
  const isSame = x.dtype === dtype || (x.dtype === "bool" && (dtype === "uint8" || dtype === "int8"));
  if (isSame) copyBytes(engine, engine.kernel("copyBytes"), x.handle.address, out.address, out.bytes);
  else {
    const kernel = engine.kernel(`cast_${nameOf(x.dtype, false)}_${nameOf(dtype, true)}`);
    mapInto(engine, kernel, x.handle, out, dtype === "float32" && x.dtype !== "float16" ? 0.3 : 1.5);
  }
  return out;
}

/** `cast`: the elements in another dtype. */
export function castKernel(engine: Engine): Kernel<"cast", WasmBuffer> {
  return ([x], { dtype }) => [convert(engine, x, dtype)];
}
