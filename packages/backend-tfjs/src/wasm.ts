/** The WebAssembly backend of TensorFlow.js. */
import type { Backend } from "@crease/backend";
import type { TfjsBuffer } from "./buffer.ts";
import { loadPackages, startBackend } from "./start.ts";

/** How to find the `.wasm` files. */
export interface TfjsWasmOptions {
  /**
   * The folder, with its slash, that the three `.wasm` files of `@tensorflow/tfjs-backend-wasm/dist` are served from, or
   * the address of each by its name. In Node they are found by themselves.
   */
  readonly wasmPaths?: string | { readonly [name: string]: string };
}

/**
 * Loads `@tensorflow/tfjs-core` and `@tensorflow/tfjs-backend-wasm`, which must be installed, and makes a backend of
 * them. What is current in tfjs stays current; if nothing was, wasm is from now on.
 *
 * @throws BackendError where a package is missing or its `.wasm` files cannot be loaded.
 * @example
 * ```ts
 * import { tfjsWasmBackend } from "@crease/backend-tfjs";
 * const backend = await tfjsWasmBackend();
 * backend.traits.dtypes.includes("float64"); // => false
 * ```
 */
export async function tfjsWasmBackend({ wasmPaths }: TfjsWasmOptions = {}): Promise<Backend<TfjsBuffer>> {
  const [tf, { setWasmPaths }] = await loadPackages(
    "tfjsWasmBackend",
    "@tensorflow/tfjs-core@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0",
    () => Promise.all([import("@tensorflow/tfjs-core"), import("@tensorflow/tfjs-backend-wasm")]),
  );
  if (wasmPaths !== undefined) setWasmPaths(wasmPaths);
  const fix = "Serve the .wasm files of @tensorflow/tfjs-backend-wasm/dist and say where with `wasmPaths`";
  return startBackend("tfjsWasmBackend", tf, "wasm", fix);
}
