/** Stops training when a number stops getting better. */
import { requireInteger, requireOptions } from "@crease/backend";
import { keep, type Tensor } from "@crease/tensor";
import { StateReader } from "../checkpoint/reader.ts";
import type { State } from "../checkpoint/state.ts";
import { Callback, type Logs, type TrainingPlan } from "./callback.ts";
import { Monitor, type MonitorMode } from "./monitor.ts";

/** What EarlyStopping takes; names and defaults as Keras 3. */
export interface EarlyStoppingOptions {
  /** Default `"valLoss"`. */
  readonly monitor?: string;
  /** A change smaller than this is none; default 0. */
  readonly minDelta?: number;
  /** Epochs without a better number before it stops; default 0. */
  readonly patience?: number;
  readonly mode?: MonitorMode;
  /** A number that must be beaten too before the count of epochs starts anew. */
  readonly baseline?: number;
  /** Whether the weights of the best epoch come back at the end; default false. */
  readonly restoreBestWeights?: boolean;
  /** Epochs before it starts to watch; default 0. */
  readonly startFromEpoch?: number;
}

/**
 * Ends training once the monitored number has not become better for `patience` epochs.
 *
 * @throws ValueError for epochs that are no whole number of 0 or more.
 * @example
 * ```ts
 * import { EarlyStopping } from "@crease/models";
 * new EarlyStopping({ monitor: "loss", patience: 3 }).stoppedEpoch; // => 0
 * ```
 */
export class EarlyStopping extends Callback {
  /** The epoch, from 0, after which it stopped; 0 where it did not. */
  stoppedEpoch = 0;
  /** The epoch, from 0, with the best number. */
  bestEpoch = 0;
  /** The best number. */
  best: number | undefined;
  readonly #options: EarlyStoppingOptions;
  readonly #monitor: Monitor;
  #wait = 0;
  #bestWeights: Tensor[] | undefined;

  constructor(options: EarlyStoppingOptions = {}) {
    super();
    requireOptions<EarlyStoppingOptions>("EarlyStopping", options, {
      monitor: true,
      minDelta: true,
      patience: true,
      mode: true,
      baseline: true,
      restoreBestWeights: true,
      startFromEpoch: true,
    });
    requireInteger("EarlyStopping", "patience", options.patience ?? 0, { min: 0 });
    requireInteger("EarlyStopping", "startFromEpoch", options.startFromEpoch ?? 0, { min: 0 });
    this.#options = options;
    this.#monitor = new Monitor(
      "EarlyStopping",
      options.monitor ?? "valLoss",
      options.mode ?? "auto",
      options.minDelta,
    );
  }

  override onTrainBegin(plan: TrainingPlan): void {
    this.#monitor.begin(plan, this.model);
    this.#wait = 0;
    this.stoppedEpoch = 0;
    this.bestEpoch = 0;
    this.best = undefined;
    this.#forgetWeights();
  }

  override onEpochEnd(epoch: number, logs: Logs): void {
    const { patience = 0, baseline, restoreBestWeights = false, startFromEpoch = 0 } = this.#options;
    if (epoch < startFromEpoch) return;
    const value = this.#monitor.read(epoch, logs);
    if (value === undefined) return;
    if (restoreBestWeights && this.#bestWeights === undefined) {
      this.bestEpoch = epoch;
      this.#rememberWeights();
    }
    this.#wait++;
    if (this.#monitor.isBetter(value, this.best)) {
      this.best = value;
      this.bestEpoch = epoch;
      if (restoreBestWeights) this.#rememberWeights();
      if (baseline === undefined || this.#monitor.isBetter(value, baseline)) this.#wait = 0;
      return;
    }
    if (this.#wait >= patience && epoch > 0) {
      this.stoppedEpoch = epoch;
      this.model.stopTraining = true;
    }
  }

  override onTrainEnd(): void {
    try {
      if (this.#bestWeights !== undefined) this.model.setWeights(this.#bestWeights);
    } finally {
      this.#forgetWeights();
    }
  }

  override getState(): State {
    const { best, bestEpoch, stoppedEpoch } = this;
    return { best, bestEpoch, stoppedEpoch, wait: this.#wait, bestWeights: this.#bestWeights };
  }

  override setState(state: State): void {
    const reader = new StateReader(state, "EarlyStopping");
    this.best = reader.has("best") ? reader.number("best") : undefined;
    this.bestEpoch = reader.count("bestEpoch");
    this.stoppedEpoch = reader.count("stoppedEpoch");
    this.#wait = reader.count("wait");
    this.#forgetWeights();
    if (!reader.has("bestWeights")) return;
    this.#bestWeights = reader.tensors("bestWeights").map((weight) => keep(weight.reshape(weight.shape)));
  }

  #rememberWeights(): void {
    this.#forgetWeights();
    this.#bestWeights = this.model.getWeights().map(keep);
  }

  #forgetWeights(): void {
    for (const weight of this.#bestWeights ?? []) weight.dispose();
    this.#bestWeights = undefined;
  }
}
