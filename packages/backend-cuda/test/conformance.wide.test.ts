// The adapter passes the suite on libtensorflow's CPU kernels.
import { testBackend } from "@crease/backend-conformance";
import { test } from "vitest";
import { cudaCpu, reason } from "./cudaCpu.ts";

if (reason === undefined) testBackend(cudaCpu);
else test.skip(`conformance: ${reason}`, () => {});
