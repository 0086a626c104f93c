/** The choice of a backend for the place that this runs in. */
import type { Backend } from "@crease/backend";
import { cpuBackend } from "@crease/backend-cpu";
import { setBackend } from "@crease/tensor";

/** A backend that was not chosen, and why. */
export interface PassedOver {
  readonly name: string;
  readonly reason: string;
}

/** What `useFastestBackend` decided. */
export interface BackendChoice {
  /** The backend that new tensors live on from now on. */
  readonly backend: Backend;
  /** Faster ones, in the order in which they were tried. */
  readonly passedOver: readonly PassedOver[];
}

/**
 * Starts the fastest backend of this place and makes it the default: WebAssembly with SIMD on all threads that there
 * are, else on one, else plain TypeScript. Until it is called, tensors live on the cpu backend.
 *
 * @returns The choice, and why each faster one was passed over.
 * @example
 * ```ts
 * import { useFastestBackend } from "crease";
 * const { backend, passedOver } = await useFastestBackend();
 * backend.name; // => wasm
 * passedOver; // => []
 * await backend.dispose();
 * setBackend(null);
 * ```
 */
export async function useFastestBackend(): Promise<BackendChoice> {
  const passedOver: PassedOver[] = [];
  const backend = (await startWasm(passedOver)) ?? (cpuBackend() as Backend);
  setBackend(backend);
  return { backend, passedOver };
}

async function startWasm(passedOver: PassedOver[]): Promise<Backend | undefined> {
  try {
    const { wasmBackend } = await import("@crease/backend-wasm");
    const backend = await wasmBackend();
    const { note } = backend.info;
    if (note !== undefined) passedOver.push({ name: "wasm with threads", reason: note });
    return backend as Backend;
  } catch (error) {
    passedOver.push({ name: "wasm", reason: error instanceof Error ? error.message : String(error) });
    return undefined;
  }
}
