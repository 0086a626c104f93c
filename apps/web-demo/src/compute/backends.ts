/** The backends that a reader can choose, made in the worker. */
import type { Backend } from "@crease/backend";
import type { BackendName } from "./backendNames.ts";

/** A started backend and how many threads it computes on. */
export interface OpenedBackend {
  readonly backend: Backend;
  readonly threads: number;
}

/** Starts a backend. The caller disposes it. @throws BackendError with a way out where it does not start here. */
export async function openBackend(name: BackendName): Promise<OpenedBackend> {
  switch (name) {
    case "cpu": {
      const { cpuBackend } = await import("@crease/backend-cpu");
      return { backend: cpuBackend() as Backend, threads: 1 };
    }
    case "wasm":
      return openWasm(1);
    case "wasm-threads":
      // The page itself needs a core; two threads are the least that deserve the name.
      return openWasm(Math.max(2, navigator.hardwareConcurrency - 1));
    case "tfjs-wasm": {
      const { openTfjsWasm } = await import("./tfjsWasm.ts");
      return { backend: await openTfjsWasm(), threads: 1 };
    }
    case "webgl": {
      const { tfjsWebglBackend } = await import("@crease/backend-tfjs");
      return { backend: (await tfjsWebglBackend()) as Backend, threads: 1 };
    }
  }
}

async function openWasm(threads: number): Promise<OpenedBackend> {
  const { wasmBackend } = await import("@crease/backend-wasm");
  const backend = await wasmBackend({ threads });
  return { backend: backend as Backend, threads: backend.info.threads };
}
