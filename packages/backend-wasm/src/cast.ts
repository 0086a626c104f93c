/** The kernel that changes the element type. */
import { type DType, dtypes, type Operand } from "@crease/backend";
import type { WasmBuffer } from "./buffer.ts";
import type { Engine, WasmKernel } from "./engine.ts";
import { suffixes } from "./suffix.ts";
import { copyBytes, mapInto } from "./unary.ts";

/** Makes a new buffer with the elements of `x` in another type. */
export type Convert = (x: Operand<WasmBuffer>, dtype: DType) => WasmBuffer;

/** The name of a type in the names of casts: float16 has one of its own, and so has bool as a target. */
function nameOf(dtype: DType, isTarget: boolean): string {
  if (dtype === "float16") return "f16";
  return dtype === "bool" && isTarget ? "bool" : suffixes[dtype];
}

/** bool holds bytes of 0 and 1 already, which are what uint8 and int8 make of them. */
function isSame(from: DType, to: DType): boolean {
  return from === to || (from === "bool" && (to === "uint8" || to === "int8"));
}

type ByType<T> = { readonly [D in DType]: T };

function byType<T>(make: (dtype: DType) => T): ByType<T> {
  return Object.fromEntries(dtypes.map((dtype) => [dtype, make(dtype)])) as ByType<T>;
}

/** Conversions between all types of one engine. */
export function converter(engine: Engine): Convert {
  const copy = engine.kernel("copyBytes");
  const kernels: ByType<ByType<WasmKernel>> = byType((from) =>
    byType((to) => engine.kernel(`cast_${nameOf(from, false)}_${nameOf(to, true)}`)),
  );
  return (x, dtype) => {
    const out = engine.allocate({ dtype, shape: x.shape });
    if (isSame(x.dtype, dtype)) copyBytes(engine, copy, x.handle.address, out.address, out.bytes);
    else {
      const cost = dtype === "float32" && x.dtype !== "float16" ? 0.3 : 1.5;
      mapInto(engine, kernels[x.dtype][dtype], x.handle, out, cost);
    }
    return out;
  };
}
