// tfjs's cpu backend as one of ours.
import type { Backend } from "@crease/backend";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { type TfjsBuffer, tfjsBackend } from "../src/index.ts";

export async function tfjsCpu(): Promise<Backend<TfjsBuffer>> {
  // In Node its first upload prints an advertisement of tfjs-node otherwise.
  tf.env().set("PROD", true);
  await tf.setBackend("cpu");
  return tfjsBackend(tf);
}
