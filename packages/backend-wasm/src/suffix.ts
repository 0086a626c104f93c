/** How element types are called in the names of kernels. */
import type { DType } from "@crease/backend";
import type { Engine, WasmKernel } from "./engine.ts";

/** bool is stored as bytes of 0 and 1; float16 is computed as float32, string is not stored at all. */
export const suffixes: { readonly [D in DType]: string } = {
  float32: "f32",
  float64: "f64",
  float16: "f32",
  int32: "i32",
  int8: "i8",
  uint8: "u8",
  bool: "u8",
  string: "",
};

/** One kernel for each element type. */
export type TypedKernels = { readonly [D in DType]: WasmKernel };

/** The kernels `<name>_<type>`; a type that the op never gets has none. */
export function typedKernels(engine: Engine, name: string, boolName: string = name): TypedKernels {
  const entries = Object.entries(suffixes).map(([dtype, suffix]) => [
    dtype,
    engine.kernel(`${dtype === "bool" ? boolName : name}_${suffix}`),
  ]);
  return Object.fromEntries(entries) as TypedKernels;
}

/** The kernels `<name>_<bytes>` by the width of an element. */
export function kernelsByWidth(engine: Engine, name: string): readonly (WasmKernel | undefined)[] {
  const kernels: WasmKernel[] = [];
  for (const width of [1, 2, 4, 8]) kernels[width] = engine.kernel(`${name}_${width}`);
  return kernels;
}
