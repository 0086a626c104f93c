// The adapter passes the suite on libtensorflow's CPU kernels, and leaves no tensor in it.
import { testBackend } from "@crease/backend-conformance";
import { afterAll, expect, test } from "vitest";
import { cudaCpu, reason } from "./cudaCpu.ts";

/** tfjs-node-gpu's own counts, by the engine that all copies of tfjs share. */
interface Engine {
  findBackend(name: string): { numDataIds(): number; getNumOfTFTensors(): number };
}

if (reason === undefined) {
  // Called first: vitest runs the hooks of a file behind its tests last to first.
  afterAll(() => {
    const store = (globalThis as unknown as { readonly _tfengine: Engine })._tfengine.findBackend("tensorflow");
    expect([store.numDataIds(), store.getNumOfTFTensors()]).toEqual([0, 0]);
  });
  testBackend(cudaCpu);
} else test.skip(`conformance: ${reason}`, () => {});
