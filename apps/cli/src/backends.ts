/** The backends that a command can compute on, by the names of `--backend`. */
import type { Backend } from "@crease/backend";

/** A backend that runs, and how reports call it. */
export interface StartedBackend {
  readonly backend: Backend;
  /** `wasm on 2 threads`. */
  readonly label: string;
  /** Where it is known. */
  readonly threads?: number;
}

/** How a backend is started. */
export interface BackendSettings {
  /** Threads that compute; only wasm has several. */
  readonly threads?: number | undefined;
}

type Start = (settings: BackendSettings) => Promise<StartedBackend>;

const starts: { readonly [name in BackendName]: Start } = {
  wasm: async ({ threads }) => {
    const { wasmBackend } = await import("@crease/backend-wasm");
    const backend = await wasmBackend(threads === undefined ? {} : { threads });
    const count = backend.info.threads;
    return {
      backend: backend as Backend,
      label: `wasm on ${count} ${count === 1 ? "thread" : "threads"}`,
      threads: count,
    };
  },
  cpu: async () => {
    const { cpuBackend } = await import("@crease/backend-cpu");
    return { backend: cpuBackend() as Backend, label: "cpu" };
  },
  tfjs: async () => {
    const { tfjsWasmBackend } = await import("@crease/backend-tfjs");
    return { backend: (await tfjsWasmBackend()) as Backend, label: "tfjs on wasm" };
  },
  cuda: async () => {
    const { cudaBackend } = await import("@crease/backend-cuda");
    return { backend: (await cudaBackend()) as Backend, label: "cuda" };
  },
  "cuda-cpu": async () => {
    const { cudaBackend } = await import("@crease/backend-cuda");
    return { backend: (await cudaBackend({ device: "cpu" })) as Backend, label: "cuda on the CPU" };
  },
};

/** Names of all backends; `cuda-cpu` is the library of `cuda` with its kernels for processors. */
export const backendNames = ["wasm", "cpu", "tfjs", "cuda", "cuda-cpu"] as const;

/** A name of `--backend`. */
export type BackendName = (typeof backendNames)[number];

/** Starts a backend and makes it the one that new tensors live on. @throws BackendError where it does not start. */
export async function useBackend(name: BackendName, settings: BackendSettings = {}): Promise<StartedBackend> {
  const started = await starts[name](settings);
  const { setBackend } = await import("@crease/tensor");
  setBackend(started.backend);
  return started;
}
