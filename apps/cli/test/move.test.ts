// A model that goes from backend to backend in mid-training, and back: cpu, wasm, tfjs on wasm.
import type { Backend } from "@crease/backend";
import { cpuBackend } from "@crease/backend-cpu";
import { tfjsWasmBackend } from "@crease/backend-tfjs";
import { wasmBackend } from "@crease/backend-wasm";
import { expect, test } from "vitest";
import { losses } from "./movedTraining.ts";

test("its losses are those of a model that stayed, and nothing of it stays behind", async () => {
  const host = cpuBackend() as Backend;
  const places = [host, await wasmBackend(), await tfjsWasmBackend(), host] as readonly Backend[];
  const expected = await losses(places.map(() => host));
  expect(expected[3]).toBeLessThan(expected[0] as number);
  for (const [i, loss] of (await losses(places)).entries()) expect(loss).toBeCloseTo(expected[i] as number, 4);
  for (const backend of places.slice(1, 3)) {
    expect(backend.memory().buffers).toBe(0);
    await backend.dispose();
  }
});
