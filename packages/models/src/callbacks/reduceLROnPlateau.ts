/** Lowers the learning rate when a number stops getting better. */
import { requireInteger, requireNumber, requireOptions, ValueError } from "@crease/backend";
import { StateReader } from "../checkpoint/reader.ts";
import type { State } from "../checkpoint/state.ts";
import { Callback, type TrainingPlan } from "./callback.ts";
import { Monitor, type MonitorMode } from "./monitor.ts";

/** What ReduceLROnPlateau takes; names and defaults as Keras 3. */
export interface ReduceLROnPlateauOptions {
  /** Default `"valLoss"`. */
  readonly monitor?: string;
  /** The rate is multiplied by it; below 1, default 0.1. */
  readonly factor?: number;
  /** Epochs without a better number before it acts; default 10. */
  readonly patience?: number;
  readonly mode?: MonitorMode;
  /** A change smaller than this is none; default 1e-4. */
  readonly minDelta?: number;
  /** Epochs to wait after it acted; default 0. */
  readonly cooldown?: number;
  /** The rate never falls below it; default 0. */
  readonly minLr?: number;
}

/**
 * Multiplies the optimizer's rate by `factor` once the monitored number has not become better for `patience` epochs.
 * The rate stands in the logs as `learningRate`.
 *
 * @throws ValueError for a factor of 1 or more, and for epochs or a least rate below 0.
 * @example
 * ```ts
 * import { ReduceLROnPlateau } from "@crease/models";
 * new ReduceLROnPlateau({ factor: 2 }); // => throws ValueError
 * ```
 */
export class ReduceLROnPlateau extends Callback {
  readonly #options: Required<Omit<ReduceLROnPlateauOptions, "monitor" | "mode">>;
  readonly #monitor: Monitor;
  #best: number | undefined;
  #wait = 0;
  #cooldown = 0;

  constructor(options: ReduceLROnPlateauOptions = {}) {
    super();
    requireOptions<ReduceLROnPlateauOptions>("ReduceLROnPlateau", options, {
      monitor: true,
      factor: true,
      patience: true,
      mode: true,
      minDelta: true,
      cooldown: true,
      minLr: true,
    });
    const {
      monitor = "valLoss",
      mode = "auto",
      factor = 0.1,
      patience = 10,
      minDelta = 1e-4,
      cooldown = 0,
      minLr = 0,
    } = options;
    if (!(factor < 1))
      throw new ValueError({
        op: "ReduceLROnPlateau",
        problem: `factor ${factor} does not lower the rate`,
        fix: "Use a factor below 1",
      });
    requireInteger("ReduceLROnPlateau", "patience", patience, { min: 0 });
    requireInteger("ReduceLROnPlateau", "cooldown", cooldown, { min: 0 });
    requireNumber("ReduceLROnPlateau", "minLr", minLr, { min: 0 });
    this.#options = { factor, patience, minDelta, cooldown, minLr };
    this.#monitor = new Monitor("ReduceLROnPlateau", monitor, mode, minDelta);
  }

  override onTrainBegin(plan: TrainingPlan): void {
    this.#monitor.begin(plan, this.model);
    this.#best = undefined;
    this.#wait = 0;
    this.#cooldown = 0;
  }

  override getState(): State {
    return { best: this.#best, wait: this.#wait, cooldown: this.#cooldown };
  }

  override setState(state: State): void {
    const reader = new StateReader(state, "ReduceLROnPlateau");
    this.#best = reader.has("best") ? reader.number("best") : undefined;
    this.#wait = reader.count("wait");
    this.#cooldown = reader.count("cooldown");
  }

  override onEpochEnd(epoch: number, logs: Record<string, number>): void {
    const { optimizer } = this.model;
    logs.learningRate = optimizer.learningRate;
    const value = this.#monitor.read(epoch, logs);
    if (value === undefined) return;
    if (this.#cooldown > 0) {
      this.#cooldown--;
      this.#wait = 0;
    }
    if (this.#monitor.isBetter(value, this.#best)) {
      this.#best = value;
      this.#wait = 0;
    } else if (this.#cooldown === 0) {
      const { patience, factor, minLr, cooldown } = this.#options;
      this.#wait++;
      if (this.#wait < patience || optimizer.learningRate <= minLr) return;
      optimizer.learningRate = Math.max(optimizer.learningRate * factor, minLr);
      this.#cooldown = cooldown;
      this.#wait = 0;
    }
  }
}
