/** What fit is given: options, checked, and samples as batches for training and validation. */
import { type OptionNames, requireOptions, ValueError } from "@crease/backend";
import { Dataset } from "@crease/datasets";
import type { AnyModel } from "./anyModel.ts";
import type { Callback } from "./callbacks/callback.ts";
import { requireCallbacks } from "./callbacks/callbackList.ts";
import type { History } from "./callbacks/history.ts";
import type { ClassWeight } from "./classWeight.ts";
import { firstSteps, type Judged } from "./evaluate.ts";
import type { Verbosity } from "./progressLine.ts";
import { refuseBeside } from "./refuseBeside.ts";
import type { FileSource } from "./saving/source.ts";
import { batchesOf, type Given, type Samples, type Table, tableOf } from "./table.ts";
import { train } from "./train.ts";

/** What fit takes besides samples and targets; names and defaults as Keras 3. */
export interface FitOptions {
  /** Default 1. */
  readonly epochs?: number;
  /** Samples in a step, default 32; 1 is stochastic, the number of samples is batch gradient descent. A `Dataset` is batched already. */
  readonly batchSize?: number;
  /** Whether each epoch has an order of its own, default true; a `Dataset` keeps its own order. */
  readonly shuffle?: boolean;
  /** Share of the samples, from the end and before shuffling, that is held out for validation; between 0 and 1. `validationData` overrides it. */
  readonly validationSplit?: number;
  /** `[x, y]`, `[x, y, sampleWeight]` or a `Dataset`, for validation after each epoch. */
  readonly validationData?: readonly [Samples, Samples, Samples?] | Dataset;
  /** Default `batchSize`. */
  readonly validationBatchSize?: number;
  /** Batches of each validation, from the beginning; default: all. */
  readonly validationSteps?: number;
  /** Epochs from one validation to the next, default 1. */
  readonly validationFreq?: number;
  /** Weight of each sample, `[n]`. */
  readonly sampleWeight?: Samples;
  /** Weight of the samples of each class. */
  readonly classWeight?: ClassWeight;
  readonly callbacks?: readonly Callback[];
  /**
   * A checkpoint of a run of fit with the same model, data, options and callbacks, a path or bytes: training goes on as
   * if it had never stopped.
   */
  readonly resumeFrom?: FileSource;
  /** The first epoch's number, where an earlier fit is continued; default 0. A checkpoint knows its own. */
  readonly initialEpoch?: number;
  /** Steps in an epoch; the next epoch goes on where it ended, and the data begin anew wherever they end. Default: all batches. */
  readonly stepsPerEpoch?: number;
  /** Ends training after the step under way; fit then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** `"auto"` draws a progress line in a terminal and prints a line for each epoch elsewhere in Node; 0 is silent, 1 draws, 2 prints. */
  readonly verbose?: Verbosity;
}

const optionNames: OptionNames<FitOptions> = {
  epochs: true,
  batchSize: true,
  shuffle: true,
  validationSplit: true,
  validationData: true,
  validationBatchSize: true,
  validationSteps: true,
  validationFreq: true,
  sampleWeight: true,
  classWeight: true,
  callbacks: true,
  resumeFrom: true,
  initialEpoch: true,
  stepsPerEpoch: true,
  signal: true,
  verbose: true,
};

/** Trains `model`; see `Model.fit`. */
export async function fit(
  model: AnyModel,
  x: Samples | Dataset,
  y: Samples | undefined,
  options: FitOptions,
): Promise<History> {
  const { compiled } = model;
  checkOptions(options);
  options.signal?.throwIfAborted();
  const { batchSize = 32, validationBatchSize = batchSize, validationData, sampleWeight, shuffle = true } = options;
  const tables: Table[] = [];
  const open = (given: Given): Table => {
    const table = tableOf("fit", given, model);
    tables.push(table);
    return table;
  };
  const judged = async (batches: Dataset, table: Table): Promise<Judged> => ({
    batches,
    labels: await compiled.readLabels(table.y, model.backend),
  });
  try {
    let training: Judged;
    let validation: Judged | undefined;
    if (x instanceof Dataset) {
      refuseBeside("fit", { y, sampleWeight });
      refuseSplit(options);
      training = { batches: x, labels: undefined };
    } else {
      const table = open({ x, y, sampleWeight });
      const end = splitAt(table.count, validationData === undefined ? options.validationSplit : 0);
      training = await judged(batchesOf("fit", table, { batchSize, shuffle, end }), table);
      if (end < table.count) {
        const held = batchesOf("fit", table, { batchSize: validationBatchSize, start: end });
        validation = { batches: held, labels: training.labels };
      }
    }
    if (validationData instanceof Dataset) validation = { batches: validationData, labels: undefined };
    else if (validationData !== undefined) {
      if (!Array.isArray(validationData))
        throw wrong("validationData is neither a list nor a Dataset", "Give `[x, y]` or `[x, y, sampleWeight]`");
      const [vx, vy, weights] = validationData as readonly [Samples, Samples, Samples?];
      const table = open({ x: vx, y: vy, sampleWeight: weights });
      validation = await judged(batchesOf("fit", table, { batchSize: validationBatchSize }), table);
    }
    if (validation !== undefined) {
      const { batches, labels } = validation;
      validation = { batches: firstSteps("fit", "validationSteps", batches, options.validationSteps), labels };
    }
    return await train(model, training, validation, options);
  } finally {
    for (const table of tables) table.dispose();
  }
}

function wrong(problem: string, fix: string): ValueError {
  return new ValueError({ op: "fit", problem, fix });
}

function checkOptions(options: FitOptions): void {
  requireOptions("fit", options, optionNames);
  requireCallbacks("fit", options.callbacks);
  const { validationSplit: split, stepsPerEpoch = 1, validationFreq = 1, epochs = 1, initialEpoch = 0 } = options;
  for (const [name, value] of Object.entries({ epochs, initialEpoch }))
    if (!Number.isInteger(value) || value < 0) throw wrong(`${name} ${value} is no whole number`, "Count from 0");
  for (const [name, value] of Object.entries({ stepsPerEpoch, validationFreq }))
    if (!Number.isInteger(value) || value < 1)
      throw wrong(`${name} ${value} is no whole number above 0`, "Use 1 or more");
  if (split !== undefined && !(split >= 0 && split < 1))
    throw wrong(`validationSplit ${split} is outside [0, 1)`, "Give a share such as 0.2");
}

function refuseSplit({ validationSplit, validationData }: FitOptions): void {
  if (validationSplit && validationData === undefined)
    throw wrong("validationSplit needs tensors", "Split the Dataset with `take` and `skip`, and give `validationData`");
}

/** Number of the first samples that are trained on, as Keras cuts. */
function splitAt(count: number, share = 0): number {
  if (share === 0) return count;
  const at = Math.floor(count * (1 - share));
  if (at > 0 && at < count) return at;
  throw wrong(
    `validationSplit ${share} of ${count} samples leaves ${at} for training and ${count - at} for validation`,
    "Give more samples or another share",
  );
}
