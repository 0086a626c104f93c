/** The WebGPU backend of TensorFlow.js. */
import { type Backend, BackendError } from "@crease/backend";
import type { TfjsBuffer } from "./buffer.ts";
import { loadPackages, startBackend } from "./start.ts";

/**
 * Loads `@tensorflow/tfjs-core` and `@tensorflow/tfjs-backend-webgpu`, which must be installed, and makes a backend of
 * them, in a page that has WebGPU and a graphics adapter for it. What is current in tfjs stays current; if nothing was,
 * webgpu is from now on. A shader of WebGPU may take NaN and infinities for numbers: what depends on them, such as a test
 * for a diverged loss, may be wrong here, and this backend alone has not passed the whole conformance suite.
 *
 * @throws BackendError where a package is missing, or where there is no WebGPU or no adapter.
 * @example
 * ```ts
 * import { tfjsWebgpuBackend } from "@crease/backend-tfjs";
 * const inAPage = async () => (await tfjsWebgpuBackend()).name;
 * await inAPage().catch((error) => error.name); // => BackendError
 * ```
 */
export async function tfjsWebgpuBackend(): Promise<Backend<TfjsBuffer>> {
  const { gpu } = (globalThis.navigator ?? {}) as { readonly gpu?: { requestAdapter(): Promise<object | null> } };
  const fix = "Use a browser and a page with WebGPU (https or localhost), or tfjsWebglBackend()";
  // Without an adapter tfjs fails in the middle of a property access.
  const adapter = await gpu?.requestAdapter();
  if (!adapter) {
    const problem = gpu === undefined ? "there is no WebGPU here" : "WebGPU has no adapter here";
    throw new BackendError({ op: "tfjsWebgpuBackend", problem, fix });
  }
  const [tf] = await loadPackages(
    "tfjsWebgpuBackend",
    "@tensorflow/tfjs-core@4.22.0 @tensorflow/tfjs-backend-webgpu@4.22.0",
    () => Promise.all([import("@tensorflow/tfjs-core"), import("@tensorflow/tfjs-backend-webgpu")]),
  );
  return startBackend("tfjsWebgpuBackend", tf, "webgpu", fix);
}
