/** The choice of a backend for the place that this runs in. */
import { type Backend, isNode, nodeBuiltin } from "@crease/backend";
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
 * Starts the fastest backend of this place and makes it the default: CUDA in Node where `@crease/backend-cuda` is
 * installed, its binding built and a GPU registered, else WebAssembly with SIMD on all threads that there are, else on
 * one, else plain TypeScript. Until it is called, tensors live on the cpu backend.
 *
 * @returns The choice, and why each faster one was passed over.
 * @example
 * ```ts
 * import { useFastestBackend } from "crease";
 * const { backend, passedOver } = await useFastestBackend();
 * backend.name; // => wasm
 * passedOver.map(({ name }) => name); // => [cuda]
 * await backend.dispose();
 * setBackend(null);
 * ```
 */
export async function useFastestBackend(): Promise<BackendChoice> {
  const passedOver: PassedOver[] = [];
  const backend = (await startCuda(passedOver)) ?? (await startWasm(passedOver)) ?? (cpuBackend() as Backend);
  setBackend(backend);
  return { backend, passedOver };
}

/** The name of the package; in a variable, so that bundlers leave it to the moment when it is asked for. */
const cudaPackage: string = "@crease/backend-cuda";

async function startCuda(passedOver: PassedOver[]): Promise<Backend | undefined> {
  const pass = (reason: string): undefined => {
    passedOver.push({ name: "cuda", reason });
    return undefined;
  };
  if (!isNode()) return pass("there is no CUDA outside Node");
  try {
    const { cudaBackend } = (await import(/* @vite-ignore */ locate(cudaPackage))) as {
      cudaBackend(): Promise<Backend>;
    };
    return await cudaBackend();
  } catch (error) {
    const { code } = error as { readonly code?: unknown };
    if (code === "MODULE_NOT_FOUND" || code === "ERR_MODULE_NOT_FOUND") return pass(`${cudaPackage} is not installed`);
    return pass(messageOf(error));
  }
}

/** The address of a package that the program at work has installed: no dependency of this one, which may not see it. */
function locate(name: string): string {
  const { createRequire } = nodeBuiltin("node:module");
  const { pathToFileURL } = nodeBuiltin("node:url");
  const main = globalThis.process.argv[1];
  const places = [`${globalThis.process.cwd()}/`, ...(main === undefined ? [] : [main]), import.meta.url];
  let failure: unknown;
  for (const place of places)
    try {
      return pathToFileURL(createRequire(place).resolve(name)).href;
    } catch (error) {
      failure = error;
    }
  throw failure;
}

async function startWasm(passedOver: PassedOver[]): Promise<Backend | undefined> {
  try {
    const { wasmBackend } = await import("@crease/backend-wasm");
    const backend = await wasmBackend();
    const { note } = backend.info;
    if (note !== undefined) passedOver.push({ name: "wasm with threads", reason: note });
    return backend as Backend;
  } catch (error) {
    passedOver.push({ name: "wasm", reason: messageOf(error) });
    return undefined;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
