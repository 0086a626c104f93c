// Training on libtensorflow's CPU kernels: Keras's runs batch by batch, as every backend's are checked.
import { setBackend } from "@crease/tensor";
import { afterAll, test } from "vitest";
import { cudaCpu, reason } from "./cudaCpu.ts";

if (reason === undefined) {
  const backend = await cudaCpu();
  setBackend(backend);
  afterAll(() => setBackend(null));
  // Its tests use the default backend.
  await import("../../models/test/training.golden.test.ts");
} else test.skip(`training: ${reason}`, () => {});
