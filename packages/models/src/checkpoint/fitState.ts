/** What checkpoints keep of a run of fit beside the model: where it stands, the data's order, the callbacks' states. */
import { DataError } from "@crease/backend";
import type { Dataset } from "@crease/datasets";
import type { StoredArray } from "@crease/files";
import type { Tensor } from "@crease/tensor";
import type { AnyModel } from "../anyModel.ts";
import type { Callback } from "../callbacks/callback.ts";
import type { Feed } from "../feed.ts";
import { type CheckpointFile, stateOf, toTensor } from "./checkpointFile.ts";
import { isState, StateReader } from "./reader.ts";
import type { State } from "./state.ts";

/** Where a run stands: `step` steps of epoch `epoch` are done, with these numbers so far. */
export interface Progress {
  readonly epoch: number;
  readonly step: number;
  readonly logs: Readonly<Record<string, number>>;
}

/** The parts of a run of fit that have a state. */
export interface Run {
  readonly model: AnyModel;
  readonly feed: Feed;
  readonly training: Dataset;
  readonly validation: Dataset | undefined;
  /** The user's, in their order, and the history. */
  readonly callbacks: readonly Callback[];
}

/** The state of a run at a safe point. */
export function fitState({ model, feed, training, validation, callbacks }: Run, progress: Progress): State {
  return {
    fit: {
      epoch: progress.epoch,
      step: progress.step,
      logs: progress.logs,
      steps: feed.steps ?? null,
      stopTraining: model.stopTraining,
      stopEpoch: model.stopEpoch,
      pass: { ...feed.position },
      data: stateOfData(training),
      validation: validation && stateOfData(validation),
    },
    callbacks: callbacks.map((callback) => callback.getState() ?? null),
  };
}

function stateOfData(data: Dataset): State {
  const { epoch, seeds } = data.getState();
  return { epoch, seeds };
}

/** Where a checkpoint stands. @throws DataError for one that was not made within fit. */
export function progressOf(file: CheckpointFile): Progress {
  const fit = readerOf(file);
  const logs = fit.below("logs");
  return {
    epoch: fit.count("epoch"),
    step: fit.count("step"),
    logs: Object.fromEntries(logs.names.map((name) => [name, logs.number(name)])),
  };
}

/**
 * Sets what `fitState` took.
 *
 * @throws DataError where the data are cut into other steps or the callbacks are others.
 */
export async function restoreFit(
  { model, feed, training, validation, callbacks }: Run,
  file: CheckpointFile,
): Promise<void> {
  const wrong = (problem: string, fix: string): DataError => new DataError({ op: file.name, problem, fix });
  const fit = readerOf(file);
  const steps = fit.value("steps");
  if (fit.count("step") > 0 && steps !== (feed.steps ?? null))
    throw wrong(
      `it stands amid an epoch of ${steps ?? "unknown"} steps, the data make ${feed.steps ?? "unknown"}`,
      "Give fit the same data, batchSize and stepsPerEpoch",
    );
  const made: Tensor[] = [];
  try {
    const upload = (stored: StoredArray): Tensor => {
      const x = toTensor(stored, model.backend);
      made.push(x);
      return x;
    };
    const states = new StateReader(stateOf(file, ["callbacks"], upload), file.name).list("callbacks");
    if (states.length !== callbacks.length)
      throw wrong(
        `it holds the states of ${states.length - 1} callbacks, and fit was given ${callbacks.length - 1}`,
        "Give fit the same callbacks in the same order",
      );
    restoreData(training, fit.below("data"));
    if (validation !== undefined && fit.has("validation")) restoreData(validation, fit.below("validation"));
    const pass = fit.below("pass");
    feed.position = { number: pass.count("number"), taken: pass.count("taken") };
    model.stopTraining = fit.boolean("stopTraining");
    model.stopEpoch = fit.boolean("stopEpoch");
    for (const [i, callback] of callbacks.entries()) {
      const state = states[i];
      if (isState(state)) await callback.setState(state);
    }
  } finally {
    for (const x of made) x.dispose();
  }
}

function readerOf(file: CheckpointFile): StateReader {
  const noTensors = (): never => {
    throw new DataError({
      op: file.name,
      problem: "a number is a tensor",
      fix: "The file is damaged: use another one",
    });
  };
  const reader = new StateReader(stateOf(file, ["fit"], noTensors), file.name);
  if (reader.has("fit")) return reader.below("fit");
  throw new DataError({
    op: file.name,
    problem: "it was not made within fit, so it does not say where to go on",
    fix: "Load it with `model.loadCheckpoint`, or give one that a callback's `SafePoint` or `BackupAndRestore` wrote",
  });
}

function restoreData(data: Dataset, state: StateReader): void {
  data.setState({ epoch: state.count("epoch"), seeds: state.numbers("seeds") });
}
