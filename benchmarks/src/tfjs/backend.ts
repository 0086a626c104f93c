/** Starts the backend of a tfjs subject. */
import { createRequire } from "node:module";
import * as tf from "@tensorflow/tfjs-core";
import type { Task } from "../task.ts";

/** Makes it the one that computes. */
export async function startBackend({ subject }: Task): Promise<void> {
  const name = await load(subject);
  if (!(await tf.setBackend(name))) throw new Error(`tfjs: its ${name} backend did not start.`);
}

/** Registers the backend that a subject's name stands for. @throws Error where no binding to libtensorflow is built. */
async function load(subject: string): Promise<string> {
  if (subject === "tfjs-cpu") await import("@tensorflow/tfjs-backend-cpu");
  else if (subject === "tfjs-layers-node") {
    const { bindingStatus } = await import("@crease/backend-cuda");
    const status = bindingStatus();
    if (status === undefined) throw new Error("no binding to libtensorflow is built: crease cuda install --cpu");
    // The copy in node_modules, which tfjs-layers uses, shares its engine with the one beside the binding.
    createRequire(import.meta.url)(status.packageFolder);
    return "tensorflow";
  } else await import("@tensorflow/tfjs-backend-wasm");
  return subject === "tfjs-cpu" ? "cpu" : "wasm";
}
