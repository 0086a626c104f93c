// Data that tfjs holds: what kernels leave behind, no handle counts.
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, expect } from "vitest";

/** Call it first: vitest runs the hooks of a file behind its tests last to first. */
export function expectNoData(name: string): void {
  afterAll(() => {
    expect(tf.engine().findBackend(name).numDataIds()).toBe(0);
  });
}
