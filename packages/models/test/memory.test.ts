/** fit, evaluate, predict and tape steps leave the backend's memory as it was, also where they fail. */
import { GradientTape } from "@crease/autograd";
import { cpuBackend } from "@crease/backend-cpu";
import { Dataset } from "@crease/datasets";
import { Dense, Dropout, Input, L2, Layer } from "@crease/layers";
import { Callback, EarlyStopping, type FitOptions, Sequential } from "@crease/models";
import { getOptimizer } from "@crease/optimizers";
import { getBackend, keep, randomNormal, scope, type Tensor, tensor } from "@crease/tensor";
import { describe, expect, test } from "vitest";

const memory = () => getBackend().memory();
const quiet = { verbose: 0 } as const;

/** Adds to the loss, and makes tensors that only its own scope holds. */
class Penalized extends Layer {
  override call(x: Tensor): Tensor {
    this.addLoss(scope(() => x.square().mean().mul(1e-3)));
    return x.mul(1);
  }
}

/** Throws when its countdown ends. */
class Failing extends Layer {
  left = Number.POSITIVE_INFINITY;
  override call(x: Tensor): Tensor {
    if (--this.left === 0) throw new Error("last call");
    return x.mul(1);
  }
}

const units = 4;
const classes = 3;
/** float32 numbers in the weights: two layers with bias. */
const parameters = 2 * units + units + units * classes + classes;

function network(...extra: Layer[]): Sequential {
  const model = new Sequential([
    Input({ shape: [2] }),
    new Dense(units, { activation: "relu", kernelRegularizer: new L2(), activityRegularizer: new L2() }),
    new Dropout(0.5),
    new Penalized(),
    ...extra,
    new Dense(classes, { activation: "softmax" }),
  ]);
  model.compile({
    optimizer: "adam",
    loss: "sparseCategoricalCrossentropy",
    metrics: ["accuracy"],
    weightedMetrics: ["acc"],
  });
  return model;
}

/** Samples that outlive the test's scopes, and what frees them. */
const x = keep(randomNormal([10, 2]));
const y = keep(tensor(Int32Array.from({ length: 10 }, (_, i) => i % classes)));
const sampleWeight = keep(tensor([1, 1, 1, 1, 1, 2, 2, 2, 2, 2]));

test("the first fit makes slots and metric state, to the byte, and the second nothing", async () => {
  const model = network();
  const before = memory();
  await model.fit(x, y, { batchSize: 4, ...quiet });
  const scalars = (1 + 2) * 2;
  const slots = { count: 2 * 4, numbers: 2 * parameters };
  expect(memory()).toEqual({
    buffers: before.buffers + slots.count + scalars,
    bytes: before.bytes + 4 * (slots.numbers + scalars),
  });
  const between = memory();
  await model.fit(x, y, { batchSize: 4, ...quiet });
  expect(memory()).toEqual(between);
});

describe("nothing is left by", () => {
  const used = async (...extra: Layer[]): Promise<Sequential> => {
    const model = network(...extra);
    await model.fit(x, y, { batchSize: 10, validationData: [x, y], ...quiet });
    return model;
  };
  const fits: readonly [string, FitOptions][] = [
    ["an epoch", {}],
    ["epochs of single samples", { batchSize: 1, epochs: 2 }],
    ["validation on a split", { validationSplit: 0.3 }],
    ["validation on arrays", { validationData: [[[1, 2]], [0], [1]] }],
    ["weights of samples and classes", { sampleWeight, classWeight: { 1: 2 } }],
    ["weights in an array", { sampleWeight: [1, 2, 3, 4, 5, 6, 7, 8, 9, 0] }],
    ["steps that end within a pass", { stepsPerEpoch: 2, epochs: 2 }],
    [
      "the best weights restored",
      { epochs: 3, callbacks: [new EarlyStopping({ monitor: "loss", restoreBestWeights: true, patience: 5 })] },
    ],
  ];
  test.each(fits)("fit with %s", async (_, options) => {
    const model = await used();
    const before = memory();
    await model.fit(x, y, { batchSize: 4, ...quiet, ...options });
    expect(memory()).toEqual(before);
    // Weights that something still held would get a new buffer here.
    await model.fit(x, y, quiet);
    expect(memory()).toEqual(before);
  });

  test("fit on arrays and on Datasets, with a stage that fetches ahead", async () => {
    const model = await used();
    const before = memory();
    await model.fit(
      [
        [1, 2],
        [3, 4],
      ],
      [0, 1],
      quiet,
    );
    const data = Dataset.fromTensors(x, y, sampleWeight).shuffle().batch(3);
    await model.fit(data.map(([a, b, c]) => [a.mul(2), b, c]).prefetch(2), null, { epochs: 2, ...quiet });
    await model.fit(data.prefetch(2), null, { epochs: 2, stepsPerEpoch: 3, ...quiet });
    expect(memory()).toEqual(before);
  });

  test("evaluate and single steps", async () => {
    const model = await used();
    const before = memory();
    await model.evaluate(x, y, { batchSize: 3, sampleWeight, ...quiet });
    await model.evaluate(Dataset.fromTensors(x, y).batch(4), null, quiet);
    await model.trainOnBatch(x, y, { sampleWeight, classWeight: { 0: 3 } });
    await model.testOnBatch([[1, 2]], [1]);
    expect(memory()).toEqual(before);
  });

  test("predict, but for its result", async () => {
    const model = await used();
    const before = memory();
    for (const batchSize of [3, 32]) {
      const result = await model.predict(x, { batchSize });
      expect(memory()).toEqual({ buffers: before.buffers + 1, bytes: before.bytes + 4 * 10 * classes });
      result.dispose();
      expect(memory()).toEqual(before);
    }
    (await model.predict([[1, 2]])).dispose();
    expect(memory()).toEqual(before);
  });

  test("a hundred tape steps", async () => {
    const model = await used();
    const optimizer = getOptimizer("adam");
    optimizer.build(model.trainableWeights);
    const before = memory();
    for (let i = 0; i < 100; i++)
      scope(() => {
        const tape = new GradientTape();
        const loss = tape.record(() => model.apply(x, { training: true }).square().mean());
        optimizer.apply(tape.gradient(loss, model.trainableWeights), model.trainableWeights);
      });
    expect(memory()).toEqual(before);
  });

  const hooks = [
    "onTrainBegin",
    "onEpochBegin",
    "onTrainBatchBegin",
    "onTrainBatchEnd",
    "onTestBegin",
    "onTestBatchEnd",
    "onTestEnd",
    "onEpochEnd",
    "onTrainEnd",
  ] as const;
  test.each(hooks)("a callback that throws in %s", async (hook) => {
    const model = await used();
    class Throwing extends Callback {}
    Throwing.prototype[hook] = async () => {
      throw new Error("no more");
    };
    const before = memory();
    const best = new EarlyStopping({ monitor: "loss", restoreBestWeights: true });
    const data = Dataset.fromTensors(x, y).batch(4).prefetch(2);
    const options = { validationData: data, callbacks: [best, new Throwing()], ...quiet };
    await expect(model.fit(x, y, { batchSize: 4, ...options })).rejects.toThrow("no more");
    await expect(model.fit(data, null, { stepsPerEpoch: 2, ...options })).rejects.toThrow("no more");
    expect(memory()).toEqual(before);
  });

  test("a signal", async () => {
    const model = await used();
    const controller = new AbortController();
    class Abort extends Callback {
      override onTrainBatchEnd(): void {
        controller.abort(new Error("stop"));
      }
    }
    const before = memory();
    const options = { batchSize: 4, signal: controller.signal, callbacks: [new Abort()], ...quiet };
    await expect(
      model.fit(
        [
          [1, 2],
          [1, 2],
        ],
        [0, 1],
        options,
      ),
    ).rejects.toThrow("stop");
    await expect(model.fit(x, y, options)).rejects.toThrow("stop");
    expect(memory()).toEqual(before);
  });

  test("a step that throws, behind layers that added losses", async () => {
    const failing = new Failing();
    const model = await used(failing);
    const attempts = [
      () => model.fit(x, y, { batchSize: 2, ...quiet }),
      () => model.evaluate(x, y, { batchSize: 2, ...quiet }),
      () => model.predict(x, { batchSize: 2 }),
      () => model.trainOnBatch(x, y),
    ];
    const before = memory();
    for (const [i, attempt] of attempts.entries()) {
      failing.left = i === 3 ? 1 : 3;
      await expect(attempt()).rejects.toThrow("last call");
      expect(memory()).toEqual(before);
    }
  });

  test("labels outside the classes, and a Dataset that throws", async () => {
    const model = await used();
    const before = memory();
    const bad = new Int32Array([0, 1, 2, 0, 1, 3, 0, 0, 0, 0]);
    await expect(model.fit(x, bad, { batchSize: 4, shuffle: false, ...quiet })).rejects.toThrow(/label 3 at position/);
    const data = Dataset.fromGenerator(function* () {
      yield [tensor([[1, 2]]), tensor(new Int32Array([0]))] as const;
      throw new Error("disk");
    });
    for (const run of [
      () => model.fit(data, null, quiet),
      () => model.evaluate(data, null, quiet),
      () => model.predict(data),
    ])
      await expect(run()).rejects.toThrow("disk");
    expect(memory()).toEqual(before);
  });

  test("arguments that are refused", async () => {
    const model = await used();
    const before = memory();
    await expect(model.fit([[1, 2]], [0, 1], quiet)).rejects.toThrow();
    await expect(model.fit([[1, 2]], [0], { batchSize: 0, ...quiet })).rejects.toThrow();
    await expect(model.fit([[1, 2]], [0], { validationData: [[[1, 2]], [0, 1]], ...quiet })).rejects.toThrow();
    await expect(model.fit([[1, 2]], [0], { validationSplit: 0.5, ...quiet })).rejects.toThrow();
    await expect(model.fit([[1, 2]], [0], { classWeight: { [-1]: 2 }, ...quiet })).rejects.toThrow(/-1/);
    await expect(
      model.fit([[1, 2]], [0], { validationBatchSize: 0, validationData: [[[1, 2]], [0]], ...quiet }),
    ).rejects.toThrow();
    await expect(model.predict([[1, 2]], { batchSize: 0.5 })).rejects.toThrow();
    expect(memory()).toEqual(before);
  });

  test("compiling anew, and disposing the model", async () => {
    const before = memory();
    const model = await used();
    const compiled = memory();
    model.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy" });
    expect(memory().buffers).toBeLessThan(compiled.buffers);
    await model.fit(x, y, quiet);
    model.dispose();
    expect(memory()).toEqual(before);
  });

  test("a model on a second backend, on either of them", async () => {
    const model = await used();
    const other = cpuBackend();
    await model.to(other as never);
    await model.fit(x, y, { batchSize: 4, validationSplit: 0.3, ...quiet });
    const before = [memory(), other.memory()];
    await model.fit(x, y, { batchSize: 4, validationSplit: 0.3, sampleWeight, classWeight: { 1: 2 }, ...quiet });
    await model.evaluate(x, y, quiet);
    (await model.predict(x, { batchSize: 3 })).dispose();
    expect([memory(), other.memory()]).toEqual(before);
  });
});
