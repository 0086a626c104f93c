/** The training loop. */
import { ValueError } from "@crease/backend";
import { Dataset } from "@crease/datasets";
import type { Tensors } from "@crease/layers";
import { scope, type Tensor } from "@crease/tensor";
import { type Batch, disposeBatch, moveBatch } from "./batch.ts";
import { type Callback, CallbackList, type Logs } from "./callbacks/callback.ts";
import { History } from "./callbacks/history.ts";
import { type ClassWeight, weighByClass } from "./classWeight.ts";
import { runEvaluation } from "./evaluate.ts";
import type { Model } from "./model.ts";
import { Pacer } from "./pause.ts";
import { progressFor, type Verbosity } from "./progressLine.ts";
import { StepResults } from "./stepResults.ts";
import { batchesOf, rowsOf, type Samples, type Table, tableOf } from "./table.ts";

/** What fit takes besides samples and targets; names and defaults as Keras 3. */
export interface FitOptions {
  /** Default 1. */
  readonly epochs?: number;
  /** Samples in a step, default 32; 1 is stochastic, the number of samples is batch gradient descent. */
  readonly batchSize?: number;
  /** Whether each epoch has an order of its own, default true; a `Dataset` keeps its own order. */
  readonly shuffle?: boolean;
  /** Share of the samples, from the end and before shuffling, that is held out for validation; between 0 and 1. */
  readonly validationSplit?: number;
  /** `[x, y]`, `[x, y, sampleWeight]` or a `Dataset`, for validation after each epoch. */
  readonly validationData?: readonly [Samples, Samples, Samples?] | Dataset;
  /** Default `batchSize`. */
  readonly validationBatchSize?: number;
  /** Epochs from one validation to the next, default 1. */
  readonly validationFreq?: number;
  /** Weight of each sample, `[n]`. */
  readonly sampleWeight?: Samples;
  /** Weight of the samples of each class. */
  readonly classWeight?: ClassWeight;
  readonly callbacks?: readonly Callback[];
  /** The first epoch's number, where an earlier fit is continued; default 0. */
  readonly initialEpoch?: number;
  /** Steps in an epoch, for a `Dataset` that is not to be used up. */
  readonly stepsPerEpoch?: number;
  /** Ends training after the step under way; fit then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** `"auto"` draws a progress line in a terminal and prints a line for each epoch elsewhere in Node; 0 is silent, 1 draws, 2 prints. */
  readonly verbose?: Verbosity;
}

type AnyModel = Model<Tensors, Tensors>;

/** Trains `model`; see `Model.fit`. */
export async function fit(
  model: AnyModel,
  x: Samples | Dataset,
  y: Samples | undefined,
  options: FitOptions,
): Promise<History> {
  checkOptions(model, x, y, options);
  const history = new History();
  if (x instanceof Dataset) return train(model, x, validationOf(options), options, history);
  const table = tableOf("fit", x, y, options.sampleWeight);
  try {
    const split = splitOf(table, options.validationSplit);
    const { batchSize = 32, shuffle = true } = options;
    const data = batchesOf("fit", split.training, batchSize, shuffle);
    const held = split.validation;
    const validation =
      held === undefined
        ? validationOf(options)
        : withTable(held, batchesOf("fit", held, options.validationBatchSize ?? batchSize, false));
    try {
      return await train(model, data, validation, options, history);
    } finally {
      if (held !== undefined) split.training.dispose();
    }
  } finally {
    table.dispose();
  }
}

function checkOptions(model: AnyModel, x: Samples | Dataset, y: Samples | undefined, options: FitOptions): void {
  model.compiled;
  const wrong = (problem: string, fix: string): ValueError => new ValueError({ op: "fit", problem, fix });
  const { epochs = 1, initialEpoch = 0, validationSplit: split, stepsPerEpoch, validationFreq = 1 } = options;
  const counts = { epochs, initialEpoch, ...(stepsPerEpoch === undefined ? {} : { stepsPerEpoch }), validationFreq };
  for (const [name, value] of Object.entries(counts))
    if (!Number.isInteger(value) || value < 0) throw wrong(`${name} ${value} is no whole number`, "Count from 0");
  if (split !== undefined && !(split >= 0 && split < 1))
    throw wrong(`validationSplit ${split} is outside [0, 1)`, "Give a share such as 0.2");
  if (!(x instanceof Dataset)) return;
  if (y !== undefined) throw wrong("a Dataset brings its own targets", "Leave `y` out");
  if (split)
    throw wrong("validationSplit needs tensors", "Split the Dataset with `take` and `skip`, and give `validationData`");
  if (options.sampleWeight !== undefined) throw wrong("a Dataset brings its own weights", "Yield [x, y, sampleWeight]");
}

/** Validation samples in batches, with what was made for them. */
interface Validation {
  readonly data: Dataset;
  dispose(): void;
}

function withTable(table: Table, data: Dataset): Validation {
  return { data, dispose: () => table.dispose() };
}

function validationOf({ validationData, validationBatchSize, batchSize = 32 }: FitOptions): Validation | undefined {
  if (validationData === undefined) return undefined;
  if (validationData instanceof Dataset) return { data: validationData, dispose: () => {} };
  const [x, y, sampleWeight] = validationData;
  const table = tableOf("fit", x, y, sampleWeight);
  return withTable(table, batchesOf("fit", table, validationBatchSize ?? batchSize, false));
}

/** The first samples for training and the last for validation, cut as Keras cuts. */
function splitOf(table: Table, share = 0): { readonly training: Table; readonly validation: Table | undefined } {
  if (share === 0) return { training: table, validation: undefined };
  const at = Math.floor(table.count * (1 - share));
  if (at === 0 || at === table.count)
    throw new ValueError({
      op: "fit",
      problem: `validationSplit ${share} of ${table.count} samples leaves ${at} for training`,
      fix: "Give more samples or another share",
    });
  return { training: rowsOf(table, 0, at), validation: rowsOf(table, at, table.count) };
}

async function train(
  model: AnyModel,
  data: Dataset,
  validation: Validation | undefined,
  options: FitOptions,
  history: History,
): Promise<History> {
  const { epochs = 1, initialEpoch = 0, validationFreq = 1, signal } = options;
  const steps = options.stepsPerEpoch ?? data.size;
  const callbacks = new CallbackList([...(options.callbacks ?? []), history, ...progressFor(options.verbose)], model);
  model.stopTraining = false;
  let logs: Logs = {};
  try {
    await callbacks.call("onTrainBegin", { epochs, initialEpoch, steps });
    for (let epoch = initialEpoch; epoch < epochs && !model.stopTraining; epoch++) {
      signal?.throwIfAborted();
      await callbacks.call("onEpochBegin", epoch);
      const numbers = await trainEpoch(model, data, epoch, options, callbacks);
      signal?.throwIfAborted();
      if (validation !== undefined && (epoch + 1) % validationFreq === 0) {
        const judged = await runEvaluation(model, validation.data, callbacks, options);
        for (const [name, value] of Object.entries(judged))
          numbers[`val${name.charAt(0).toUpperCase()}${name.slice(1)}`] = value;
      }
      logs = numbers;
      await callbacks.call("onEpochEnd", epoch, numbers);
    }
  } finally {
    validation?.dispose();
    await callbacks.call("onTrainEnd", logs);
  }
  return history;
}

async function trainEpoch(
  model: AnyModel,
  data: Dataset,
  epoch: number,
  options: FitOptions,
  callbacks: CallbackList,
): Promise<Record<string, number>> {
  const { signal, classWeight, stepsPerEpoch } = options;
  const results = new StepResults();
  const pacer = new Pacer();
  let step = 0;
  model.resetMetrics();
  try {
    if (stepsPerEpoch !== 0)
      for await (const given of data.iterate({ epoch })) {
        const batch = await moveBatch(
          classWeight === undefined ? given : weighByClass(given, classWeight),
          model.backend,
        );
        await runStep(batch, step, callbacks, results, (ready) => model.trainStep(ready));
        step++;
        if (pacer.isDue) await pacer.pause();
        if (signal?.aborted || model.stopTraining || step === stepsPerEpoch) break;
      }
    return await results.read();
  } finally {
    results.dispose();
  }
}

async function runStep(
  batch: Batch,
  step: number,
  callbacks: CallbackList,
  results: StepResults,
  work: (batch: Batch) => Record<string, Tensor>,
): Promise<void> {
  try {
    if (callbacks.has("onTrainBatchBegin")) await callbacks.call("onTrainBatchBegin", step);
    results.replace(scope(() => work(batch)));
  } finally {
    disposeBatch(batch);
  }
  if (callbacks.has("onTrainBatchEnd")) await callbacks.call("onTrainBatchEnd", step, () => results.read());
}
