/** The backends that are compared with Keras, by the names that columns and the environment give them. */
import type { Backend } from "@crease/backend";
import { cpuBackend } from "@crease/backend-cpu";
import { tfjsWasmBackend } from "@crease/backend-tfjs";
import { wasmBackend } from "@crease/backend-wasm";

/** The names, in the order of the table's columns. */
export const backendNames: readonly string[] = ["cpu", "wasm", "tfjs"];

/** A new backend of that name. */
export async function makeBackend(name: string): Promise<Backend> {
  if (name === "wasm") return (await wasmBackend()) as Backend;
  if (name === "tfjs") return (await tfjsWasmBackend()) as Backend;
  return cpuBackend() as Backend;
}
