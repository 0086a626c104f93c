/** The WebGL backend of TensorFlow.js. */
import type { Backend } from "@crease/backend";
import type { TfjsBuffer } from "./buffer.ts";
import { loadPackages, startBackend } from "./start.ts";

/**
 * Loads `@tensorflow/tfjs-core` and `@tensorflow/tfjs-backend-webgl`, which must be installed, and makes a backend of
 * them, in a page that has WebGL. What is current in tfjs stays current; if nothing was, webgl is from now on.
 *
 * @throws BackendError where a package is missing or there is no WebGL.
 * @example
 * ```ts
 * import { tfjsWebglBackend } from "@crease/backend-tfjs";
 * const inAPage = async () => (await tfjsWebglBackend()).name;
 * await inAPage().catch((error) => error.name); // => BackendError
 * ```
 */
export async function tfjsWebglBackend(): Promise<Backend<TfjsBuffer>> {
  const [tf] = await loadPackages(
    "tfjsWebglBackend",
    "@tensorflow/tfjs-core@4.22.0 @tensorflow/tfjs-backend-webgl@4.22.0",
    () => Promise.all([import("@tensorflow/tfjs-core"), import("@tensorflow/tfjs-backend-webgl")]),
  );
  return startBackend("tfjsWebglBackend", tf, "webgl", "Use a page that has WebGL, or another backend");
}
