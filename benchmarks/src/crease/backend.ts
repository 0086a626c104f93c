/** The backend that a subject's name stands for. */
import type { Backend } from "@crease/backend";
import { cpuBackend } from "@crease/backend-cpu";
import type { Task } from "../task.ts";

/**
 * The backend of `crease-cpu`, `crease-wasm` or `crease-wasm-revectorize`.
 *
 * @throws Error where its binaries are not built, or where it has not the threads that were asked for.
 */
export async function backendOf({ subject, threads }: Pick<Task, "subject" | "threads">): Promise<Backend> {
  if (subject === "crease-cpu") return cpuBackend() as Backend;
  const { wasmBackend } = await import("@crease/backend-wasm");
  const backend = await wasmBackend({ threads, revectorize: subject === "crease-wasm-revectorize" });
  const { info } = backend;
  if (info.threads !== threads) throw new Error(`it runs on ${info.threads} threads: ${info.note}`);
  return backend as Backend;
}
