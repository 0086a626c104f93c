/** Saves the model while training goes on. */
import { requireOptions, suggestName, ValueError } from "@crease/backend";
import { StateReader } from "../checkpoint/reader.ts";
import type { State } from "../checkpoint/state.ts";
import { type BatchLogs, Callback, type Logs, type TrainingPlan } from "./callback.ts";
import { Monitor, type MonitorMode } from "./monitor.ts";

/** What ModelCheckpoint takes besides the path. */
export interface ModelCheckpointOptions {
  /** Default `"valLoss"`; read only with `saveBestOnly`. */
  readonly monitor?: string;
  readonly mode?: MonitorMode;
  /** Whether only epochs with a better number are saved; default false. */
  readonly saveBestOnly?: boolean;
  /** A number that must be beaten before anything is saved. */
  readonly initialValueThreshold?: number;
  /** `"epoch"` (default) or a number of steps. */
  readonly saveFreq?: "epoch" | number;
  /**
   * Whether only weights are saved, or the whole model with the optimizer's state. By default the path decides: one that
   * ends on `.keras`, `.h5` or `.hdf5` (but not `.weights.h5`) is a whole model's.
   */
  readonly saveWeightsOnly?: boolean;
}

/**
 * Saves the model after epochs or steps: its weights as `saveWeights` does (`.safetensors`, `.npz`, `.weights.h5`), or
 * all of it as `save` does (`.keras`, `.h5`).
 * `{epoch}` (from 1; `{epoch:02}` or `{epoch:02d}` pads with zeros) and names of the logs (`{valLoss:.3}` or
 * `{valLoss:.3f}` for 3 decimals) in the path are filled in. Folders that are missing are made.
 *
 * @example
 * ```ts
 * import { ModelCheckpoint } from "@crease/models";
 * const checkpoint = new ModelCheckpoint("weights-{epoch:02}-{loss:.2}.safetensors");
 * checkpoint.pathFor(4, { loss: 0.1234 }); // => weights-05-0.12.safetensors
 * ```
 */
export class ModelCheckpoint extends Callback {
  /** The best number so far. */
  best: number | undefined;
  readonly #path: string;
  readonly #options: ModelCheckpointOptions;
  readonly #monitor: Monitor;
  readonly #isWhole: boolean;
  #epoch = 0;
  #stepsSinceSave = 0;

  /** @throws ValueError where saveFreq is neither "epoch" nor a whole number of steps, and where the path does not fit saveWeightsOnly. */
  constructor(path: string, options: ModelCheckpointOptions = {}) {
    super();
    requireOptions<ModelCheckpointOptions>("ModelCheckpoint", options, {
      monitor: true,
      mode: true,
      saveBestOnly: true,
      initialValueThreshold: true,
      saveFreq: true,
      saveWeightsOnly: true,
    });
    if (typeof path !== "string" || path === "")
      throw new ValueError({
        op: "ModelCheckpoint",
        problem: `the path is ${JSON.stringify(path) ?? String(path)}`,
        fix: 'Give one such as "model-{epoch}.keras"',
      });
    const { saveFreq = "epoch" } = options;
    if (saveFreq !== "epoch" && !(Number.isInteger(saveFreq) && saveFreq > 0))
      throw new ValueError({
        op: "ModelCheckpoint",
        problem: `saveFreq ${saveFreq} is no number of steps`,
        fix: 'Use "epoch" or a whole number of steps',
      });
    const canBeWhole = /\.(keras|h5|hdf5)$/.test(path) && !path.endsWith(".weights.h5");
    this.#isWhole = options.saveWeightsOnly === undefined ? canBeWhole : !options.saveWeightsOnly;
    if (this.#isWhole ? !canBeWhole : path.endsWith(".keras"))
      throw new ValueError({
        op: "ModelCheckpoint",
        problem: `the path ${path} is not one of ${this.#isWhole ? "a whole model" : "weights"}`,
        fix: this.#isWhole ? "End it on .keras or .h5" : "End it on .safetensors, .npz or .weights.h5",
      });
    this.#path = path;
    this.#options = options;
    this.best = options.initialValueThreshold;
    this.#monitor = new Monitor("ModelCheckpoint", options.monitor ?? "valLoss", options.mode ?? "auto");
  }

  override onTrainBegin(plan: TrainingPlan): void {
    this.#monitor.begin(plan, this.model);
  }

  override onEpochBegin(epoch: number): void {
    this.#epoch = epoch;
  }

  override getState(): State {
    return { best: this.best, epoch: this.#epoch, stepsSinceSave: this.#stepsSinceSave };
  }

  override setState(state: State): void {
    const reader = new StateReader(state, "ModelCheckpoint");
    this.best = reader.has("best") ? reader.number("best") : undefined;
    this.#epoch = reader.count("epoch");
    this.#stepsSinceSave = reader.count("stepsSinceSave");
  }

  override async onTrainBatchEnd(_step: number, logs: BatchLogs): Promise<void> {
    const { saveFreq = "epoch" } = this.#options;
    if (saveFreq === "epoch" || ++this.#stepsSinceSave < saveFreq) return;
    this.#stepsSinceSave = 0;
    await this.#save(this.#epoch, await logs());
  }

  override async onEpochEnd(epoch: number, logs: Logs): Promise<void> {
    if ((this.#options.saveFreq ?? "epoch") === "epoch") await this.#save(epoch, logs);
  }

  async #save(epoch: number, logs: Logs): Promise<void> {
    if (this.#options.saveBestOnly) {
      const value = this.#monitor.read(epoch, logs);
      if (value === undefined || !this.#monitor.isBetter(value, this.best)) return;
      this.best = value;
    }
    const path = this.pathFor(epoch, logs);
    await (this.#isWhole ? this.model.save(path) : this.model.saveWeights(path));
  }

  /** The path for an epoch, counted from 0. @throws ValueError for braces that name no number of the logs. */
  pathFor(epoch: number, logs: Logs): string {
    const values: Logs = { ...logs, epoch: epoch + 1 };
    const wrong = (problem: string, fix: string): ValueError => new ValueError({ op: "ModelCheckpoint", problem, fix });
    return this.#path.replace(/\{([^{}]*)\}/g, (braces, inside: string) => {
      const [, name, width, decimals] = /^(\w+)(?::(?:0?(\d+)d?|\.(\d+)f?))?$/.exec(inside) ?? [];
      if (name === undefined)
        throw wrong(`the path holds ${braces}`, "Write {epoch}, {epoch:02}, {valLoss} or {valLoss:.3}");
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      if (value === undefined)
        throw wrong(`the path names "${name}", which the logs do not have`, suggestName(name, Object.keys(values)));
      if (decimals !== undefined) return value.toFixed(Number(decimals));
      return String(value).padStart(Number(width ?? 0), "0");
    });
  }
}
