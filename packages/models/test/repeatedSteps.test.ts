/** fit repeats recorded steps: the same numbers, to the last bit, as when every step runs its JavaScript. */
import {
  Add,
  BatchNormalization,
  Dense,
  Dropout,
  Embedding,
  Flatten,
  GaussianNoise,
  Input,
  L2,
  LayerNormalization,
} from "@crease/layers";
import { MeanSquaredError } from "@crease/losses";
import { MeanAbsoluteError } from "@crease/metrics";
import { type Batch, Callback, type CompileOptions, type FitOptions, Model, Sequential } from "@crease/models";
import { Adam, ExponentialDecay, SGD } from "@crease/optimizers";
import { getBackend, Program, setRandomSeed, type Tensor, tensor, truncatedNormal } from "@crease/tensor";
import { afterEach, describe, expect, test, vi } from "vitest";

afterEach(() => vi.restoreAllMocks());

const features = truncatedNormal([70, 6], { seed: 1 });
const classes = features.argMax(-1);
const targets = features.sum(-1, { keepDims: true });

interface Case {
  readonly make: () => Model;
  readonly compile: () => CompileOptions;
  readonly y?: Tensor;
  readonly options?: FitOptions;
}

const branches = (): Model => {
  const input = Input({ shape: [6] });
  const hidden = new Dense(5, { activation: "tanh" }).apply(input);
  const outputs = new Dense(1).apply(new Add().apply([hidden, new Dense(5).apply(new Dropout(0.2).apply(hidden))]));
  return new Model({ inputs: input, outputs });
};

const cases: Readonly<Record<string, Case>> = {
  "a classifier with dropout": {
    make: () =>
      new Sequential([new Dense(8, { activation: "relu" }), new Dropout(0.3), new Dense(6, { activation: "softmax" })]),
    compile: () => ({ optimizer: "rmsprop", loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] }),
    y: classes,
  },
  "normalization, noise and a regularizer": {
    make: () =>
      new Sequential([
        new Dense(8, { kernelRegularizer: new L2(0.01) }),
        new BatchNormalization(),
        new GaussianNoise(0.1),
        new LayerNormalization(),
        new Dense(1),
      ]),
    compile: () => ({
      optimizer: new Adam({
        learningRate: new ExponentialDecay({ initialLearningRate: 0.01, decaySteps: 5, decayRate: 0.9 }),
      }),
      loss: new MeanSquaredError(),
      metrics: [new MeanAbsoluteError()],
    }),
  },
  "a functional model, averaged and accumulated, with a last batch of another size": {
    make: branches,
    compile: () => ({
      optimizer: new SGD({ momentum: 0.9, useEma: true, gradientAccumulationSteps: 3, clipnorm: 1 }),
      loss: "mse",
    }),
    options: { batchSize: 16 },
  },
  "an embedding with class weights": {
    make: () => new Sequential([new Embedding(10, 3), new Flatten(), new Dense(6, { activation: "softmax" })]),
    compile: () => ({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", weightedMetrics: ["accuracy"] }),
    y: classes,
    options: { classWeight: { 0: 2, 3: 0.5 } },
  },
};

async function trained({ make, compile, y = targets, options = {} }: Case, isRepeatable: boolean) {
  setRandomSeed(7);
  const model = make();
  if (!isRepeatable) Object.defineProperty(model, "isRepeatable", { value: false });
  model.compile(compile());
  const x = model.layers[0] instanceof Embedding ? features.abs().mul(3).floor().cast("int32") : features;
  const run = vi.spyOn(Program.prototype, "run");
  const { history } = await model.fit(x, y, { epochs: 2, batchSize: 7, verbose: 0, ...options });
  const runs = run.mock.calls.length;
  run.mockRestore();
  const judged = await model.evaluate(x, y, { batchSize: 7, verbose: 0 });
  const weights = model.weights.map((weight) => [...(weight.value.dataSync() as Float32Array)]);
  model.dispose();
  return { history, judged, weights, runs };
}

describe.each(Object.entries(cases))("%s", (_, given) => {
  test("trains as it does step by step", async () => {
    const [repeated, single] = [await trained(given, true), await trained(given, false)];
    expect(repeated.runs).toBeGreaterThan(0);
    expect(single.runs).toBe(0);
    expect(repeated.history).toEqual(single.history);
    expect(repeated.judged).toEqual(single.judged);
    expect(repeated.weights).toEqual(single.weights);
  });
});

class Counting extends Dense {
  calls = 0;
  override call(x: Tensor): Tensor {
    this.calls++;
    return super.call(x);
  }
}

test.each<[string, () => Model, CompileOptions]>([
  ["a layer", () => new Sequential([new Counting(1)]), { loss: "mse" }],
  ["an activation", () => new Sequential([new Dense(1, { activation: (x) => x.sin() })]), { loss: "mse" }],
  ["a loss", () => new Sequential([new Dense(1)]), { loss: (yTrue, yPred) => yTrue.sub(yPred).abs().mean(-1) }],
  [
    "a metric",
    () => new Sequential([new Dense(1)]),
    { loss: "mse", metrics: [(yTrue, yPred) => yTrue.sub(yPred).abs().mean(-1)] },
  ],
])("%s of the user's own runs in every step", async (_, make, compile) => {
  const run = vi.spyOn(Program.prototype, "run");
  const model = make();
  model.compile(compile);
  await model.fit(features, targets, { batchSize: 10, verbose: 0 });
  expect(run).not.toHaveBeenCalled();
  const [first] = model.layers;
  if (first instanceof Counting) expect(first.calls).toBe(7);
});

test("a model of the user's own may say that its steps repeat", async () => {
  class Own extends Model {
    dense = new Dense(1);
    calls = 0;
    override call(x: Tensor): Tensor {
      this.calls++;
      return this.dense.apply(x);
    }
    override get isRepeatable(): boolean {
      return true;
    }
  }
  const model = new Own();
  model.compile({ loss: "mse" });
  await model.fit(features, targets, { batchSize: 5, verbose: 0 });
  expect(model.calls).toBeLessThan(6);
});

test("a training step of the user's own is not repeated, whatever the model says", async () => {
  class Counted extends Sequential {
    steps = 0;
    override get isRepeatable(): boolean {
      return true;
    }
    override trainStep(batch: Batch): Record<string, Tensor> {
      this.steps++;
      return super.trainStep(batch);
    }
  }
  const model = new Counted([new Dense(1)]);
  model.compile({ loss: "mse" });
  await model.fit(features, targets, { batchSize: 10, verbose: 0 });
  expect(model.steps).toBe(7);
});

test("a label that is no class is refused in a repeated step as in any other", async () => {
  const model = new Sequential([new Dense(3, { activation: "softmax" })]);
  model.compile({ loss: "sparseCategoricalCrossentropy" });
  const labels = tensor([0, 1, 2, 0, 1, 2, 0, 9], { dtype: "int32" });
  const before = getBackend().memory().buffers;
  await expect(model.fit(features.slice([0, 8]), labels, { batchSize: 1, shuffle: false, verbose: 0 })).rejects.toThrow(
    "9",
  );
  expect(getBackend().memory().buffers).toBeGreaterThan(before);
  model.dispose();
});

test("what a callback sets in an epoch's steps counts: the rate at once, weights too", async () => {
  class Halt extends Callback {
    override onTrainBatchEnd(step: number): void {
      if (step === 5) this.model.optimizer.learningRate = 1e-30;
      if (step === 7) this.model.weights[0]?.assign([[1], [1], [1], [1], [1], [1]]);
    }
  }
  const model = new Sequential([new Dense(1, { useBias: false })]);
  model.compile({ optimizer: "sgd", loss: "mse" });
  await model.fit(features, targets, { batchSize: 5, verbose: 0, callbacks: [new Halt()] });
  expect(model.weights[0]?.value.arraySync()).toEqual([[1], [1], [1], [1], [1], [1]]);
});
