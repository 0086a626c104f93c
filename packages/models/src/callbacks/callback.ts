/** What happens around training: hooks that fit, evaluate and predict call, all optional to override. */
import type { AnyModel } from "../anyModel.ts";
import type { SafePoint } from "../checkpoint/safePoint.ts";
import type { State } from "../checkpoint/state.ts";
import type { FileSource } from "../saving/source.ts";

/** Numbers by name: `loss`, `accuracy`, `valLoss`, `learningRate`, ... */
export type Logs = Readonly<Record<string, number>>;

/** The numbers of a batch, read from the backend only when asked for. */
export type BatchLogs = () => Promise<Logs>;

/** What a run of fit is about to do. */
export interface TrainingPlan {
  readonly epochs: number;
  /** The first epoch's number, that of the checkpoint where it goes on from one. */
  readonly initialEpoch: number;
  /** Steps in an epoch, undefined where the data set does not know. */
  readonly steps: number | undefined;
  /** Epochs from one validation to the next, undefined where there is none. */
  readonly validationFreq: number | undefined;
  /** Whether it goes on from a checkpoint: `setState` follows where the callback had a state. */
  readonly isResumed: boolean;
}

/**
 * The base of all callbacks. Hooks may be asynchronous: fit waits for them.
 * Setting `model.stopTraining = true` in a hook ends training after the step or epoch under way.
 *
 * @example
 * ```ts
 * import { Dense } from "@crease/layers";
 * import { Callback, type Logs, Sequential } from "@crease/models";
 * import { tensor } from "@crease/tensor";
 * class EpochCounter extends Callback {
 *   epochs = 0;
 *   override onEpochEnd(epoch: number, logs: Logs): void { if (logs.loss !== undefined) this.epochs = epoch + 1; }
 * }
 * const model = new Sequential([new Dense(1)]);
 * model.compile({ optimizer: "sgd", loss: "mse" });
 * const counter = new EpochCounter();
 * await model.fit(tensor([[1], [2]]), tensor([[2], [4]]), { epochs: 3, verbose: 0, callbacks: [counter] });
 * counter.epochs; // => 3
 * ```
 */
export abstract class Callback {
  #model: AnyModel | undefined;

  /** The model that runs; set before the first hook. */
  get model(): AnyModel {
    return this.#model as AnyModel;
  }
  /** Called by fit, evaluate and predict before their first hook. */
  setModel(model: AnyModel): void {
    this.#model = model;
  }

  /** Before the first epoch. */
  onTrainBegin(_plan: TrainingPlan): void | Promise<void> {}
  /** After the last epoch, also when training was stopped or failed. */
  onTrainEnd(_logs: Logs): void | Promise<void> {}
  /** Before each epoch, counted from 0. */
  onEpochBegin(_epoch: number): void | Promise<void> {}
  /** After each epoch and its validation; numbers added to `logs` reach the callbacks behind this one and the history. */
  onEpochEnd(_epoch: number, _logs: Record<string, number>): void | Promise<void> {}
  /** Before each training step, counted from 0 in each epoch. */
  onTrainBatchBegin(_step: number): void | Promise<void> {}
  /** After each training step; `logs()` reads the numbers so far in the epoch. */
  onTrainBatchEnd(_step: number, _logs: BatchLogs): void | Promise<void> {}
  /** Before an evaluation, validation too. */
  onTestBegin(_steps: number | undefined): void | Promise<void> {}
  /** After an evaluation, also one that failed: then without numbers. */
  onTestEnd(_logs: Logs): void | Promise<void> {}
  /** Before each evaluated batch. */
  onTestBatchBegin(_step: number): void | Promise<void> {}
  /** After each evaluated batch. */
  onTestBatchEnd(_step: number, _logs: BatchLogs): void | Promise<void> {}
  /** Before a prediction. */
  onPredictBegin(_steps: number | undefined): void | Promise<void> {}
  /** After a prediction, also one that failed. */
  onPredictEnd(): void | Promise<void> {}
  /** Before each predicted batch. */
  onPredictBatchBegin(_step: number): void | Promise<void> {}
  /** After each predicted batch. */
  onPredictBatchEnd(_step: number): void | Promise<void> {}
  /** After each training step and after each epoch, once every callback has had its hooks: the moment for a checkpoint. */
  onSafePoint(_point: SafePoint): void | Promise<void> {}

  /** The checkpoint that training shall go on from, a path or bytes; asked before training begins. */
  resumeFrom(): FileSource | undefined | Promise<FileSource | undefined> {
    return undefined;
  }

  /** What a checkpoint keeps of this callback; undefined for nothing. Tensors stay the callback's. */
  getState(): State | undefined {
    return undefined;
  }

  /** Goes on from what `getState` gave, after `onTrainBegin`. Tensors in it are given up afterwards. */
  setState(_state: State): void | Promise<void> {}
}
