/** Buffers on a backend that the garbage collector does not see are freed once nobody can reach their tensors. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Attrs, Backend, Data, KernelName, Operand, Spec } from "@crease/backend";
import { cpuBackend } from "@crease/backend-cpu";
import { keep, scope, setBackend, tensor, Variable } from "@crease/tensor";
import { afterEach, expect, test } from "vitest";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** The cpu backend behind numbered handles, which nothing but `release` frees. */
function manual(): { readonly backend: Backend; readonly alive: () => number } {
  const cpu = cpuBackend() as Backend;
  const buffers = new Map<unknown, unknown>();
  let next = 0;
  const hold = (buffer: unknown): number => {
    buffers.set(++next, buffer);
    return next;
  };
  const inside = (x: Operand<unknown>): Operand<unknown> => ({ ...x, handle: buffers.get(x.handle) });
  const backend: Backend = {
    name: "manual",
    traits: { ...cpu.traits, garbageCollected: false },
    composites: new Set(),
    upload: (data: Data, spec: Spec) => hold(cpu.upload(data, spec)),
    download: (x) => cpu.download(inside(x)),
    run: ((op: KernelName, inputs: readonly Operand<unknown>[], attrs: Attrs<KernelName>, outs: readonly Spec[]) =>
      cpu.run(op, inputs.map(inside) as never, attrs, outs as never).map(hold)) as Backend["run"],
    release: (handle) => {
      if (!buffers.delete(handle)) throw new Error("a handle was released twice");
    },
    flush: () => Promise.resolve(),
    memory: () => ({ buffers: buffers.size, bytes: 0 }),
    dispose: () => Promise.resolve(),
  };
  return { backend, alive: () => buffers.size };
}

afterEach(() => setBackend(null));

test.each<[string, () => void]>([
  ["made outside any scope", () => void tensor([1, 2]).add(1).reshape([2, 1])],
  ["composites called outside any scope", () => void tensor([1, 2]).softmax()],
  ["results of scopes", () => void scope(() => ({ y: [tensor([1, 2]).add(1)] }))],
  ["kept in a scope", () => scope(() => void keep(tensor([1, 2])))],
  ["logits of a scope's result", () => void scope(() => tensor([1, 2]).mul(2).sigmoid())],
  ["Variables made and assigned in a scope", () => scope(() => new Variable(tensor([1, 2])).assign(tensor([3, 4])))],
])("%s", async (_, make) => {
  const { backend, alive } = manual();
  setBackend(backend);
  for (let i = 0; i < 10; i++) make();
  expect(alive()).toBeGreaterThan(0);
  for (let round = 0; round < 100 && alive() > 0; round++) {
    collectGarbage();
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(alive()).toBe(0);
});

test("what is given up is not freed again", async () => {
  const { backend, alive } = manual();
  setBackend(backend);
  for (let i = 0; i < 10; i++) scope(() => keep(tensor([1, 2]))).dispose();
  const held = scope(() => tensor([1, 2]));
  for (let round = 0; round < 5; round++) {
    collectGarbage();
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect([alive(), await held.array()]).toEqual([1, [1, 2]]);
});
