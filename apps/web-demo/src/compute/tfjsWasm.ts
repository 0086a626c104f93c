/** TensorFlow.js's WebAssembly backend with its binaries from this build. */
import type { Backend } from "@crease/backend";
import { tfjsWasmBackend } from "@crease/backend-tfjs";
// Registers the flag that is set below.
import "@tensorflow/tfjs-backend-wasm";
import plain from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import simd from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import threaded from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url";
import { env } from "@tensorflow/tfjs-core";

/** Starts it on one thread: its threaded build loads its script by a way that module workers do not have. */
export async function openTfjsWasm(): Promise<Backend> {
  env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  const absolute = (url: string): string => new URL(url, location.href).href;
  const backend = await tfjsWasmBackend({
    // It wants the address of each, also of the one that it does not load.
    wasmPaths: {
      "tfjs-backend-wasm.wasm": absolute(plain),
      "tfjs-backend-wasm-simd.wasm": absolute(simd),
      "tfjs-backend-wasm-threaded-simd.wasm": absolute(threaded),
    },
  });
  return backend as Backend;
}
