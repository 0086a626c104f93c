// libtensorflow's CPU kernels at work: the chapter's program, and a model that passes through all backends.
import type { Backend } from "@crease/backend";
import { cpuBackend } from "@crease/backend-cpu";
import { tfjsWasmBackend } from "@crease/backend-tfjs";
import { wasmBackend } from "@crease/backend-wasm";
import { mnist } from "@crease/datasets";
import { Dense } from "@crease/layers";
import { Sequential } from "@crease/models";
import { scope, setBackend, setRandomSeed, type Tensor } from "@crease/tensor";
import { expect, test } from "vitest";
import { cudaCpu, reason } from "../../../packages/backend-cuda/test/cudaCpu.ts";
import { losses } from "./movedTraining.ts";

const name = (text: string): string => (reason === undefined ? text : `${text}: ${reason}`);

test.skipIf(reason !== undefined)(name("MNIST: at least 0.975 after five epochs, and no tensor is left"), async () => {
  const backend = await cudaCpu();
  setBackend(backend);
  setRandomSeed(1);
  const start = backend.memory().buffers;
  const [[trainImages, trainLabels], [testImages, testLabels]] = await mnist.loadData();
  const flat = (x: Tensor): Tensor =>
    scope(() =>
      x
        .reshape([-1, 28 * 28])
        .cast("float32")
        .div(255),
    );
  const model = new Sequential([new Dense(512, { activation: "relu" }), new Dense(10, { activation: "softmax" })]);
  model.compile({ optimizer: "rmsprop", loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] });
  const [x, testX] = [flat(trainImages), flat(testImages)];
  await model.fit(x, trainLabels, { epochs: 1, batchSize: 128, verbose: 0 });
  const held = backend.memory();
  await model.fit(x, trainLabels, { epochs: 4, batchSize: 128, verbose: 0 });
  expect(backend.memory()).toEqual(held);
  const { accuracy } = (await model.evaluate(testX, testLabels, { verbose: 0 })) as { accuracy: number };
  expect(accuracy).toBeGreaterThanOrEqual(0.975);
  expect(held.buffers).toBeGreaterThan(start);
  await backend.dispose();
  setBackend(null);
});

test.skipIf(reason !== undefined)(name("a model passes through all backends and back in mid-training"), async () => {
  const host = cpuBackend() as Backend;
  const places = [host, await wasmBackend(), await tfjsWasmBackend(), await cudaCpu(), host] as readonly Backend[];
  const expected = await losses(places.map(() => host));
  expect(expected[4]).toBeLessThan(expected[0] as number);
  for (const [i, loss] of (await losses(places)).entries()) expect(loss).toBeCloseTo(expected[i] as number, 4);
  for (const backend of places.slice(1, 4)) {
    expect(backend.memory().buffers).toBe(0);
    await backend.dispose();
  }
});
