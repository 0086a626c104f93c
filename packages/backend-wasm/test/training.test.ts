// Training through the whole framework gives what the cpu backend gives, and leaves no buffer behind.
import type { Backend } from "@crease/backend";
import { cpuBackend } from "@crease/backend-cpu";
import { Dense } from "@crease/layers";
import { Sequential } from "@crease/models";
import { getBackend, randomNormal, scope, setBackend, setRandomSeed, type Tensor } from "@crease/tensor";
import { afterEach, describe, expect, test } from "vitest";
import { wasmBackend } from "../src/index.ts";

afterEach(() => setBackend(null));

/** Fits a small classifier to noise with a rule in it and returns its losses and what it predicts. */
async function train(backend: Backend, optimizer: string): Promise<{ losses: number[]; predictions: number[] }> {
  setBackend(backend);
  setRandomSeed(11);
  const x = randomNormal([200, 20]);
  const y = scope(() => x.slice(null, [0, 5]).argMax(1));
  const model = new Sequential([new Dense(33, { activation: "relu" }), new Dense(5, { activation: "softmax" })]);
  model.compile({ optimizer, loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] });
  const history = await model.fit(x, y, { epochs: 3, batchSize: 32, verbose: 0 });
  const before = getBackend().memory().buffers;
  await model.fit(x, y, { epochs: 1, batchSize: 32, verbose: 0 });
  expect(getBackend().memory().buffers).toBe(before);
  const predictions = (await model.predict(x, { verbose: 0 })) as Tensor;
  return { losses: [...(history.history.loss ?? [])], predictions: [...((await predictions.data()) as Float32Array)] };
}

for (const optimizer of ["sgd", "adagrad", "rmsprop", "adam"])
  describe(optimizer, () => {
    for (const threads of [1, 2])
      test(`${threads} threads learn as the cpu backend does`, async () => {
        const backend = await wasmBackend({ threads });
        const expected = await train(cpuBackend() as Backend, optimizer);
        const actual = await train(backend as Backend, optimizer);
        expect(actual.losses.length).toBe(3);
        actual.losses.forEach((loss, i) => {
          expect(Math.abs(loss - expected.losses[i]!)).toBeLessThan(1e-4);
        });
        actual.predictions.forEach((p, i) => {
          expect(Math.abs(p - expected.predictions[i]!)).toBeLessThan(1e-3);
        });
        setBackend(null);
        await backend.dispose();
      });
  });

test("two runs with one seed give the same bits", async () => {
  const results: number[][] = [];
  for (let run = 0; run < 2; run++) {
    const backend = await wasmBackend({ threads: 2 });
    results.push((await train(backend as Backend, "rmsprop")).predictions);
    setBackend(null);
    await backend.dispose();
  }
  expect(results[0]).toEqual(results[1]);
});
