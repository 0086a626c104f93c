/** What the reference backend does when there is no room for a result. */
import { BackendError } from "@crease/backend";
import { expect, test } from "vitest";
import { cpuBackend } from "../src/index.ts";

test("a result that does not fit raises BackendError with its spec and the way out, and counts for nothing", () => {
  const backend = cpuBackend();
  const one = {
    handle: backend.upload(Float32Array.of(1), { dtype: "float32", shape: [] }),
    dtype: "float32",
    shape: [],
  } as const;
  const before = backend.memory();
  const huge = { dtype: "float32", shape: [2 ** 26, 2 ** 26] } as const;
  const ask = () => backend.run("broadcastTo", [one], { shape: huge.shape }, [huge]);
  expect(ask).toThrow(BackendError);
  expect(ask).toThrow(/^broadcastTo: .+, got float32\[67108864,67108864\]\. .+scope\(\).*\.$/);
  expect(backend.memory()).toEqual(before);
});
