/** A run of fit that is cut off and goes on from a checkpoint ends as one that was never cut off: to the last bit. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GradientTape } from "@crease/autograd";
import { DataError, ValueError } from "@crease/backend";
import { Dataset } from "@crease/datasets";
import { readSafetensors, writeSafetensors } from "@crease/files";
import { BatchNormalization, Dense, Dropout, GaussianNoise, Input, type Layer } from "@crease/layers";
import { Mean, MeanIoU, type Metric, Sum } from "@crease/metrics";
import {
  BackupAndRestore,
  type BackupAndRestoreOptions,
  type Batch,
  type BatchLogs,
  Callback,
  type CompileOptions,
  CSVLogger,
  EarlyStopping,
  encodeCheckpoint,
  encodeWeights,
  type FitOptions,
  type History,
  LambdaCallback,
  LearningRateScheduler,
  Model,
  ModelCheckpoint,
  ReduceLROnPlateau,
  type SafePoint,
  Sequential,
  type State,
  SwapEMAWeights,
  TerminateOnNaN,
} from "@crease/models";
import { Adam, ExponentialDecay, SGD } from "@crease/optimizers";
import { getRandomState, randomNormal, setRandomSeed, type Tensor, type TensorLike, tensor } from "@crease/tensor";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "crease-resume-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const count = 22;
const x = randomNormal([count, 3], { seed: 5 });
const y = randomNormal([count, 2], { seed: 6 }).argMax(1).cast("int32");

/** What one kind of training is made of, anew for each run. */
interface Kind {
  readonly layers?: () => Layer[];
  readonly isBuilt?: boolean;
  readonly compile?: () => CompileOptions;
  readonly fit?: () => FitOptions;
  readonly data?: () => Dataset;
}

function modelOf({ layers = () => [new Dense(4, { activation: "tanh" })], isBuilt = true, compile }: Kind): Sequential {
  const model = new Sequential([
    ...(isBuilt ? [Input({ shape: [3] })] : []),
    ...layers(),
    new Dense(2, { activation: "softmax" }),
  ]);
  model.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"], ...compile?.() });
  return model;
}

/** The loss after each step, under `epoch.step`. */
class Losses extends Callback {
  readonly seen: Record<string, number> = {};
  #epoch = 0;
  override onEpochBegin(epoch: number): void {
    this.#epoch = epoch;
  }
  override async onTrainBatchEnd(step: number, logs: BatchLogs): Promise<void> {
    this.seen[`${this.#epoch}.${step}`] = (await logs()).loss as number;
  }
}

/** Takes a checkpoint at one moment and ends the run by an error, as a killed process would. */
class Cut extends Callback {
  checkpoint: Uint8Array | undefined;
  readonly #at: string;
  constructor(at: string) {
    super();
    this.#at = at;
  }
  override async onSafePoint(point: SafePoint): Promise<void> {
    if (`${point.epoch}.${point.step}` !== this.#at) return;
    this.checkpoint = await point.encode();
    throw new Error("cut");
  }
}

interface Outcome {
  readonly history: History;
  readonly losses: Readonly<Record<string, number>>;
  readonly weights: readonly unknown[];
}

async function run(kind: Kind, last: Callback, resumeFrom?: Uint8Array): Promise<Outcome> {
  const model = modelOf(kind);
  const losses = new Losses();
  const { callbacks = [], ...options } = kind.fit?.() ?? {};
  const given: FitOptions = {
    epochs: 4,
    batchSize: 4,
    verbose: 0,
    ...options,
    callbacks: [losses, ...callbacks, last],
    ...(resumeFrom && { resumeFrom }),
  };
  const history = await (kind.data === undefined ? model.fit(x, y, given) : model.fit(kind.data(), null, given));
  return {
    history,
    losses: losses.seen,
    weights: await Promise.all(model.getWeights().map((weight) => weight.data())),
  };
}

/** Runs once as a whole, and once cut at `at` and resumed by another model in another state of the random stream. */
async function compare(kind: Kind, at: string): Promise<{ readonly whole: Outcome; readonly resumed: Outcome }> {
  setRandomSeed(1);
  const whole = await run(kind, new LambdaCallback({}));
  setRandomSeed(1);
  const cut = new Cut(at);
  await expect(run(kind, cut)).rejects.toThrow("cut");
  setRandomSeed(2);
  const resumed = await run(kind, new LambdaCallback({}), cut.checkpoint);
  return { whole, resumed };
}

function expectEqual({ whole, resumed }: Awaited<ReturnType<typeof compare>>): void {
  const keys = Object.keys(resumed.losses);
  expect(resumed.losses).toEqual(Object.fromEntries(keys.map((key) => [key, whole.losses[key]])));
  expect(Object.keys(whole.losses).slice(-keys.length || undefined)).toEqual(keys.length ? keys : expect.anything());
  expect({ ...resumed.history.history }).toEqual({ ...whole.history.history });
  expect(resumed.history.epoch).toEqual(whole.history.epoch);
  expect(resumed.weights).toEqual(whole.weights);
}

const validationSplit = 0.3;
const kinds: Record<string, Kind> = {
  "shuffled data": {},
  "data in their order": { fit: () => ({ shuffle: false }) },
  "dropout and noise from the program's stream": {
    layers: () => [new Dropout(0.4), new Dense(4), new GaussianNoise(0.1)],
  },
  "dropout with a seed": {
    layers: () => [new Dropout(0.4, { seed: 3 }), new Sequential([new Dropout(0.2, { seed: 3 })])],
  },
  "moving statistics": { layers: () => [new Dense(4), new BatchNormalization()] },
  "a model that the first batch builds": {
    isBuilt: false,
    layers: () => [new Dropout(0.4, { seed: 3 }), new Dense(3)],
  },
  "sgd with momentum, and metrics with a large state": {
    compile: () => ({
      optimizer: new SGD({ learningRate: 0.1, momentum: 0.9, nesterov: true }),
      metrics: [new MeanIoU({ numClasses: 2, sparseYPred: false }), "accuracy"],
    }),
  },
  "averaged weights": { compile: () => ({ optimizer: new Adam({ useEma: true, emaMomentum: 0.9 }) }) },
  "averaged weights that overwrite": {
    compile: () => ({ optimizer: new Adam({ useEma: true, emaOverwriteFrequency: 3 }) }),
  },
  "averaged weights that stay in the model from epoch to epoch": {
    compile: () => ({ optimizer: new Adam({ useEma: true, emaMomentum: 0.9 }) }),
    fit: () => ({ callbacks: [new SwapEMAWeights({ swapOnEpoch: true })] }),
  },
  "gradients gathered over steps": { compile: () => ({ optimizer: new Adam({ gradientAccumulationSteps: 4 }) }) },
  "a schedule": {
    compile: () => ({
      optimizer: new SGD({
        learningRate: new ExponentialDecay({ initialLearningRate: 0.5, decaySteps: 3, decayRate: 0.5 }),
      }),
    }),
  },
  "a rate set by epoch": {
    fit: () => ({ callbacks: [new LearningRateScheduler((epoch, rate) => (epoch === 0 ? rate : rate / 2))] }),
  },
  "validation, a rate that falls and an early stop": {
    compile: () => ({ optimizer: new Adam({ learningRate: 0.5 }) }),
    fit: () => ({
      epochs: 8,
      validationSplit,
      callbacks: [
        new ReduceLROnPlateau({ patience: 1, minDelta: 0.1 }),
        new EarlyStopping({ patience: 3, minDelta: 0.2, restoreBestWeights: true }),
      ],
    }),
  },
  "epochs that begin amid the data": { fit: () => ({ stepsPerEpoch: 5 }) },
  "a data set with shuffles of its own": {
    data: () =>
      Dataset.fromTensors(x, y)
        .shuffle()
        .map(([row, label]) => [(row as Tensor).mul(2), label])
        .shuffle({ bufferSize: 7 })
        .batch(4)
        .prefetch(2),
  },
  "a data set with shuffles of its own, cut anew into epochs": {
    data: () => Dataset.fromTensors(x, y).shuffle().batch(4),
    fit: () => ({ stepsPerEpoch: 5 }),
  },
};

describe.each(Object.entries(kinds))("%s", (_, kind) => {
  test.each([
    ["between two epochs", "2.0"],
    ["amid an epoch", "1.2"],
    ["behind the last step of an epoch", "2.5"],
    ["after the first step", "0.1"],
  ])("%s", async (_, at) => {
    const isShort = kind.fit?.().validationSplit === validationSplit;
    expectEqual(await compare(kind, isShort && at === "2.5" ? "2.4" : at));
  });
});

/** Training that is cut off at the beginning of epoch `epoch`. */
const failingAt = (epoch: number): LambdaCallback =>
  new LambdaCallback({
    onEpochBegin: (now) => {
      if (now === epoch) throw new Error("cut");
    },
  });
const passing = (): LambdaCallback => new LambdaCallback({});

describe("BackupAndRestore", () => {
  const train = async (options: FitOptions): Promise<readonly unknown[]> => {
    const model = modelOf({});
    await model.fit(x, y, { epochs: 4, batchSize: 4, verbose: 0, ...options });
    return Promise.all(model.getWeights().map((weight) => weight.data()));
  };
  const wholeRun = (): Promise<readonly unknown[]> => {
    setRandomSeed(1);
    return train({});
  };

  test.each<[string, BackupAndRestoreOptions]>([
    ["after each epoch", {}],
    ["after some steps", { saveFreq: 4 }],
    ["with two checkpoints", { doubleCheckpoint: true }],
  ])("goes on where it stood: %s", async (_, options) => {
    const whole = await wholeRun();
    setRandomSeed(1);
    const backup = (): BackupAndRestore => new BackupAndRestore(join(folder, "backup"), options);
    for (const epoch of [1, 3]) await expect(train({ callbacks: [failingAt(epoch), backup()] })).rejects.toThrow("cut");
    expect(await train({ callbacks: [passing(), backup()] })).toEqual(whole);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("an aborted run is one to go on with", async () => {
    const whole = await wholeRun();
    setRandomSeed(1);
    const backup = (): BackupAndRestore => new BackupAndRestore(folder, { saveFreq: 1 });
    const controller = new AbortController();
    const abort = new LambdaCallback({
      onTrainBatchEnd: (step) => {
        if (step === 2) controller.abort(new Error("enough"));
      },
    });
    await expect(train({ callbacks: [abort, backup()], signal: controller.signal })).rejects.toThrow("enough");
    expect(readdirSync(folder)).toEqual(["latest.safetensors"]);
    expect(await train({ callbacks: [passing(), backup()] })).toEqual(whole);
  });

  test("what was stopped early has come to its end", async () => {
    const stop = new LambdaCallback({
      onEpochEnd(this: LambdaCallback) {
        this.model.stopTraining = true;
      },
    });
    const backup = new BackupAndRestore(folder, { deleteCheckpoint: false });
    await train({ callbacks: [stop, backup] });
    const { epoch } = await modelOf({}).fit(x, y, {
      epochs: 4,
      batchSize: 4,
      verbose: 0,
      callbacks: [passing(), new BackupAndRestore(folder)],
    });
    expect(epoch).toEqual([0]);
    expect(existsSync(folder)).toBe(false);
  });

  test("a damaged checkpoint: the one before it, or DataError", async () => {
    const whole = await wholeRun();
    setRandomSeed(1);
    const backup = (doubleCheckpoint: boolean): BackupAndRestore => new BackupAndRestore(folder, { doubleCheckpoint });
    await expect(train({ callbacks: [failingAt(3), backup(true)] })).rejects.toThrow("cut");
    const { path } = backup(true);
    writeFileSync(path, readFileSync(path).subarray(0, -9));
    await expect(train({ callbacks: [passing(), backup(false)] })).rejects.toThrow(DataError);
    expect(await train({ callbacks: [passing(), backup(true)] })).toEqual(whole);
  });

  test("other files in its folder stay, a bad frequency is refused", async () => {
    writeFileSync(join(folder, "mine"), "");
    await train({ callbacks: [new BackupAndRestore(folder)] });
    expect(readdirSync(folder)).toEqual(["mine"]);
    for (const saveFreq of [0, 1.5]) expect(() => new BackupAndRestore(folder, { saveFreq })).toThrow(ValueError);
  });
});

describe("callbacks that write files", () => {
  test("CSVLogger takes away what will come again", async () => {
    const log = (name: string): CSVLogger => new CSVLogger(join(folder, name));
    const valued = { validationSplit, validationFreq: 2 };
    setRandomSeed(1);
    await run({ fit: () => ({ ...valued, callbacks: [log("whole.csv")] }) }, passing());
    setRandomSeed(1);
    const cut = new Cut("2.1");
    const cutRun = { fit: () => ({ ...valued, callbacks: [log("cut.csv")] }) };
    await expect(run(cutRun, cut)).rejects.toThrow("cut");
    // What a run writes that dies later than its last checkpoint.
    const text = readFileSync(join(folder, "cut.csv"), "utf8");
    writeFileSync(join(folder, "cut.csv"), `${text}2,9,9,9,9\n3,9`);
    await run(cutRun, passing(), cut.checkpoint);
    expect(readFileSync(join(folder, "cut.csv"), "utf8")).toBe(readFileSync(join(folder, "whole.csv"), "utf8"));
  });

  test("ModelCheckpoint remembers the best number and how far the next file is", async () => {
    const written = async (where: string, at: string | undefined): Promise<readonly string[]> => {
      const kind: Kind = {
        fit: () => ({
          callbacks: [
            new ModelCheckpoint(join(folder, where, "best-{epoch}"), { monitor: "loss", saveBestOnly: true }),
            new ModelCheckpoint(join(folder, where, "step-{epoch}-{loss}"), { saveFreq: 7 }),
          ],
        }),
      };
      setRandomSeed(1);
      if (at === undefined) await run(kind, passing());
      else {
        const cut = new Cut(at);
        await expect(run(kind, cut)).rejects.toThrow("cut");
        await run(kind, passing(), cut.checkpoint);
      }
      return readdirSync(join(folder, where));
    };
    const whole = await written("whole", undefined);
    expect(whole.filter((name) => name.startsWith("step"))).toHaveLength(3);
    expect(await written("cut", "2.0")).toEqual(whole);
    expect(await written("amid", "2.3")).toEqual(whole);
  });
});

describe("a training step of one's own with metrics in fields", () => {
  class Own extends Sequential {
    readonly lossMean: Mean = new Mean({ name: "lossMean" });
    readonly more: { readonly largest: Metric<[values: TensorLike]>[] } = { largest: [new Sum({ name: "sum" })] };
    override trainStep([input, label]: Batch): Record<string, Tensor> {
      const tape = new GradientTape();
      const loss = tape.record(() => {
        const yPred = this.apply(input as Tensor, { training: true });
        return this.computeLoss({ y: label, yPred, sampleWeight: undefined });
      });
      this.optimizer.apply(tape.gradient(loss, this.trainableWeights), this.trainableWeights);
      this.lossMean.update(loss);
      const [sum] = this.more.largest;
      sum?.update(loss);
      return { loss: this.lossMean.result(), sum: sum?.result() as Tensor };
    }
  }

  test.each(["0.2", "1.0", "1.3"])("%s", async (at) => {
    const train = async (last: Callback, resumeFrom?: Uint8Array): Promise<unknown[]> => {
      const model = new Own([Input({ shape: [3] }), new Dense(2, { activation: "softmax" })]);
      model.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy" });
      const more = resumeFrom && { resumeFrom };
      const options = { epochs: 3, batchSize: 4, verbose: 0, callbacks: [last], ...more } as const;
      const { history } = await model.fit(x, y, options);
      return [{ ...history }, await Promise.all(model.getWeights().map((weight) => weight.data()))];
    };
    setRandomSeed(1);
    const whole = await train(passing());
    // Each epoch begins with metrics anew.
    const { sum } = whole[0] as { sum: number[] };
    expect(Math.max(...sum)).toBeLessThan(1.2 * Math.min(...sum));
    setRandomSeed(1);
    const cut = new Cut(at);
    await expect(train(cut)).rejects.toThrow("cut");
    expect(await train(passing(), cut.checkpoint)).toEqual(whole);
  });
});

test("a functional model with several outputs, each with metrics of its own", async () => {
  const train = async (last: Callback, resumeFrom?: Uint8Array): Promise<unknown[]> => {
    const input = Input({ shape: [3] });
    const hidden = new Dropout(0.2).apply(new Dense(5, { activation: "tanh" }).apply(input));
    const [a, b] = [new Dense(2, { activation: "softmax", name: "a" }), new Dense(1, { name: "b" })];
    const model = new Model({ inputs: input, outputs: { a: a.apply(hidden), b: b.apply(hidden) } });
    model.compile({
      optimizer: "adam",
      loss: { a: "sparseCategoricalCrossentropy", b: "mse" },
      metrics: { a: ["accuracy"], b: ["mae", "mse"] },
    });
    const more = resumeFrom && { resumeFrom };
    const options = { epochs: 3, batchSize: 4, verbose: 0, callbacks: [last], ...more } as const;
    const { history } = await model.fit(x, { a: y, b: x.sum(1) }, options);
    return [{ ...history }, await Promise.all(model.getWeights().map((weight) => weight.data()))];
  };
  setRandomSeed(1);
  const whole = await train(passing());
  expect(Object.keys(whole[0] as object)).toEqual(["loss", "a_loss", "b_loss", "a_accuracy", "b_mae", "b_mse"]);
  for (const at of ["0.3", "1.0", "1.6"]) {
    setRandomSeed(1);
    const cut = new Cut(at);
    await expect(train(cut)).rejects.toThrow("cut");
    expect(await train(passing(), cut.checkpoint)).toEqual(whole);
  }
});

test("going on leaves memory as it was", async () => {
  const cut = new Cut("1.2");
  const kind: Kind = {
    compile: () => ({ optimizer: new Adam({ useEma: true }) }),
    fit: () => ({ callbacks: [new SwapEMAWeights({ swapOnEpoch: true })] }),
  };
  await expect(run(kind, cut)).rejects.toThrow("cut");
  const model = modelOf(kind);
  const resume = async (): Promise<ReturnType<typeof model.backend.memory>> => {
    await model.fit(x, y, {
      epochs: 2,
      batchSize: 4,
      verbose: 0,
      callbacks: [passing(), new SwapEMAWeights({ swapOnEpoch: true }), passing()],
      resumeFrom: cut.checkpoint as Uint8Array,
    });
    return model.backend.memory();
  };
  expect(await resume()).toEqual(await resume());
});

test("what a callback keeps comes back to the last bit, tensors too", async () => {
  const state: State = {
    numbers: [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0.1, 2 ** 53],
    text: "$tensor",
    flag: false,
    nothing: null,
    missing: undefined,
    nested: { deep: [{ tensor: tensor([-0, Number.NaN, 0.1]) }] },
  };
  let given: State | undefined;
  class Keeper extends Callback {
    override getState(): State {
      return state;
    }
    override async setState(back: State): Promise<void> {
      const { deep } = back.nested as { readonly deep: readonly { readonly tensor: Tensor }[] };
      given = { ...back, values: [...(await (deep[0] as { tensor: Tensor }).tensor.data())] };
    }
  }
  const cut = new Cut("1.0");
  const kind: Kind = { fit: () => ({ callbacks: [new Keeper()] }) };
  await expect(run(kind, cut)).rejects.toThrow("cut");
  await run(kind, passing(), cut.checkpoint);
  expect(given).toMatchObject({ numbers: state.numbers, text: "$tensor", flag: false, nothing: null });
  expect(given?.values).toEqual([...new Float32Array([-0, Number.NaN, 0.1])]);
  expect(Object.keys(given ?? {})).not.toContain("missing");
});

test("a state with what no file can hold is refused", async () => {
  for (const state of [{ run: () => undefined }, { $tensor: "x" }, { big: 1n }] as unknown[]) {
    class Keeper extends Callback {
      override getState(): State {
        return state as State;
      }
    }
    const cut = new Cut("1.0");
    await expect(run({ fit: () => ({ callbacks: [new Keeper()] }) }, cut)).rejects.toThrow(ValueError);
  }
});

test.each(["stopEpoch", "stopTraining"] as const)("%s holds for the run that goes on", async (flag) => {
  const stop = (): LambdaCallback =>
    new LambdaCallback({
      onTrainBatchEnd(this: LambdaCallback, step) {
        if (step === 2) this.model[flag] = true;
      },
    });
  expectEqual(await compare({ fit: () => ({ callbacks: [stop()] }) }, "0.3"));
});

test("a checkpoint is of the moment it was asked for, even where nobody waits for it", async () => {
  setRandomSeed(1);
  let early: Promise<Uint8Array> | undefined;
  const ask = new LambdaCallback({
    onSafePoint: (point) => {
      if (point.epoch === 1 && point.step === 2) early = point.encode();
    },
  });
  await run({}, ask);
  setRandomSeed(1);
  const cut = new Cut("1.2");
  await expect(run({}, cut)).rejects.toThrow("cut");
  expect((await early)?.length).toBe(cut.checkpoint?.length);
  const resumed = [await early, cut.checkpoint].map((checkpoint) => run({}, passing(), checkpoint));
  const [one, two] = await Promise.all(resumed);
  expect(one?.weights).toEqual(two?.weights);
});

describe("a checkpoint that does not fit", () => {
  const checkpointOf = async (kind: Kind, at = "1.2"): Promise<Uint8Array> => {
    const cut = new Cut(at);
    await expect(run(kind, cut)).rejects.toThrow("cut");
    return cut.checkpoint as Uint8Array;
  };

  test.each<[string, Kind, RegExp]>([
    ["another batch size", { fit: () => ({ batchSize: 5 }) }, /amid an epoch of 6 steps, the data make 5/],
    ["another optimizer", { compile: () => ({ optimizer: "sgd" }) }, /saved with Adam.*compiled with SGD/],
    [
      "another option of it",
      { compile: () => ({ optimizer: new Adam({ amsgrad: true }) }) },
      /there is no "velocityHat" of "kernel"/,
    ],
    ["another layer", { layers: () => [new Dense(5)] }, /"layers.0.kernel" is float32\[3,4\], not float32\[3,5\]/],
    ["fewer layers", { layers: () => [] }, /"layers\..*"/],
    [
      "another metric",
      { compile: () => ({ metrics: ["sparseTopKCategoricalAccuracy"] }) },
      /"accuracy", which is no metric/,
    ],
    ["other callbacks", { fit: () => ({ callbacks: [new TerminateOnNaN()] }) }, /states of 2 callbacks.*given 3/],
    ["other data", { data: () => Dataset.fromTensors(x, y).batch(4) }, /0 shuffles/],
  ])("%s", async (_, kind, message) => {
    const checkpoint = await checkpointOf({});
    await expect(run(kind, passing(), checkpoint)).rejects.toThrow(message);
  });

  test("weights alone, a state without a place in fit, no file", async () => {
    const model = modelOf({});
    await expect(run({}, passing(), await encodeWeights(model))).rejects.toThrow(/weights, but no state/);
    await expect(run({}, passing(), await encodeCheckpoint(model))).rejects.toThrow(/not made within fit/);
    await expect(model.fit(x, y, { resumeFrom: join(folder, "none"), verbose: 0 })).rejects.toThrow(DataError);
  });

  test.each<[string, (json: string) => string]>([
    ["no JSON", () => "{"],
    ["a list", () => "[]"],
    ["another version", (json) => json.replace('"version":1', '"version":2')],
    ["a step count that is none", (json) => json.replace(/"steps":\d+/, '"steps":-1')],
    ["a random state that is none", (json) => json.replace(/"key":\[\d+/, '"key":[-1')],
    ["an epoch that is none", (json) => json.replace('"epoch":1', '"epoch":"1"')],
    ["a tensor that is not there", (json) => json.replace('"$tensor":"metrics.loss.total"', '"$tensor":"x"')],
    ["a metric's state that is none", (json) => json.replace('{"$tensor":"metrics.loss.total"}', "3")],
    ["a seed that is none", (json) => json.replace(/"seeds":\[\d+/, '"seeds":[1e99')],
    ["deep nesting", (json) => json.replace('"callbacks":[', `"callbacks":[${"[".repeat(1e5)}${"]".repeat(1e5)},`)],
    ["a prototype", (json) => json.replace('"metrics":{', '"metrics":{"__proto__":{"isAdmin":1},')],
  ])("damaged: %s", async (_, damage) => {
    const { tensors, metadata } = readSafetensors(await checkpointOf({}));
    const json = damage(metadata.checkpoint as string);
    expect(json).not.toBe(metadata.checkpoint);
    const resumed = run({}, passing(), writeSafetensors(tensors, { checkpoint: json }));
    await expect(resumed).rejects.toSatisfy((error) => error instanceof DataError || error instanceof ValueError);
  });
});

describe("outside of fit", () => {
  test("training by batches goes on to the last bit", async () => {
    setRandomSeed(1);
    const kind: Kind = { layers: () => [new Dense(4), new Dropout(0.3)] };
    const one = modelOf(kind);
    for (let i = 0; i < 3; i++) await one.trainOnBatch(x, y);
    const path = join(folder, "new", "checkpoint");
    await one.saveCheckpoint(path);
    const more = async (model: Sequential): Promise<unknown[]> => [
      await model.trainOnBatch(x, y),
      await model.trainOnBatch(x, y),
      await Promise.all(model.getWeights().map((weight) => weight.data())),
    ];
    const whole = await more(one);
    const two = modelOf(kind);
    await two.trainOnBatch(x, y);
    setRandomSeed(2);
    await two.loadCheckpoint(path);
    expect(await more(two)).toEqual(whole);
  });

  test("a checkpoint is a file of weights too", async () => {
    const [one, two] = [modelOf({}), modelOf({})];
    await one.trainOnBatch(x, y);
    await two.loadWeights(await encodeCheckpoint(one));
    expect(await two.getWeights()[0]?.data()).toEqual(await one.getWeights()[0]?.data());
  });

  test("saving and loading leave memory as it was", async () => {
    const model = modelOf({ compile: () => ({ optimizer: new Adam({ useEma: true }) }) });
    await model.trainOnBatch(x, y);
    const before = model.backend.memory();
    for (let i = 0; i < 2; i++) await model.loadCheckpoint(await encodeCheckpoint(model));
    expect(model.backend.memory()).toEqual(before);
  });

  test("the names in the file", async () => {
    const model = modelOf({ compile: () => ({ optimizer: new SGD({ momentum: 0.9 }) }) });
    await model.trainOnBatch(x, y);
    const { tensors, metadata } = readSafetensors(await encodeCheckpoint(model));
    expect([...tensors.keys()].sort()).toEqual(
      [
        ...["layers.0", "layers.1"].flatMap((layer) =>
          ["bias", "kernel"].flatMap((name) => [`${layer}.${name}`, `optimizer.momentum.${layer}.${name}`]),
        ),
        ...["accuracy", "loss"].flatMap((name) => [`metrics.${name}.count`, `metrics.${name}.total`]),
      ].sort(),
    );
    expect(JSON.parse(metadata.checkpoint as string)).toMatchObject({
      version: 1,
      optimizer: { className: "SGD", steps: 1, learningRate: 0.01 },
      random: { position: getRandomState().position },
      metrics: { loss: { total: { $tensor: "metrics.loss.total" } } },
    });
  });

  test("before compile: ValueError", async () => {
    const model = new Sequential([Input({ shape: [1] }), new Dense(1)]);
    await expect(model.saveCheckpoint(join(folder, "x"))).rejects.toThrow(ValueError);
    expect(readdirSync(folder)).toEqual([]);
  });
});
