/** Training against Keras: every run and every small fit of training.json, batch by batch. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { mnist } from "@crease/datasets";
import { Dense, Input } from "@crease/layers";
import { EarlyStopping, Sequential } from "@crease/models";
import { type Tensor, tensor } from "@crease/tensor";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  decode,
  expectClose,
  expectCloseTensor,
  type GoldenNumber,
  type GoldenTensor,
  goldenFolder,
  readGolden,
} from "../../../testdata/golden.ts";
import { tolerances } from "../../../testdata/tolerances.ts";
import { callbackOf, camel, logName, metricName, modelOf, optimizerOf } from "./goldenNames.ts";

interface Run {
  readonly name: string;
  readonly optimizer: string;
  readonly args: object;
  readonly batch_loss: readonly GoldenNumber[];
  readonly batch_accuracy: readonly GoldenNumber[];
  readonly epoch_history: Readonly<Record<string, readonly GoldenNumber[]>>;
  readonly evaluate: Readonly<Record<string, number>>;
  readonly predictions: GoldenTensor;
  readonly final_weights: readonly {
    readonly name: string;
    readonly index: readonly number[];
    readonly value: GoldenTensor;
  }[];
}
interface Mnist {
  readonly layers: readonly [number, number, number];
  readonly activations: readonly string[];
  readonly loss: string;
  readonly train_range: readonly [number, number];
  readonly test_range: readonly [number, number];
  readonly batch_size: number;
  readonly epochs: number;
  readonly predictions_of: readonly [number, number];
  readonly initial_weights: {
    readonly file: string;
    readonly arrays: readonly { readonly shape: readonly number[]; readonly offset: number; readonly count: number }[];
  };
}
interface Small {
  readonly name: string;
  readonly data: { readonly x: string; readonly y: string; readonly sample_weight?: string };
  readonly layers: Parameters<typeof modelOf>[1];
  readonly optimizer: string;
  readonly args: object;
  readonly loss: string;
  readonly metrics: readonly string[];
  readonly weighted_metrics: readonly string[];
  readonly fit: {
    readonly batch_size: number;
    readonly epochs: number;
    readonly validation_split?: number;
    readonly class_weight?: Record<number, number>;
    readonly sample_weight?: string;
  };
  readonly initial_weights: readonly GoldenTensor[];
  readonly history: Readonly<Record<string, readonly GoldenNumber[]>>;
  readonly epochs_run: number;
  readonly final_weights: readonly GoldenTensor[];
  readonly callbacks?: readonly Parameters<typeof callbackOf>[0][];
  readonly evaluate?: Readonly<Record<string, number>>;
  readonly evaluate_weighted?: Readonly<Record<string, number>>;
  readonly predictions?: GoldenTensor;
  readonly stopped_epoch?: number;
  readonly best_epoch?: number;
  readonly best?: number;
}
interface File {
  readonly mnist: Mnist;
  readonly runs: readonly Run[];
  readonly data: Readonly<Record<string, GoldenTensor>>;
  readonly small: readonly Small[];
}

const file = readGolden<File>("training.json");
const { losses: lossTolerance, weights: weightTolerance, ties } = tolerances.training;

const load = (x: GoldenTensor): Tensor =>
  x.dtype === "int32"
    ? tensor(Int32Array.from(decode(x)), { shape: x.shape })
    : tensor(Float32Array.from(decode(x)), { shape: x.shape });

describe("the digit network", () => {
  let trainX: Tensor;
  let trainY: Tensor;
  let testX: Tensor;
  let testY: Tensor;
  const { mnist: net } = file;

  beforeAll(async () => {
    const [[trainImages, trainLabels], [testImages, testLabels]] = await mnist.loadData();
    const flat = (x: Tensor): Tensor => x.reshape([-1, net.layers[0]]).cast("float32").div(255);
    const [from, to] = net.train_range;
    const [testFrom, testTo] = net.test_range;
    trainX = flat(trainImages.slice([from, to]));
    trainY = trainLabels.slice([from, to]);
    testX = flat(testImages.slice([testFrom, testTo]));
    testY = testLabels.slice([testFrom, testTo]);
    for (const x of [trainImages, trainLabels, testImages, testLabels]) x.dispose();
  });
  afterAll(() => {
    for (const x of [trainX, trainY, testX, testY]) x.dispose();
  });

  function initialWeights(): Tensor[] {
    const bytes = gunzipSync(readFileSync(join(goldenFolder, net.initial_weights.file)));
    const floats = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    return net.initial_weights.arrays.map(({ shape, offset, count }) =>
      tensor(floats.slice(offset, offset + count), { shape }),
    );
  }

  function network(run: Run): Sequential {
    const [inputs, ...units] = net.layers;
    const model = new Sequential([
      Input({ shape: [inputs] }),
      ...units.map((n, i) => new Dense(n, { activation: net.activations[i] as "relu" })),
    ]);
    model.setWeights(initialWeights());
    model.compile({
      optimizer: optimizerOf(run.optimizer, run.args),
      loss: camel(net.loss) as "sparseCategoricalCrossentropy",
      metrics: ["accuracy"],
    });
    return model;
  }

  async function checkWeights(model: Sequential, run: Run): Promise<void> {
    for (const [i, { name, index, value }] of run.final_weights.entries()) {
      const data = (await (model.weights[i] as { value: Tensor }).value.data()) as Float32Array;
      expectClose(
        index.map((k) => data[k] as number),
        decode(value),
        weightTolerance,
        name,
      );
    }
  }

  test.each(file.runs)("$name: loss and accuracy of every batch", async (run) => {
    const model = network(run);
    const losses: number[] = [];
    const accuracies: number[] = [];
    const sizes: number[] = [];
    for (let epoch = 0; epoch < net.epochs; epoch++)
      for (let start = 0; start < (trainX.shape[0] as number); start += net.batch_size) {
        const rows = [start, start + net.batch_size] as const;
        model.resetMetrics();
        const { loss, accuracy } = await model.trainOnBatch(trainX.slice(rows), trainY.slice(rows));
        losses.push(loss as number);
        accuracies.push(accuracy as number);
        sizes.push(Math.min(net.batch_size, (trainX.shape[0] as number) - start));
      }
    expectClose(losses, run.batch_loss.map(Number), lossTolerance, "batch losses");
    run.batch_accuracy.forEach((expected, i) => {
      expect(
        Math.abs((accuracies[i] as number) - Number(expected)) * (sizes[i] as number),
        `accuracy of batch ${i}`,
      ).toBeLessThanOrEqual(ties + 1e-3);
    });
    await checkWeights(model, run);
    const numbers = await model.evaluate(testX, testY, { batchSize: net.batch_size, verbose: 0 });
    expectClose([numbers.loss as number], [run.evaluate.loss as number], lossTolerance, "test loss");
    expect(
      Math.abs((numbers.accuracy as number) - (run.evaluate.accuracy as number)) * (testX.shape[0] as number),
    ).toBeLessThanOrEqual(ties + 1e-3);
    const [from, to] = net.predictions_of.map((i) => i - net.test_range[0]) as [number, number];
    await expectCloseTensor(
      await model.predict(testX.slice([from, to])),
      run.predictions,
      weightTolerance,
      "predictions",
    );
  });

  test.each(file.runs)("$name: fit's epochs", async (run) => {
    const model = network(run);
    const { history } = await model.fit(trainX, trainY, {
      epochs: net.epochs,
      batchSize: net.batch_size,
      shuffle: false,
      verbose: 0,
    });
    expectClose(history.loss as number[], (run.epoch_history.loss ?? []).map(Number), lossTolerance, "loss");
    expectClose(
      history.accuracy as number[],
      (run.epoch_history.accuracy ?? []).map(Number),
      { relative: 0, absolute: (ties * 2) / (trainX.shape[0] as number) },
      "accuracy",
    );
    await checkWeights(model, run);
  });
});

describe("small fits", () => {
  test.each(file.small)("$name", async (small) => {
    const data = (name: string): Tensor => load(file.data[name] as GoldenTensor);
    const x = data(small.data.x);
    const y = data(small.data.y);
    const model = modelOf(x.shape[1] as number, small.layers);
    model.setWeights(small.initial_weights.map(load));
    model.compile({
      optimizer: optimizerOf(small.optimizer, small.args),
      loss: camel(small.loss) as "mse",
      metrics: small.metrics.map((name) => metricName(name) as "mae"),
      weightedMetrics: small.weighted_metrics.map((name) => metricName(name) as "mae"),
    });
    const { batch_size: batchSize, epochs, validation_split: validationSplit, class_weight: classWeight } = small.fit;
    const sampleWeight = small.data.sample_weight === undefined ? undefined : data(small.data.sample_weight);
    const callbacks = (small.callbacks ?? []).map(callbackOf);
    const { epoch, history } = await model.fit(x, y, {
      batchSize,
      epochs,
      shuffle: false,
      verbose: 0,
      callbacks,
      ...(validationSplit === undefined ? {} : { validationSplit }),
      ...(classWeight === undefined ? {} : { classWeight }),
      ...(sampleWeight === undefined ? {} : { sampleWeight }),
    });
    expect(epoch.length).toBe(small.epochs_run);
    expect(Object.keys(history).sort()).toEqual(Object.keys(small.history).map(logName).sort());
    for (const [name, values] of Object.entries(small.history))
      expectClose(history[logName(name)] as number[], values.map(Number), lossTolerance, name);
    for (const [i, expected] of small.final_weights.entries())
      await expectCloseTensor((model.weights[i] as { value: Tensor }).value, expected, weightTolerance, `weight ${i}`);
    for (const callback of callbacks)
      if (callback instanceof EarlyStopping) {
        expect(callback.stoppedEpoch).toBe(small.stopped_epoch);
        expect(callback.bestEpoch).toBe(small.best_epoch);
        expectClose([callback.best as number], [small.best as number], lossTolerance, "best");
      }
    const judge = async (expected: Readonly<Record<string, number>>, weights: object): Promise<void> => {
      const numbers = await model.evaluate(x, y, { batchSize, verbose: 0, ...weights });
      for (const [name, value] of Object.entries(expected))
        expectClose([numbers[logName(name)] as number], [value], lossTolerance, `evaluate ${name}`);
    };
    if (small.evaluate) await judge(small.evaluate, {});
    if (small.evaluate_weighted) await judge(small.evaluate_weighted, { sampleWeight });
    if (small.predictions)
      await expectCloseTensor(
        await model.predict(x.slice([0, small.predictions.shape[0] as number])),
        small.predictions,
        weightTolerance,
        "predictions",
      );
  });
});
