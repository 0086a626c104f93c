/** What fit, evaluate, predict and single steps take, do and give. */
import { cpuBackend } from "@crease/backend-cpu";
import { Dataset } from "@crease/datasets";
import { Dense, Input } from "@crease/layers";
import { type Batch, Callback, type FitOptions, Model, Sequential } from "@crease/models";
import { getBackend, randomNormal, setRandomSeed, type Tensor, tensor } from "@crease/tensor";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { line, points, weightOf } from "./scripted.ts";

beforeEach(() => setRandomSeed(1));

/** Two clouds of points and their classes. */
function clouds(count = 60): [x: Tensor, y: Tensor] {
  const y = tensor(Int32Array.from({ length: count }, (_, i) => i % 2));
  const x = randomNormal([count, 2], { stddev: 0.5 }).add(y.cast("float32").mul(4).sub(2).reshape([-1, 1]));
  return [x, y];
}

function classifier(): Sequential {
  const model = new Sequential([new Dense(8, { activation: "relu" }), new Dense(2, { activation: "softmax" })]);
  model.compile({
    optimizer: { className: "sgd", config: { learningRate: 0.1 } },
    loss: "sparseCategoricalCrossentropy",
    metrics: ["accuracy"],
  });
  return model;
}

/** Records the samples of each step, by their only feature. */
class Recorded extends Sequential {
  readonly #steps: number[][] = [];
  constructor() {
    super([Input({ shape: [1] }), new Dense(1)]);
    this.compile({ optimizer: "sgd", loss: "mse" });
  }
  override trainStep(batch: Batch): Record<string, Tensor> {
    this.#steps.push(Array.from((batch[0] as Tensor).dataSync() as Float32Array));
    return super.trainStep(batch);
  }
  /** The steps since the last call. */
  take(): number[][] {
    return this.#steps.splice(0);
  }
}

const column = (...values: number[]): Tensor => tensor(values.map((value) => [value]));
const quiet = { verbose: 0 } as const;

describe("learning", () => {
  test.each([1, 16, 60])("batches of %i learn", async (batchSize) => {
    const [x, y] = clouds();
    const model = classifier();
    const { history } = await model.fit(x, y, { epochs: batchSize === 60 ? 60 : 8, batchSize, ...quiet });
    expect(history.loss?.at(-1)).toBeLessThan((history.loss?.[0] as number) / 2);
    const { accuracy } = await model.evaluate(x, y, quiet);
    expect(accuracy).toBeGreaterThan(0.95);
  });

  test("arrays and typed arrays are samples too", async () => {
    const model = line();
    await model.fit([[1], [-1]], [[2], [-2]], { epochs: 20, ...quiet });
    expect(await weightOf(model)).toBeCloseTo(2, 1);
    const sparse = classifier();
    const numbers = await sparse.fit(
      [
        [2, 2],
        [-2, -2],
      ],
      new Int32Array([1, 0]),
      { epochs: 2, ...quiet },
    );
    expect(numbers.history.accuracy?.length).toBe(2);
    expect((await sparse.predict([[1, 1]])).shape).toEqual([1, 2]);
  });

  test.each([true, false])("a float64 model trains in float64, on arrays too (built before: %s)", async (isBuilt) => {
    const model = new Sequential([
      ...(isBuilt ? [Input({ shape: [1] })] : []),
      new Dense(1, { dtype: "float64", kernelInitializer: "ones" }),
    ]);
    model.compile({ optimizer: { className: "sgd", config: { learningRate: 0.5 } }, loss: "mse" });
    await model.fit([[0.1]], [[0.3]], quiet);
    // the gradient of (w x + b - y)^2 is 2 x (w x + b - y)
    const expected = 1 - 0.5 * 2 * 0.1 * (0.1 - 0.3);
    const [kernel] = model.getWeights() as [Tensor];
    expect(kernel.dtype).toBe("float64");
    expect(Math.abs(Number(await kernel.item()) - expected)).toBeLessThan(1e-15);
    expect((await model.predict([[1]])).dtype).toBe("float64");
  });
});

describe("batches of fit", () => {
  test("are cut in order without shuffling, the last one short", async () => {
    const model = new Recorded();
    const x = column(1, 2, 3, 4, 5);
    await model.fit(x, x, { batchSize: 2, shuffle: false, epochs: 2, ...quiet });
    expect(model.take()).toEqual([[1, 2], [3, 4], [5], [1, 2], [3, 4], [5]]);
  });

  test("are shuffled anew in each epoch; every sample once", async () => {
    const model = new Recorded();
    const values = Array.from({ length: 20 }, (_, i) => i);
    const x = column(...values);
    await model.fit(x, x, { batchSize: 20, epochs: 3, ...quiet });
    const orders = model.take();
    expect(new Set(orders.map(String)).size).toBe(3);
    for (const order of orders) expect([...order].sort((a, b) => a - b)).toEqual(values);
  });

  test("the same seed repeats weights, orders and losses", async () => {
    const runs: unknown[] = [];
    for (const seed of [7, 7, 8]) {
      setRandomSeed(seed);
      const model = new Recorded();
      const x = column(...Array.from({ length: 20 }, (_, i) => i / 20));
      const { history } = await model.fit(x, x, { batchSize: 3, epochs: 2, ...quiet });
      runs.push([history.loss, model.take(), await model.weights[0]?.value.item()]);
    }
    expect(runs[0]).toEqual(runs[1]);
    expect(runs[0]).not.toEqual(runs[2]);
  });

  test("validationSplit holds out the last samples, before shuffling", async () => {
    const model = new Recorded();
    const judged: number[] = [];
    model.testStep = ([x]) => {
      judged.push(...((x as Tensor).dataSync() as Float32Array));
      return { loss: tensor(0) };
    };
    const x = column(...Array.from({ length: 10 }, (_, i) => i));
    await model.fit(x, x, { batchSize: 4, validationSplit: 0.25, ...quiet });
    expect(judged).toEqual([7, 8, 9]);
    expect(model.take().flat().sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  test("validation data are a tuple, with weights, or a Dataset, and override validationSplit", async () => {
    const [x, y] = points();
    const valLoss = async (options: FitOptions): Promise<number> => {
      const model = line(0.1);
      const { history } = await model.fit(x, y, { shuffle: false, ...quiet, ...options });
      return history.valLoss?.[0] as number;
    };
    const [vx, vy] = [column(1, 3), column(0, 0)];
    const model = line(0.1);
    await model.fit(x, y, { shuffle: false, ...quiet });
    const w = await weightOf(model);
    const plain = await valLoss({ validationData: [vx, vy] });
    expect(plain).toBeCloseTo((w ** 2 * (1 + 9)) / 2, 4);
    expect(await valLoss({ validationData: [vx, vy], validationSplit: 0.5 })).toBe(plain);
    expect(await valLoss({ validationData: Dataset.fromTensors(vx, vy).batch(2) })).toBe(plain);
    expect(await valLoss({ validationData: [vx, vy, [1, 0]] })).toBeCloseTo(w ** 2 / 2, 5);
  });

  test("sample weights and class weights weigh the loss, and multiply", async () => {
    const x = column(1, 1);
    const y = column(1, 0);
    const lossOf = async (options: FitOptions): Promise<number> => {
      const model = line(0.1);
      model.layers[0]?.setWeights([[[0.5]]]);
      return (await model.fit(x, y, { ...quiet, ...options })).history.loss?.[0] as number;
    };
    // both squared errors are 0.25
    expect(await lossOf({})).toBeCloseTo(0.25, 6);
    expect(await lossOf({ sampleWeight: [1, 3] })).toBeCloseTo(0.5, 6);
    expect(await lossOf({ classWeight: { 0: 5 } })).toBeCloseTo(0.75, 6);
    expect(await lossOf({ classWeight: { 1: 2, 0: 5 } })).toBeCloseTo(0.875, 6);
    expect(await lossOf({ classWeight: { 0: 5 }, sampleWeight: [1, 3] })).toBeCloseTo(2, 6);
    expect(await lossOf({ classWeight: {} })).toBeCloseTo(0.25, 6);
  });

  test("class weights know one-hot labels", async () => {
    const model = new Sequential([
      Input({ shape: [1] }),
      new Dense(2, { activation: "softmax", kernelInitializer: "zeros" }),
    ]);
    model.compile({ optimizer: "sgd", loss: "categoricalCrossentropy" });
    const y = [
      [0, 1],
      [0, 1],
      [1, 0],
    ];
    const { history } = await model.fit(column(1, 1, 1), y, { classWeight: { 1: 3 }, ...quiet });
    expect(history.loss?.[0]).toBeCloseTo((Math.LN2 * (3 + 3 + 1)) / 3, 6);
  });

  test("a Dataset brings batches, targets and weights", async () => {
    const model = new Recorded();
    const x = column(1, 2, 3);
    await model.fit(Dataset.fromTensors(x, x, tensor([1, 1, 1])).batch(2), null, { epochs: 2, ...quiet });
    expect(model.take()).toEqual([[1, 2], [3], [1, 2], [3]]);
  });

  test("stepsPerEpoch: the next epoch goes on where the last one ended, and passes begin anew", async () => {
    const model = new Recorded();
    const x = column(1, 2, 3, 4, 5);
    const plans: unknown[] = [];
    class Plan extends Callback {
      override onTrainBegin(plan: { readonly steps: number | undefined }): void {
        plans.push(plan.steps);
      }
    }
    const options = { epochs: 3, stepsPerEpoch: 2, callbacks: [new Plan()], ...quiet };
    await model.fit(Dataset.fromTensors(x, x).batch(2), null, options);
    expect(model.take()).toEqual([[1, 2], [3, 4], [5], [1, 2], [3, 4], [5]]);
    await model.fit(x, x, { batchSize: 2, shuffle: false, ...options });
    expect(model.take().length).toBe(6);
    expect(plans).toEqual([2, 2]);
  });

  test("stepsPerEpoch: each pass has an order of its own", async () => {
    const model = new Recorded();
    const x = column(1, 2, 3, 4, 5, 6, 7, 8);
    const data = Dataset.fromTensors(x, x).shuffle({ seed: 2 }).batch(8);
    await model.fit(data, null, { epochs: 3, stepsPerEpoch: 1, ...quiet });
    expect(new Set(model.take().map(String)).size).toBe(3);
  });

  test("an endless Dataset with stepsPerEpoch is opened once, and closed", async () => {
    const model = new Recorded();
    const log: string[] = [];
    const data = Dataset.fromGenerator(function* () {
      log.push("open");
      try {
        for (let i = 0; ; i++) yield [column(i), column(i)] as const;
      } finally {
        log.push("closed");
      }
    });
    await model.fit(data, null, { epochs: 2, stepsPerEpoch: 2, ...quiet });
    expect(model.take()).toEqual([[0], [1], [2], [3]]);
    expect(log).toEqual(["open", "closed"]);
  });

  test("initialEpoch goes on with the numbers and orders of an earlier fit", async () => {
    const order = async (parts: readonly [number, number][]): Promise<number[][]> => {
      setRandomSeed(3);
      const model = new Recorded();
      const x = column(1, 2, 3, 4, 5, 6, 7);
      const data = Dataset.fromTensors(x, x).shuffle({ seed: 5 }).batch(7);
      for (const [initialEpoch, epochs] of parts) await model.fit(data, null, { initialEpoch, epochs, ...quiet });
      return model.take();
    };
    expect(
      await order([
        [0, 2],
        [2, 4],
      ]),
    ).toEqual(await order([[0, 4]]));
  });

  test("no epochs: nothing happens", async () => {
    const model = line();
    const { epoch } = await model.fit(...points(), { epochs: 0, ...quiet });
    expect([epoch, await weightOf(model)]).toEqual([[], 0]);
  });

  test("averaged weights replace the trained ones at the end, as in Keras", async () => {
    const fitted = async (useEma: boolean): Promise<number> => {
      const model = line();
      const config = { learningRate: 0.1, useEma, emaMomentum: 0.5 };
      model.compile({ optimizer: { className: "sgd", config }, loss: "mse" });
      await model.fit(column(1), column(1), { epochs: 2, ...quiet });
      return weightOf(model);
    };
    // w is 0.2, then 0.36; the average begins with the first
    expect(await fitted(false)).toBeCloseTo(0.36, 6);
    expect(await fitted(true)).toBeCloseTo(0.28, 6);
  });
});

describe("ending early", () => {
  test("a signal that is aborted already: nothing is trained", async () => {
    const model = line();
    const signal = AbortSignal.abort(new Error("no"));
    const [x, y] = points();
    await expect(model.fit(x, y, { signal, ...quiet })).rejects.toThrow("no");
    await expect(model.evaluate(x, y, { signal, ...quiet })).rejects.toThrow("no");
    await expect(model.predict(x, { signal })).rejects.toThrow("no");
    expect(await weightOf(model)).toBe(0);
  });

  test("a signal during fit: the step under way is the last", async () => {
    const controller = new AbortController();
    let steps = 0;
    let ends = 0;
    class Abort extends Callback {
      override onTrainBatchEnd(): void {
        if (++steps === 2) controller.abort(new Error("enough"));
      }
      override onTrainEnd(): void {
        ends++;
      }
    }
    const [x, y] = points();
    const options = { batchSize: 1, epochs: 3, signal: controller.signal, callbacks: [new Abort()], ...quiet };
    await expect(line().fit(x, y, options)).rejects.toThrow("enough");
    expect([steps, ends]).toEqual([2, 1]);
  });

  test("a signal during validation ends fit too", async () => {
    const controller = new AbortController();
    class Abort extends Callback {
      override onTestBatchEnd(): void {
        controller.abort(new Error("enough"));
      }
    }
    const [x, y] = points();
    const options = { epochs: 3, validationData: [x, y] as const, signal: controller.signal, callbacks: [new Abort()] };
    await expect(line().fit(x, y, { ...options, ...quiet })).rejects.toThrow("enough");
  });

  test("the event loop runs every 16 ms while fit does, also where each epoch is a single short step", async () => {
    let clock = 0;
    const now = vi.spyOn(performance, "now").mockImplementation(() => {
      clock += 5;
      return clock;
    });
    let turns = 0;
    let next = setImmediate(function turn() {
      turns++;
      next = setImmediate(turn);
    });
    let timers = 0;
    const timer = setInterval(() => timers++, 0);
    let turnsAtEnd = 0;
    class End extends Callback {
      override onTrainEnd(): void {
        turnsAtEnd = turns;
        if (timers > 0) this.model.stopTraining = true;
      }
    }
    const [x, y] = points();
    const model = line();
    try {
      await model.fit(x, y, { epochs: 100, callbacks: [new End()], ...quiet });
      // A step takes 5 ms of this clock, so each fourth one lets the event loop run.
      expect(turnsAtEnd).toBeGreaterThanOrEqual(20);
      expect(turnsAtEnd).toBeLessThanOrEqual(25);
      for (let i = 0; i < 100 && !model.stopTraining; i++)
        await model.fit(x, y, { epochs: 100, callbacks: [new End()], ...quiet });
      expect(timers).toBeGreaterThan(0);
    } finally {
      clearImmediate(next);
      clearInterval(timer);
      now.mockRestore();
    }
  });
});

describe("evaluate and predict", () => {
  test("evaluate is the mean over samples, however they are cut", async () => {
    const model = line();
    model.compile({ loss: "mse", metrics: ["mae"] });
    const x = column(1, 2, 3);
    const y = column(1, 1, 4);
    for (const batchSize of [1, 2, 3, 100]) {
      const numbers = await model.evaluate(x, y, { batchSize, ...quiet });
      expect(numbers.loss).toBeCloseTo((1 + 1 + 16) / 3, 5);
      expect(numbers.mae).toBeCloseTo(2, 5);
    }
    const data = Dataset.fromTensors(x, y).batch(2);
    expect((await model.evaluate(data, null, quiet)).loss).toBeCloseTo(6, 5);
    expect((await model.evaluate(x, y, { sampleWeight: [0, 0, 1], ...quiet })).loss).toBeCloseTo(16 / 3, 5);
    expect(await weightOf(model)).toBe(0);
  });

  test("predict joins batches, a short last one too, of tensors, arrays and Datasets", async () => {
    const model = line();
    model.layers[0]?.setWeights([[[3]]]);
    const x = column(1, 2, 3, 4, 5);
    const expected = [[3], [6], [9], [12], [15]];
    for (const batchSize of [1, 2, 5, 32])
      expect(await (await model.predict(x, { batchSize })).array()).toEqual(expected);
    expect(await (await model.predict([[1], [2]])).array()).toEqual([[3], [6]]);
    const data = Dataset.fromTensors(x, x).batch(2);
    expect(await (await model.predict(data)).array()).toEqual(expected);
  });

  test("predict keeps the structure of outputs", async () => {
    class Both extends Model<Tensor, { readonly sum: Tensor; readonly twice: Tensor }> {
      override call(x: Tensor): { readonly sum: Tensor; readonly twice: Tensor } {
        return { sum: x.sum(1), twice: x.mul(2) };
      }
    }
    class List extends Model<Tensor, readonly Tensor[]> {
      override call(x: Tensor): readonly Tensor[] {
        return [x, x.neg()];
      }
    }
    const x = tensor([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    const { sum, twice } = await new Both().predict(x, { batchSize: 2 });
    expect(await sum.array()).toEqual([3, 7, 11]);
    expect(await twice.array()).toEqual([
      [2, 4],
      [6, 8],
      [10, 12],
    ]);
    const [same, negative] = (await new List().predict(x, { batchSize: 2 })) as [Tensor, Tensor];
    expect(await same.array()).toEqual(await x.array());
    expect(await negative.array()).toEqual(await x.neg().array());
  });

  test("a model of no layers gives back its input, which stays the caller's", async () => {
    const x = column(1, 2, 3);
    const y = await new Sequential().predict(x, { batchSize: 2 });
    expect(await y.array()).toEqual([[1], [2], [3]]);
    y.dispose();
    expect(x.isDisposed).toBe(false);
  });

  test("outputs of several tensors need targets for each, or a loss of one's own", async () => {
    class Both extends Model<Tensor, readonly Tensor[]> {
      readonly dense = new Dense(1);
      override call(x: Tensor): readonly Tensor[] {
        return [this.dense.apply(x), x];
      }
    }
    const model = new Both();
    model.compile({ loss: "mse" });
    await expect(model.fit(column(1), column(1), quiet)).rejects.toThrow(/one for the 2 outputs output_1, output_2/);
    model.computeLoss = ({ yPred }) => (yPred as readonly [Tensor])[0].square().sum();
    const { history } = await model.fit(column(1), column(1), { epochs: 3, ...quiet });
    expect(history.loss?.[2]).toBeLessThan(history.loss?.[0] as number);
  });
});

describe("objects of tensors", () => {
  class Named extends Model<{ readonly a: Tensor; readonly b: Tensor }> {
    readonly left = new Dense(1);
    readonly right = new Dense(1);
    override call({ a, b }: { readonly a: Tensor; readonly b: Tensor }): Tensor {
      return this.left.apply(a).sub(this.right.apply(b));
    }
  }
  const x = {
    a: column(1, 2, 3),
    b: [
      [1, 1],
      [2, 2],
      [3, 3],
    ],
  };

  test("are inputs of a model, cut by rows", async () => {
    const model = new Named();
    model.compile({ optimizer: "sgd", loss: "mse" });
    const y = column(0, 0, 0);
    const { history } = await model.fit(x, y, { epochs: 10, batchSize: 2, ...quiet });
    expect(history.loss?.at(-1)).toBeLessThan(history.loss?.[0] as number);
    expect((await model.predict(x, { batchSize: 2 })).shape).toEqual([3, 1]);
    expect((await model.evaluate(x, y, quiet)).loss).toBeLessThan(history.loss?.[0] as number);
    expect(model.weights.length).toBe(4);
    expect([model.left.name, model.right.name]).toEqual(["dense", "dense_1"]);
  });

  test("of different length are refused by name", async () => {
    const model = new Named();
    await expect(model.predict({ a: column(1, 2), b: column(1) })).rejects.toThrow(/x\.a has 2 samples, x\.b has 1/);
  });
});

describe("single steps", () => {
  test("trainOnBatch trains and gathers, testOnBatch only gathers", async () => {
    const model = line();
    const first = await model.trainOnBatch(column(1), column(1));
    expect(first.loss).toBeCloseTo(1, 6);
    expect(await weightOf(model)).toBeCloseTo(0.2, 6);
    const second = await model.testOnBatch(column(1), column(1));
    expect(second.loss).toBeCloseTo((1 + 0.64) / 2, 6);
    expect(await weightOf(model)).toBeCloseTo(0.2, 6);
    model.resetMetrics();
    expect((await model.testOnBatch(column(1), column(1))).loss).toBeCloseTo(0.64, 6);
    expect((await model.trainOnBatch(column(1), column(1), { sampleWeight: [0] })).loss).toBeCloseTo(0.32, 6);
  });

  test("predictOnBatch gives what predict gives, in one batch", async () => {
    class Counted extends Sequential {
      sizes: (number | undefined)[] = [];
      override predictStep(batch: Batch): Tensor {
        this.sizes.push((batch[0] as Tensor).shape[0]);
        return super.predictStep(batch);
      }
    }
    const model = new Counted([new Dense(2)]);
    const x = randomNormal([70, 3]);
    const outputs = await model.predictOnBatch(x);
    expect(model.sizes.splice(0)).toEqual([70]);
    expect(outputs.arraySync()).toEqual((await model.predict(x)).arraySync());
    expect(model.sizes).toEqual([32, 32, 6]);
  });
});

describe("so many steps", () => {
  const x = column(1, 2, 3, 4, 5);

  test("evaluate and predict look at the first batches only", async () => {
    const model = line();
    const first = await model.evaluate(column(1, 2, 3, 4), column(1, 2, 3, 4), quiet);
    for (const steps of [2, 9]) {
      const options = { batchSize: 2, steps, ...quiet };
      const whole = await model.evaluate(x, x, quiet);
      expect(await model.evaluate(x, x, options)).toEqual(steps === 2 ? first : whole);
      expect(await model.evaluate(Dataset.fromTensors(x, x).batch(2), null, { steps, ...quiet })).toEqual(
        steps === 2 ? first : whole,
      );
      expect((await model.predict(x, { batchSize: 2, steps })).shape).toEqual([steps === 2 ? 4 : 5, 1]);
    }
  });

  test("each validation begins anew, also of data without an end", async () => {
    const model = line();
    const validationData = Dataset.fromGenerator(function* () {
      for (;;) yield [column(1, 2), column(1, 2)];
    });
    const options = { epochs: 2, validationData, validationSteps: 1, validationFreq: 2, ...quiet };
    const { history } = await model.fit(x, x, options);
    const { loss } = await model.evaluate(column(1, 2), column(1, 2), quiet);
    expect(history.valLoss).toEqual([loss]);
  });

  test.each([0, 2.5, -1])("%d are refused", async (steps) => {
    const model = line();
    await expect(model.evaluate(x, x, { steps })).rejects.toThrow(`evaluate: steps is ${steps}`);
    await expect(model.predict(x, { steps })).rejects.toThrow(`predict: steps is ${steps}`);
    const validationData: [Tensor, Tensor] = [x, x];
    await expect(model.fit(x, x, { validationSteps: steps, validationData })).rejects.toThrow(
      `fit: validationSteps is ${steps}`,
    );
  });
});

describe("unknown options are refused with the nearest name", () => {
  const x = column(1);
  const given = (options: object): never => options as never;
  test.each<readonly [string, (model: Sequential) => Promise<unknown>, string]>([
    [
      "fit",
      (model) => model.fit(x, x, given({ batch_size: 2 })),
      'there is no option "batch_size". Did you mean "batchSize"?',
    ],
    ["fit", (model) => model.fit(x, x, given({ epoch: 2 })), 'there is no option "epoch". Did you mean "epochs"?'],
    [
      "fit",
      (model) => model.fit(x, x, given(5 as never)),
      "fit: the options are 5. Give an object, each option by its name",
    ],
    ["evaluate", (model) => model.evaluate(x, x, given({ step: 2 })), 'Did you mean "steps"?'],
    ["predict", (model) => model.predict(x, given({ batchsize: 2 })), 'Did you mean "batchSize"?'],
    ["trainOnBatch", (model) => model.trainOnBatch(x, x, given({ class_weight: {} })), 'Did you mean "classWeight"?'],
    ["compile", async (model) => model.compile(given({ optimiser: "adam" })), 'Did you mean "optimizer"?'],
  ])("%s", async (_, call, message) => {
    const model = line();
    await expect(call(model)).rejects.toThrow(message);
    expect(await weightOf(model)).toBe(0);
  });
});

test("a trainStep of one's own: fit does the rest", async () => {
  class Counting extends Model {
    seen = 0;
    override call(x: Tensor): Tensor {
      return x;
    }
    override trainStep([x]: Batch): Record<string, Tensor> {
      this.seen += (x as Tensor).shape[0] as number;
      return { samples: tensor(this.seen) };
    }
  }
  const model = new Counting();
  model.compile({});
  const { history } = await model.fit(column(1, 2, 3), null, { epochs: 2, batchSize: 2, ...quiet });
  expect(history).toEqual({ samples: [3, 6] });
});

test("batches on another backend are moved to the model's", async () => {
  const other = cpuBackend();
  const model = line();
  await model.to(other as never);
  const [x, y] = points();
  expect(x.backend).toBe(getBackend());
  await model.fit(x, y, { epochs: 3, batchSize: 3, validationSplit: 0.25, classWeight: { 2: 2 }, ...quiet });
  const moved = await model.predict(x);
  expect(moved.backend).toBe(other);
  expect((await model.evaluate(x, y, quiet)).loss).toBeLessThan(10);
  expect(x.isDisposed).toBe(false);
});

test("arrays go to the model's backend at once", async () => {
  const model = line();
  await model.to(cpuBackend() as never);
  const before = getBackend().memory();
  const during: unknown[] = [];
  class Watch extends Callback {
    override onTrainBatchEnd(): void {
      during.push(getBackend().memory());
    }
  }
  await model.fit([[1], [2]], [[2], [4]], { callbacks: [new Watch()], ...quiet });
  expect(during).toEqual([before]);
});

test("a metric with several results is refused after the first step, with the way out", async () => {
  const model = new Sequential([new Dense(3, { activation: "softmax" })]);
  model.compile({ optimizer: "sgd", loss: "categoricalCrossentropy", metrics: ["f1Score"] });
  const y = tensor([
    [1, 0, 0],
    [0, 0, 1],
  ]);
  await expect(model.fit(randomNormal([2, 4]), y, { verbose: 0 })).rejects.toThrow(
    expect.objectContaining({ name: "ValueError", message: expect.stringMatching(/^f1Score: .*there are 3.*average/) }),
  );
});
