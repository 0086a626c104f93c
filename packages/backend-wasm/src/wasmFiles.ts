/** What a page may serve as files of its own in place of what comes with the code. */
import { decodeBase64 } from "./load.ts";
import { bestVariant, binaryOf, type Variant } from "./variants.ts";
import { pageWorker } from "./worker.ts";

/** The contents of two files. */
export interface WasmFiles {
  /** The kernels, for `wasmUrl`; to be served as `application/wasm`. */
  readonly wasm: Uint8Array<ArrayBuffer>;
  /** The program of the threads, for `workerUrl`; to be served as `text/javascript`. */
  readonly worker: string;
}

/**
 * The kernels and the threads' program as files. A page needs them where its Content Security Policy has no
 * `worker-src blob:`: write them beside the page, and pass their addresses to `wasmBackend({ wasmUrl, workerUrl })`.
 *
 * @param variant The build; "plain" runs in every engine with SIMD, "relaxed" is faster where there is relaxed SIMD.
 *   By default the best that this engine has.
 * @example
 * ```ts
 * import { wasmFiles } from "@crease/backend-wasm";
 * const { wasm, worker } = await wasmFiles("plain");
 * WebAssembly.validate(wasm); // => true
 * worker.includes("onmessage"); // => true
 * ```
 */
export async function wasmFiles(variant: Variant = bestVariant()): Promise<WasmFiles> {
  return { wasm: decodeBase64(await binaryOf(variant)), worker: pageWorker };
}
