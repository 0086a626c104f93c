// The umbrella: every package by its name, and enough in one import to train a small network.
import * as crease from "crease";
import { expect, test } from "vitest";

test("each package is a namespace, and tensor's names stand by themselves", () => {
  expect(crease.layers.Dense).toBeTypeOf("function");
  expect(crease.autograd.GradientTape).toBeTypeOf("function");
  expect(crease.losses.MeanSquaredError).toBeTypeOf("function");
  expect(crease.metrics.Mean).toBeTypeOf("function");
  expect(crease.optimizers.Adam).toBeTypeOf("function");
  expect(crease.datasets.mnist.loadData).toBeTypeOf("function");
  expect(crease.backend.ShapeError).toBeTypeOf("function");
  expect(crease.cpuBackend().name).toBe("cpu");
  expect(crease.tensor([1, 2]).add(1).arraySync()).toEqual([2, 3]);
});

test("a model learns y = 2x + 1 with nothing but the umbrella", async () => {
  crease.setRandomSeed(1);
  const x = crease.tensor([[0], [1], [2], [3]]);
  const y = crease.tensor([[1], [3], [5], [7]]);
  const model = new crease.models.Sequential([new crease.layers.Dense(1)]);
  model.compile({ optimizer: new crease.optimizers.SGD({ learningRate: 0.1 }), loss: "meanSquaredError" });
  await model.fit(x, y, { epochs: 200, batchSize: 4, verbose: 0 });
  const predicted = (await model.predict(crease.tensor([[10]]))) as crease.Tensor;
  expect(await predicted.item()).toBeCloseTo(21, 1);
});
