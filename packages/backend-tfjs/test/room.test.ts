// A full wasm memory: tfjs goes on with address 0 there, which is its own memory.
import { ones, scope, tensor } from "@crease/tensor";
import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { tfjsWasmBackend } from "../src/index.ts";

test("without room an upload and an op raise BackendError, and what is there stays right", async () => {
  const backend = await tfjsWasmBackend();
  const x = ones([1024, 1024], { backend });
  const before = backend.memory();
  const store = tf.engine().findBackend("wasm") as tf.KernelBackend & { getMemoryOffset(dataId: object): number };
  const filler: object[] = [];
  // Blocks that nobody writes to cost no memory of this machine.
  for (let size = 2 ** 27; size >= 2 ** 18; size /= 2) {
    for (;;) {
      const dataId = store.write(null as never, [size], "float32");
      if (store.getMemoryOffset(dataId) === 0) {
        store.disposeData(dataId);
        break;
      }
      filler.push(dataId);
    }
  }
  const full = { name: "BackendError", message: expect.stringContaining("has no room for") };
  expect(() => tensor(new Float32Array(2 ** 21), { backend })).toThrow(expect.objectContaining(full));
  expect(() => scope(() => x.add(x))).toThrow(expect.objectContaining(full));
  expect(backend.memory()).toEqual(before);
  for (const dataId of filler) store.disposeData(dataId);
  const sum = scope(() => x.add(x).sum());
  expect(sum.itemSync()).toBe(2 ** 21);
  await backend.dispose();
});
