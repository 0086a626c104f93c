// Both builds, on one thread and on two, pass the suite that every backend passes; there are no skips but strings, which
// the wasm backend does not store.
import { testBackend } from "@crease/backend-conformance";
import { describe } from "vitest";
import { wasmBackend } from "../src/index.ts";

for (const variant of ["relaxed", "plain"] as const)
  for (const threads of [1, 2])
    describe(`${variant} SIMD, ${threads} threads`, () => {
      testBackend(() => wasmBackend({ variant, threads, fences: true }));
    });
