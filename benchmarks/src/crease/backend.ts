/** The backend that a subject's name stands for. */
import type { Backend } from "@crease/backend";
import { cpuBackend } from "@crease/backend-cpu";
import type { Task } from "../task.ts";

interface WasmPackage {
  wasmBackend(options: { readonly threads: number; readonly revectorize: boolean }): Promise<Backend>;
}

/** The backend of `crease-cpu`, `crease-wasm` or `crease-wasm-revectorize`. @throws where it is not built. */
export async function backendOf({ subject, threads }: Pick<Task, "subject" | "threads">): Promise<Backend> {
  if (subject === "crease-cpu") return cpuBackend() as Backend;
  // A variable, because the package is not there in a checkout that has not built it.
  const name: string = "@crease/backend-wasm";
  const found = await import(name).catch((error: { readonly code?: string }) => {
    throw error.code === "ERR_MODULE_NOT_FOUND" ? new Error(`package ${name} is not installed or not built`) : error;
  });
  const { wasmBackend } = found as WasmPackage;
  return await wasmBackend({ threads, revectorize: subject === "crease-wasm-revectorize" });
}
