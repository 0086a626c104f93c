/** Fit after fit in one process: memory stays flat. CREASE_SOAK_SECONDS says for how long, 60 seconds unless set. */
import { wasmBackend } from "@crease/backend-wasm";
import { BatchNormalization, Dense, Dropout } from "@crease/layers";
import { type Callback, EarlyStopping, Sequential } from "@crease/models";
import { randomNormal, scope, setBackend, setRandomSeed, type Tensor } from "@crease/tensor";
import { afterEach, expect, test } from "vitest";

const seconds = Number(process.env.CREASE_SOAK_SECONDS ?? 60);
const optimizers = ["sgd", "rmsprop", "adam", "adagrad", "nadam"];

afterEach(() => setBackend(null));

async function fitOnce(x: Tensor, y: Tensor, round: number): Promise<number> {
  const model = new Sequential([
    new Dense(64 + (round % 7) * 32, { activation: "relu" }),
    ...(round % 2 === 0 ? [new Dropout(0.2)] : [new BatchNormalization()]),
    new Dense(10, { activation: "softmax" }),
  ]);
  const optimizer = optimizers[round % optimizers.length] as string;
  model.compile({ optimizer, loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] });
  const callbacks: Callback[] =
    round % 3 === 0 ? [new EarlyStopping({ monitor: "loss", restoreBestWeights: true })] : [];
  await model.fit(x, y, { epochs: 3, batchSize: 32 + (round % 5), validationSplit: 0.1, verbose: 0, callbacks });
  await model.evaluate(x, y, { verbose: 0 });
  scope(() => {
    model.apply(x);
  });
  (await model.predict(x)).dispose();
  const { steps } = model.optimizer.state;
  model.dispose();
  return steps;
}

test(`memory is flat over ${seconds} s of fits`, { timeout: (seconds + 120) * 1000 }, async () => {
  const backend = await wasmBackend();
  setBackend(backend);
  setRandomSeed(1);
  const x = randomNormal([2000, 100]);
  const y = scope(() => x.slice(null, [0, 10]).argMax(1));
  const sizes: number[] = [];
  let [steps, round] = [0, 0];
  for (const end = performance.now() + seconds * 1000; performance.now() < end; round++) {
    steps += await fitOnce(x, y, round);
    expect(backend.memory(), `after fit ${round}`).toEqual({ buffers: 2, bytes: x.size * 4 + y.size * 4 });
    sizes.push(process.memoryUsage().rss / 2 ** 20);
  }
  // The first quarter warms up; then the largest of the last quarter is compared with the largest of the second.
  const quarter = Math.floor(sizes.length / 4);
  const largest = (from: number): number => Math.max(...sizes.slice(from * quarter, (from + 1) * quarter));
  const report = [0, 1, 2, 3].map((i) => Math.round(largest(i)));
  process.stdout.write(`soak: ${round} models, ${steps} steps, largest MiB of each quarter ${report.join(", ")}\n`);
  expect(largest(3)).toBeLessThan(largest(1) * 1.1);
  await backend.dispose();
});
