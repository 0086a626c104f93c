/** Starts the backend of a tfjs subject. */
import * as tf from "@tensorflow/tfjs-core";
import type { Task } from "../task.ts";

/** Makes it the one that computes. */
export async function startBackend({ subject }: Task): Promise<void> {
  if (subject === "tfjs-cpu") await import("@tensorflow/tfjs-backend-cpu");
  else await import("@tensorflow/tfjs-backend-wasm");
  const name = subject === "tfjs-cpu" ? "cpu" : "wasm";
  if (!(await tf.setBackend(name))) throw new Error(`tfjs: its ${name} backend did not start.`);
}
