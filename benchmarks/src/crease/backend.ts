/** The backend that a subject's name stands for. */
import type { Backend } from "@crease/backend";
import { cpuBackend } from "@crease/backend-cpu";
import type { Task } from "../task.ts";

/**
 * The backend of a subject whose name begins with `crease-`.
 *
 * @throws Error where its binaries are not built, or where it has not the threads that were asked for.
 */
export async function backendOf({ subject, threads }: Pick<Task, "subject" | "threads">): Promise<Backend> {
  if (subject === "crease-cpu") return cpuBackend() as Backend;
  if (subject === "crease-tfjs-wasm")
    return (await (await import("@crease/backend-tfjs")).tfjsWasmBackend()) as Backend;
  if (subject === "crease-tfjs-cpu") return tfjsCpuBackend();
  if (subject === "crease-cuda-cpu")
    return (await (await import("@crease/backend-cuda")).cudaBackend({ device: "cpu" })) as Backend;
  const { wasmBackend } = await import("@crease/backend-wasm");
  const backend = await wasmBackend({ threads, revectorize: subject === "crease-wasm-revectorize" });
  const { info } = backend;
  if (info.threads !== threads) throw new Error(`it runs on ${info.threads} threads: ${info.note}`);
  return backend as Backend;
}

async function tfjsCpuBackend(): Promise<Backend> {
  const [tf, { tfjsBackend }] = await Promise.all([
    import("@tensorflow/tfjs-core"),
    import("@crease/backend-tfjs"),
    import("@tensorflow/tfjs-backend-cpu"),
  ]);
  await tf.setBackend("cpu");
  return tfjsBackend(tf) as Backend;
}
