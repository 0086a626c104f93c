/** Every callback, on real training whose monitored numbers are scripted. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataError, ValueError } from "@crease/backend";
import { Dense } from "@crease/layers";
import { BinaryIoU, MeanSquaredError, type Metric } from "@crease/metrics";
import {
  Callback,
  CSVLogger,
  EarlyStopping,
  type EarlyStoppingOptions,
  LambdaCallback,
  LearningRateScheduler,
  loadModel,
  ModelCheckpoint,
  type ModelCheckpointOptions,
  ReduceLROnPlateau,
  type ReduceLROnPlateauOptions,
  Sequential,
  TerminateOnNaN,
} from "@crease/models";
import { tensor } from "@crease/tensor";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { line, points, Scripted, weightOf } from "./scripted.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "crease-models-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function run(values: readonly number[], callback: Callback, name = "loss") {
  const model = line();
  const weights: number[] = [];
  class Weights extends Callback {
    override async onEpochEnd(): Promise<void> {
      weights.push(await weightOf(model));
    }
  }
  const { epoch, history } = await model.fit(...points(), {
    epochs: values.length,
    verbose: 0,
    callbacks: [new Weights(), new Scripted(name, values), callback],
  });
  return { model, weights, epochs: epoch.length, history };
}

describe("EarlyStopping", () => {
  const stop = async (values: readonly number[], options: EarlyStoppingOptions) => {
    const callback = new EarlyStopping({ monitor: "loss", ...options });
    return { ...(await run(values, callback)), callback };
  };

  test.each<
    [string, number[], EarlyStoppingOptions, { epochs: number; best: number; bestEpoch: number; stopped: number }]
  >([
    ["at once by default", [3, 2, 2, 1], {}, { epochs: 3, best: 2, bestEpoch: 1, stopped: 2 }],
    ["after `patience` epochs", [3, 4, 4, 4, 1], { patience: 3 }, { epochs: 4, best: 3, bestEpoch: 0, stopped: 3 }],
    ["not after the first epoch", [Number.NaN, 5, 6, 1], {}, { epochs: 3, best: 5, bestEpoch: 1, stopped: 2 }],
    ["never while it gets better", [3, 2, 1], {}, { epochs: 3, best: 1, bestEpoch: 2, stopped: 0 }],
    [
      "a change below minDelta is none",
      [3, 2.9, 2.8, 1],
      { minDelta: 0.5 },
      { epochs: 2, best: 3, bestEpoch: 0, stopped: 1 },
    ],
    ["larger is better with max", [1, 2, 1.5, 9], { mode: "max" }, { epochs: 3, best: 2, bestEpoch: 1, stopped: 2 }],
    [
      "not in the first epochs",
      [1, 2, 3, 4, 5],
      { startFromEpoch: 2 },
      { epochs: 4, best: 3, bestEpoch: 2, stopped: 3 },
    ],
    [
      "better than before but not than the baseline counts as waiting",
      [5, 4, 3, 2],
      { baseline: 1, patience: 2 },
      { epochs: 4, best: 2, bestEpoch: 3, stopped: 0 },
    ],
    [
      "worse while the baseline was never beaten",
      [5, 4, 4.5, 2],
      { baseline: 1, patience: 3 },
      { epochs: 3, best: 4, bestEpoch: 1, stopped: 2 },
    ],
    [
      "beating the baseline starts the count anew",
      [5, 0.5, 0.6, 0.7, 0.8],
      { baseline: 1, patience: 3 },
      { epochs: 5, best: 0.5, bestEpoch: 1, stopped: 4 },
    ],
    ["NaN is never better", [2, NaN, NaN, 1], { patience: 2 }, { epochs: 3, best: 2, bestEpoch: 0, stopped: 2 }],
  ])("stops: %s", async (_, values, options, expected) => {
    const { epochs, callback } = await stop(values, options);
    expect({ epochs, best: callback.best, bestEpoch: callback.bestEpoch, stopped: callback.stoppedEpoch }).toEqual(
      expected,
    );
  });

  test("an accuracy is better when it is larger", async () => {
    const callback = new EarlyStopping({ monitor: "valAccuracy" });
    const { epochs } = await run([0.5, 0.6, 0.55, 0.9], callback, "valAccuracy");
    expect([epochs, callback.best]).toEqual([3, 0.6]);
  });

  test("restores the weights of the best epoch, also where it did not stop", async () => {
    const { model, weights } = await stop([3, 1, 2], { restoreBestWeights: true, patience: 5 });
    expect(weights[2]).not.toBe(weights[1]);
    expect(await weightOf(model)).toBe(weights[1]);
  });

  test("leaves the last weights where it should not restore", async () => {
    const { model, weights } = await stop([3, 1, 2, 0], {});
    expect(weights.length).toBe(3);
    expect(await weightOf(model)).toBe(weights[2]);
  });

  test("restores the first epoch's where no number was ever better than NaN", async () => {
    const { model, weights, callback } = await stop([NaN, NaN, NaN], { restoreBestWeights: true, patience: 9 });
    expect(callback.bestEpoch).toBe(0);
    expect(await weightOf(model)).toBe(weights[0]);
  });

  test("is as new in a second fit", async () => {
    const callback = new EarlyStopping({ monitor: "loss", patience: 1 });
    await run([1, 2], callback);
    const { epochs } = await run([5, 4, 3], callback);
    expect([epochs, callback.stoppedEpoch, callback.best]).toEqual([3, 0, 3]);
  });

  test("a number that does not exist: the message lists the others", async () => {
    await expect(run([1], new EarlyStopping({ monitor: "valLoss" }))).rejects.toThrow(ValueError);
    await expect(run([1], new EarlyStopping({ monitor: "lss" }))).rejects.toThrow(/"lss".*"?loss/);
  });

  test("waits for the next validation in epochs without one", async () => {
    const model = line();
    const callback = new EarlyStopping({ patience: 1 });
    const { epoch, history } = await model.fit(...points(), {
      epochs: 4,
      verbose: 0,
      validationFreq: 2,
      validationData: points(),
      callbacks: [callback],
    });
    expect([epoch.length, history.valLoss?.length, callback.bestEpoch]).toEqual([4, 2, 3]);
  });

  test("auto takes the larger for the metrics of which Keras says so, whatever they are called", async () => {
    const x = tensor([[0], [1]]);
    const best = async (monitor: string, ...list: readonly Metric[]): Promise<number | undefined> => {
      const model = new Sequential([new Dense(1, { activation: "sigmoid" })]);
      model.compile({ optimizer: "sgd", loss: "mse", metrics: list });
      const stop = new EarlyStopping({ monitor, patience: 9 });
      const scripted = new Scripted(monitor, [1, 3, 2]);
      await model.fit(x, x, { epochs: 3, verbose: 0, callbacks: [scripted, stop] });
      return stop.best;
    };
    for (const name of [
      ..."meanIoU oneHotMeanIoU binaryIoU cosineSimilarity pearsonCorrelation concordanceCorrelation".split(" "),
      ..."sensitivityAtSpecificity specificityAtSensitivity r2Score f1Score topKCategoricalAccuracy".split(" "),
    ])
      expect([name, await best(name)]).toEqual([name, 3]);
    expect(await best("overlap", new BinaryIoU({ name: "overlap" }))).toBe(3);
    expect(await best("distance", new MeanSquaredError({ name: "distance" }))).toBe(1);
    expect(await best("score_loss")).toBe(1);
  });

  test("refuses epochs that are none", () => {
    expect(() => new EarlyStopping({ patience: -1 })).toThrow(/EarlyStopping: patience is -1/);
    expect(() => new EarlyStopping({ startFromEpoch: 0.5 })).toThrow(ValueError);
    expect(() => new ReduceLROnPlateau({ patience: 1.5 })).toThrow(/ReduceLROnPlateau: patience is 1.5/);
    expect(() => new ReduceLROnPlateau({ cooldown: -1 })).toThrow(ValueError);
    expect(() => new ReduceLROnPlateau({ minLr: -1 })).toThrow(ValueError);
  });

  test("refuses an unknown mode", () => {
    expect(() => new EarlyStopping({ mode: "mix" as "min" })).toThrow(/EarlyStopping.*"mix".*min/);
  });
});

describe("ReduceLROnPlateau", () => {
  const rates = async (values: readonly number[], options: ReduceLROnPlateauOptions) =>
    (await run(values, new ReduceLROnPlateau({ monitor: "loss", factor: 0.5, ...options }))).history.learningRate;

  test("multiplies the rate after `patience` epochs that are not better, again and again", async () => {
    // The logs hold the rate that an epoch was trained with.
    expect(await rates([1, 2, 2, 2, 2, 2], { patience: 2 })).toEqual([0.1, 0.1, 0.1, 0.05, 0.05, 0.025]);
  });
  test("waits `cooldown` epochs after it acted", async () => {
    expect(await rates([1, 2, 2, 2, 2, 2], { patience: 1, cooldown: 2 })).toEqual([0.1, 0.1, 0.05, 0.05, 0.025, 0.025]);
  });
  test("never goes below minLr", async () => {
    expect(await rates([1, 2, 2, 2], { patience: 1, minLr: 0.04 })).toEqual([0.1, 0.1, 0.05, 0.04]);
  });
  test("does not raise a rate that is below minLr", async () => {
    expect(await rates([1, 2, 2], { patience: 1, minLr: 0.2 })).toEqual([0.1, 0.1, 0.1]);
  });
  test("a change below minDelta is none", async () => {
    expect(await rates([1, 0.9999, 0.9, 0.8], { patience: 1, minDelta: 0.01 })).toEqual([0.1, 0.1, 0.05, 0.05]);
  });
  test("refuses a factor that does not lower the rate", () => {
    expect(() => new ReduceLROnPlateau({ factor: 1 })).toThrow(ValueError);
  });
  test("says that a schedule decides the rate already", async () => {
    const model = new Sequential([new Dense(1)]);
    model.compile({ optimizer: { className: "sgd", config: { learningRate: 0.1 } }, loss: "mse" });
    model.optimizer.learningRate = () => 0.1;
    const callbacks = [new Scripted("loss", [1, 2]), new ReduceLROnPlateau({ monitor: "loss", patience: 1 })];
    await expect(model.fit(...points(), { epochs: 2, verbose: 0, callbacks })).rejects.toThrow(/schedule/);
  });
});

describe("LearningRateScheduler", () => {
  test("sets the rate of each epoch before it", async () => {
    const model = line(0.5);
    const seen: number[][] = [];
    const schedule = (epoch: number, rate: number): number => {
      seen.push([epoch, rate]);
      return rate / 2;
    };
    const { history } = await model.fit(...points(), {
      epochs: 4,
      initialEpoch: 1,
      verbose: 0,
      callbacks: [new LearningRateScheduler(schedule)],
    });
    expect(seen).toEqual([
      [1, 0.5],
      [2, 0.25],
      [3, 0.125],
    ]);
    expect(history.learningRate).toEqual([0.25, 0.125, 0.0625]);
  });
  test("a rate of 0 stops learning", async () => {
    const model = line();
    await model.fit(...points(), { epochs: 2, verbose: 0, callbacks: [new LearningRateScheduler(() => 0)] });
    expect(await weightOf(model)).toBe(0);
  });
  test("refuses what is no number", async () => {
    const callback = new LearningRateScheduler(() => "fast" as unknown as number);
    await expect(run([1], callback)).rejects.toThrow(/LearningRateScheduler.*fast/);
  });
});

describe("TerminateOnNaN", () => {
  test.each([Number.NaN, Number.POSITIVE_INFINITY])("stops after the step whose loss is %s", async (value) => {
    const model = line();
    let steps = 0;
    class Count extends Callback {
      override onTrainBatchEnd(): void {
        steps++;
      }
    }
    const x = tensor([[1], [value], [1], [1]]);
    const { epoch } = await model.fit(x, x, {
      epochs: 3,
      batchSize: 1,
      shuffle: false,
      verbose: 0,
      callbacks: [new Count(), new TerminateOnNaN()],
    });
    expect([steps, epoch.length]).toEqual([2, 1]);
  });
  test("raises where it is asked to", async () => {
    const x = tensor([[1], [Number.NaN]]);
    const options = { batchSize: 1, shuffle: false, verbose: 0 } as const;
    const callbacks = [new TerminateOnNaN({ raiseError: true })];
    await expect(line().fit(x, x, { ...options, callbacks })).rejects.toThrow(
      /TerminateOnNaN: the loss is NaN after step 1/,
    );
  });
  test("without it, fit goes on", async () => {
    const x = tensor([[Number.NaN]]);
    const { history } = await line().fit(x, x, { epochs: 3, verbose: 0 });
    expect(history.loss).toEqual([NaN, NaN, NaN]);
  });
});

describe("ModelCheckpoint", () => {
  const files = (): string[] => readdirSync(folder).sort();
  const save = (values: readonly number[], name: string, options: ModelCheckpointOptions) =>
    run(values, new ModelCheckpoint(join(folder, name), { monitor: "loss", ...options }));

  test("saves after every epoch, under a path made from its numbers", async () => {
    await save([0.5, 0.25], "w-{epoch:02}-{loss:.2}.safetensors", {});
    expect(files()).toEqual(["w-01-0.50.safetensors", "w-02-0.25.safetensors"]);
  });

  test("what it saves are the weights of that epoch", async () => {
    const { weights } = await save([1, 2, 3], "{epoch}", {});
    for (const [i, expected] of weights.entries()) {
      const model = line();
      await model.loadWeights(join(folder, String(i + 1)));
      expect(await weightOf(model)).toBe(expected);
    }
  });

  test("saves better epochs only", async () => {
    await save([3, 4, 2, 2], "{epoch}", { saveBestOnly: true });
    expect(files()).toEqual(["1", "3"]);
  });
  test("saves only what beats the threshold", async () => {
    await save([3, 4, 2, 1], "{epoch}", { saveBestOnly: true, initialValueThreshold: 2 });
    expect(files()).toEqual(["4"]);
  });
  test("saves the larger with max", async () => {
    await save([3, 4, 2, 5], "{epoch}", { saveBestOnly: true, mode: "max" });
    expect(files()).toEqual(["1", "2", "4"]);
  });

  test("saves after so many steps, counted over epochs", async () => {
    const steps: number[] = [];
    let step = 0;
    class Watch extends Callback {
      override onTrainBatchEnd(): void {
        step++;
        if (existsSync(join(folder, "w"))) {
          steps.push(step);
          rmSync(join(folder, "w"));
        }
      }
    }
    await line().fit(...points(), {
      epochs: 2,
      batchSize: 1,
      verbose: 0,
      callbacks: [new ModelCheckpoint(join(folder, "w"), { saveFreq: 3 }), new Watch()],
    });
    expect(steps).toEqual([3, 6]);
  });

  test("makes missing folders", async () => {
    await save([1], "a/b/w", {});
    expect(existsSync(join(folder, "a/b/w"))).toBe(true);
  });

  test.each([
    ["{epoch}", "8"],
    ["{epoch:03}", "008"],
    ["{epoch:02d}", "08"],
    ["{valLoss:.3f}", "0.123"],
    ["{valLoss:.1}-{epoch:1}", "0.1-8"],
    ["{valLoss}", "0.1234"],
    ["plain", "plain"],
  ])("the path %s becomes %s", (path, expected) => {
    expect(new ModelCheckpoint(path).pathFor(7, { valLoss: 0.1234 })).toBe(expected);
  });
  test.each(["{valloss}", "{epoch:x}", "{}", "{toString}"])("refuses the path %s", (path) => {
    expect(() => new ModelCheckpoint(path).pathFor(0, { valLoss: 1 })).toThrow(ValueError);
  });
  test.each([0, -1, 1.5, "step" as "epoch"])("refuses saveFreq %s", (saveFreq) => {
    expect(() => new ModelCheckpoint("w", { saveFreq })).toThrow(/saveFreq/);
  });
});

describe("CSVLogger", () => {
  const path = (): string => join(folder, "log.csv");
  const text = (): string => readFileSync(path(), "utf8");

  test("writes a header and a line for each epoch", async () => {
    await run([0.5, 0.25], new CSVLogger(path()));
    expect(text()).toBe("epoch,loss\n0,0.5\n1,0.25\n");
  });
  test("overwrites an old file, unless it should append", async () => {
    await run([1], new CSVLogger(path()));
    await run([2], new CSVLogger(path()));
    expect(text()).toBe("epoch,loss\n0,2\n");
    await run([3], new CSVLogger(path(), { append: true }));
    expect(text()).toBe("epoch,loss\n0,2\n0,3\n");
  });
  test("appends in the order of the file's columns, also where its last line was cut off", async () => {
    writeFileSync(path(), "epoch;other;loss\r\n0;7;1");
    await run([2], new CSVLogger(path(), { append: true, separator: ";" }));
    expect(text()).toBe("epoch;other;loss\r\n0;7;1\n0;;2\n");
  });
  test("begins a file that is missing although it should append", async () => {
    await run([2], new CSVLogger(path(), { append: true }));
    expect(text()).toBe("epoch,loss\n0,2\n");
  });
  test("gets a column for what appears later", async () => {
    class Late extends Callback {
      override onEpochEnd(epoch: number, logs: Record<string, number>): void {
        if (epoch === 1) logs.valLoss = 7;
      }
    }
    await line().fit(...points(), {
      epochs: 3,
      verbose: 0,
      callbacks: [new Scripted("loss", [1, 2, 3]), new Late(), new CSVLogger(path())],
    });
    expect(text()).toBe("epoch,loss,valLoss\n0,1,\n1,2,7\n2,3,\n");
  });
  test("a folder that is missing is a clear error, before any training", async () => {
    const model = line();
    const callbacks = [new CSVLogger(join(folder, "none", "log.csv"))];
    await expect(model.fit(...points(), { verbose: 0, callbacks })).rejects.toThrow(DataError);
    expect(await weightOf(model)).toBe(0);
  });
});

describe("ModelCheckpoint by the path's ending", () => {
  test.each(["m.keras", "m.h5", "m.hdf5"])("%s: a model that goes on training", async (name) => {
    const model = line();
    const [x, y] = points();
    await model.fit(x, y, { verbose: 0, callbacks: [new ModelCheckpoint(join(folder, name))] });
    const loaded = await loadModel(join(folder, name));
    expect(await loaded.getWeights()[0]?.data()).toEqual(await model.getWeights()[0]?.data());
    expect(await loaded.trainOnBatch(x, y)).toEqual({ loss: (await model.evaluate(x, y, { verbose: 0 })).loss });
  });

  test.each(["m.weights.h5", "m.npz", "m.safetensors", "m"])("%s: weights", async (name) => {
    const [model, other] = [line(), line()];
    await model.fit(...points(), { verbose: 0, callbacks: [new ModelCheckpoint(join(folder, name))] });
    await other.loadWeights(join(folder, name));
    expect(await weightOf(other)).toBe(await weightOf(model));
  });

  test("an ending that does not fit is refused", () => {
    for (const [path, saveWeightsOnly] of [
      ["m.keras", true],
      ["m.safetensors", false],
      ["m.weights.h5", false],
    ] as const)
      expect(() => new ModelCheckpoint(path, { saveWeightsOnly })).toThrow(ValueError);
    new ModelCheckpoint("m.h5", { saveWeightsOnly: true });
  });
});

describe("LambdaCallback", () => {
  test("every hook, with the model at hand", async () => {
    const hooks = Object.getOwnPropertyNames(Callback.prototype).filter((name) => name.startsWith("on"));
    const seen = new Set<string>();
    const model = line();
    const callback = new LambdaCallback(
      Object.fromEntries(
        hooks.map((name) => [
          name,
          function (this: LambdaCallback) {
            if (this.model === model) seen.add(name);
          },
        ]),
      ),
    );
    const [x, y] = points();
    await model.fit(x, y, { verbose: 0, validationData: [x, y], callbacks: [callback] });
    await model.predict(x, { verbose: 0, callbacks: [callback] });
    expect([...seen].sort()).toEqual(hooks.sort());
  });

  test("an unknown hook names the nearest", () => {
    expect(() => new LambdaCallback({ onEpochEnds: () => undefined } as never)).toThrow(/onEpochEnd/);
  });
});

describe("custom callbacks", () => {
  class Trace extends Callback {
    readonly #name: string;
    readonly #seen: string[];
    constructor(name: string, seen: string[]) {
      super();
      this.#name = name;
      this.#seen = seen;
    }
    async #note(text: string): Promise<void> {
      this.#seen.push(`${this.#name} ${text} begins`);
      await new Promise((resolve) => setTimeout(resolve, 1));
      this.#seen.push(`${this.#name} ${text}`);
    }
    override onTrainBegin = () => this.#note("train");
    override onTrainEnd = () => this.#note("/train");
    override onEpochBegin = (epoch: number) => this.#note(`epoch ${epoch}`);
    override onEpochEnd = (epoch: number) => this.#note(`/epoch ${epoch}`);
    override onTrainBatchBegin = (step: number) => this.#note(`step ${step}`);
    override onTrainBatchEnd = (step: number) => this.#note(`/step ${step}`);
    override onTestBegin = () => this.#note("test");
    override onTestEnd = () => this.#note("/test");
    override onTestBatchEnd = (step: number) => this.#note(`/test step ${step}`);
    override onPredictBegin = () => this.#note("predict");
    override onPredictEnd = () => this.#note("/predict");
    override onPredictBatchEnd = (step: number) => this.#note(`/predict step ${step}`);
  }

  test("hooks come in order, each awaited, callback after callback", async () => {
    const seen: string[] = [];
    const [x, y] = points();
    const callbacks = [new Trace("a", seen), new Trace("b", seen)];
    await line().fit(x, y, { verbose: 0, batchSize: 2, validationData: [x, y], validationBatchSize: 4, callbacks });
    const hooks = [
      "train",
      "epoch 0",
      "step 0",
      "/step 0",
      "step 1",
      "/step 1",
      "test",
      "/test step 0",
      "/test",
      "/epoch 0",
      "/train",
    ];
    expect(seen).toEqual(hooks.flatMap((hook) => [`a ${hook} begins`, `a ${hook}`, `b ${hook} begins`, `b ${hook}`]));
  });

  test("evaluate and predict have hooks of their own", async () => {
    const seen: string[] = [];
    const [x, y] = points();
    const model = line();
    await model.evaluate(x, y, { verbose: 0, batchSize: 2, callbacks: [new Trace("a", seen)] });
    await model.predict(x, { batchSize: 2, callbacks: [new Trace("a", seen)] });
    expect(seen.filter((text) => !text.endsWith("begins"))).toEqual([
      "a test",
      "a /test step 0",
      "a /test step 1",
      "a /test",
      "a predict",
      "a /predict step 0",
      "a /predict step 1",
      "a /predict",
    ]);
  });

  test("know the model, the plan, and the numbers so far in the epoch", async () => {
    const model = line();
    const seen: unknown[] = [];
    class Watch extends Callback {
      override onTrainBegin(plan: object): void {
        seen.push(this.model === model, plan);
      }
      override async onTrainBatchEnd(
        _step: number,
        logs: () => Promise<Readonly<Record<string, number>>>,
      ): Promise<void> {
        const { loss } = await logs();
        expect((await logs()).loss).toBe(loss);
        seen.push(loss);
      }
    }
    const x = tensor([[1], [1]]);
    const y = tensor([[1], [0]]);
    await model.fit(x, y, { batchSize: 1, shuffle: false, verbose: 0, callbacks: [new Watch()] });
    // w is 0, then 0 - 0.1 * -2 = 0.2: losses 1 and 0.04, whose running mean is 0.52
    expect(seen.slice(0, 2)).toEqual([
      true,
      { epochs: 1, initialEpoch: 0, isResumed: false, steps: 2, validationFreq: undefined },
    ]);
    expect(seen[2]).toBe(1);
    expect(seen[3]).toBeCloseTo(0.52, 6);
  });

  test("stopTraining in a batch hook ends the epoch after that step, in an epoch hook after that epoch", async () => {
    let steps = 0;
    class Stop extends Callback {
      override onTrainBatchEnd(step: number): void {
        steps++;
        if (step === 1) this.model.stopTraining = true;
      }
    }
    const [x, y] = points();
    const { epoch } = await line().fit(x, y, { epochs: 5, batchSize: 1, verbose: 0, callbacks: [new Stop()] });
    expect([steps, epoch.length]).toEqual([2, 1]);
    class StopEpoch extends Callback {
      override onEpochEnd(at: number): void {
        this.model.stopTraining = at === 2;
      }
    }
    const model = line();
    expect((await model.fit(x, y, { epochs: 5, verbose: 0, callbacks: [new StopEpoch()] })).epoch).toEqual([0, 1, 2]);
    expect((await model.fit(x, y, { epochs: 2, verbose: 0 })).epoch).toEqual([0, 1]);
  });

  test("all of them hear of the end, also when one throws there", async () => {
    let heard = 0;
    class End extends Callback {
      override onTrainEnd(): void {
        heard++;
        throw new Error(`end ${heard}`);
      }
    }
    await expect(line().fit(...points(), { verbose: 0, callbacks: [new End(), new End()] })).rejects.toThrow("end 1");
    expect(heard).toBe(2);
  });
});

test("History holds each number of each epoch", async () => {
  const [x, y] = points();
  const model = line();
  model.compile({ optimizer: "sgd", loss: "mse", metrics: ["mae"] });
  const options = { epochs: 5, initialEpoch: 2, verbose: 0, validationData: [x, y] } as const;
  const { epoch, history } = await model.fit(x, y, options);
  expect(epoch).toEqual([2, 3, 4]);
  expect(Object.keys(history)).toEqual(["loss", "mae", "valLoss", "valMae"]);
  for (const values of Object.values(history)) expect(values.length).toBe(3);
  const { loss, mae } = await model.evaluate(x, y, { verbose: 0 });
  expect([history.valLoss?.at(-1), history.valMae?.at(-1)]).toEqual([loss, mae]);
});
