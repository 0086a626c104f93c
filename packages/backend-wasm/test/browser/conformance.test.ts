// Both builds pass the suite on a page's main thread, which may not wait and so computes alone.
import { testBackend } from "@crease/backend-conformance";
import { describe, expect, test } from "vitest";
import { wasmBackend } from "../../src/index.ts";

for (const variant of ["relaxed", "plain"] as const)
  describe(variant, () => {
    testBackend(() => wasmBackend({ variant }));
  });

test("it says why there is one thread", async () => {
  const backend = await wasmBackend({ threads: 2 });
  expect(backend.info.threads).toBe(1);
  expect(backend.info.note).toMatch(/main thread may not wait/);
  await backend.dispose();
});
