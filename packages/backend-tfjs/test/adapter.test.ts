// Adapters of one tfjs engine: each stays with its own backend, and leaves tfjs as it was.
import type { Backend } from "@crease/backend";
import { cpuBackend } from "@crease/backend-cpu";
import { Dense } from "@crease/layers";
import { Sequential } from "@crease/models";
import { scope, setRandomSeed, type Tensor, tensor } from "@crease/tensor";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, expect, test } from "vitest";
import { type TfjsCore, tfjsBackend, tfjsWasmBackend } from "../src/index.ts";
import { tfjsCpu } from "./tfjsCpu.ts";

const cpu = await tfjsCpu();
const wasm = await tfjsWasmBackend();
const dataIds = (name: string): number => tf.engine().findBackend(name).numDataIds();
const start = { cpu: dataIds("cpu"), wasm: dataIds("wasm") };

afterAll(async () => {
  await cpu.dispose();
  await wasm.dispose();
  // Nothing that any test of this file made stays in tfjs.
  expect({ cpu: dataIds("cpu"), wasm: dataIds("wasm") }).toEqual(start);
});

test("making a wasm backend leaves tfjs's own backend current", async () => {
  expect(tf.getBackend()).toBe("cpu");
  expect([cpu.name, wasm.name]).toEqual(["tfjs-cpu", "tfjs-wasm"]);
});

test("without a backend that is ready there is nothing to adapt", () => {
  const nothing: TfjsCore = { getBackend: () => undefined, getKernel: tf.getKernel, engine: tf.engine };
  expect(() => tfjsBackend(nothing)).toThrow("tfjsBackend: tfjs has no backend that is ready.");
});

test.each(["cpu", "wasm"])(
  "calls of two adapters in turn run on their own backends while %s is current",
  async (name) => {
    await tf.setBackend(name);
    const [kernels, tensors] = [tf.memory().numDataBuffers, tf.memory().numTensors];
    let [x, y] = scope(() => [tensor([1, 2, 3, 4], { backend: cpu }), tensor([1, 2, 3, 4], { backend: wasm })]) as [
      Tensor,
      Tensor,
    ];
    for (let i = 0; i < 5; i++) {
      const held = [dataIds("cpu"), dataIds("wasm")] as const;
      const next = x.mul(2).sub(i);
      expect([dataIds("cpu"), dataIds("wasm")]).toEqual([held[0] + 2, held[1]]);
      y = y.mul(2).sub(i);
      expect([dataIds("cpu"), dataIds("wasm")]).toEqual([held[0] + 2, held[1] + 2]);
      expect(await next.data()).toEqual(await y.data());
      expect(tf.getBackend()).toBe(name);
      x = next;
    }
    const moved = await x.to(wasm);
    expect([...moved.sub(y).dataSync()]).toEqual([0, 0, 0, 0]);
    // tfjs's engine saw none of it.
    expect([tf.memory().numDataBuffers, tf.memory().numTensors]).toEqual([kernels, tensors]);
  },
);

test("data reach kernels in the shape that they were made in, or by way of Reshape: WebGL lays textures out for a shape", async () => {
  await tf.setBackend("cpu");
  const known = new Map<object, Set<string>>();
  const other: string[] = [];
  const watched: TfjsCore = {
    getBackend: () => "cpu",
    engine: tf.engine,
    getKernel: (name, of) => {
      const kernel = tf.getKernel(name, of);
      const kernelFunc = (call: { readonly inputs: object }): unknown => {
        for (const { dataId, shape } of name === "Reshape" ? [] : (Object.values(call.inputs) as tf.TensorInfo[])) {
          const shapes = known.get(dataId);
          if (shapes !== undefined && !shapes.has(String(shape))) other.push(`${name} of ${shape}`);
        }
        const result = kernel.kernelFunc(call as never) as tf.TensorInfo;
        known.set(result.dataId, (known.get(result.dataId) ?? new Set()).add(String(result.shape)));
        return result;
      };
      return { ...kernel, kernelFunc };
    },
  };
  const own = tfjsBackend(watched);
  const x = scope(() => tensor([1, 2, 3, 4, 5, 6], { backend: own }).mul(2).reshape([2, 3]));
  const [transposed, sum] = [x.transpose(), x.sum(1)];
  expect([...transposed.dataSync(), ...sum.dataSync()]).toEqual([2, 8, 4, 10, 6, 12, 12, 30]);
  expect(other).toEqual([]);
  await own.dispose();
});

/** Losses and accuracies of a small model over four epochs, from weights that are the same everywhere. */
async function losses(backend: typeof cpu | undefined): Promise<number[]> {
  setRandomSeed(7);
  const options = backend === undefined ? {} : { backend };
  const x = tensor(
    Float32Array.from({ length: 96 * 20 }, (_, i) => Math.sin(i * 0.37)),
    { shape: [96, 20], ...options },
  );
  const y = tensor(
    Int32Array.from({ length: 96 }, (_, i) => (Math.sin(i * 7.4) > 0 ? 1 : i % 3)),
    { ...options },
  );
  const model = new Sequential([new Dense(64, { activation: "relu" }), new Dense(3, { activation: "softmax" })]);
  model.compile({ optimizer: "rmsprop", loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] });
  model.build([null, 20]);
  if (backend !== undefined) await model.to(backend);
  const { history } = await model.fit(x, y, { epochs: 4, batchSize: 32, verbose: 0 });
  const held = backend?.memory();
  await model.fit(x, y, { epochs: 1, batchSize: 32, verbose: 0 });
  // The first fit made the slots of the optimizer; no step leaves anything.
  expect(backend?.memory()).toEqual(held);
  x.dispose();
  y.dispose();
  return [...(history.loss as number[]), ...(history.accuracy as number[])];
}

test("a fit has the losses of the cpu backend", async () => {
  const expected = await losses(undefined);
  expect(expected[3]).toBeLessThan(expected[0] as number);
  for (const backend of [cpu, wasm])
    for (const [i, loss] of (await losses(backend)).entries()) expect(loss).toBeCloseTo(expected[i] as number, 4);
});

test("a model that changes backends in mid-training goes on as if it had not", async () => {
  const train = async (places: readonly Backend[]): Promise<number[]> => {
    setRandomSeed(3);
    const model = new Sequential([new Dense(32, { activation: "relu" }), new Dense(3, { activation: "softmax" })]);
    model.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy" });
    model.build([null, 20]);
    const found: number[] = [];
    for (const backend of places) {
      await model.to(backend);
      const x = tensor(
        Float32Array.from({ length: 64 * 20 }, (_, i) => Math.sin(i * 0.37)),
        { shape: [64, 20], backend },
      );
      const y = tensor(
        Int32Array.from({ length: 64 }, (_, i) => i % 3),
        { backend },
      );
      const { history } = await model.fit(x, y, { epochs: 1, batchSize: 16, verbose: 0 });
      found.push(...(history.loss as number[]));
      x.dispose();
      y.dispose();
    }
    return found;
  };
  const host = cpuBackend();
  const expected = await train([host, host, host, host]);
  expect(expected[3]).toBeLessThan(expected[0] as number);
  for (const [i, loss] of (await train([host, wasm, cpu, host])).entries())
    expect(loss).toBeCloseTo(expected[i] as number, 4);
});
