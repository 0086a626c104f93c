/** Whether a monitored number got better: what several callbacks ask. */
import { suggestName, ValueError } from "@crease/backend";
import type { AnyModel } from "../anyModel.ts";
import { nameOf } from "../keras/kinds.ts";
import type { Logs, TrainingPlan } from "./callback.ts";

/**
 * Which direction is better; `auto` takes the larger for accuracies, areas under curves, scores, overlaps and
 * correlations, told by the number's name and the metric's class, else the smaller.
 */
export type MonitorMode = "auto" | "min" | "max";

/** The metrics of which Keras 3 says that more is better. */
const growing = /acc|auc|precision|recall|f1|score|iou|similarity|correlation|sensitivity|specificity/i;

/**
 * Watches one number of the logs (Keras 3's `MonitorCallback`): better means by more than `minDelta`.
 */
export class Monitor {
  readonly name: string;
  readonly #op: string;
  readonly #mode: MonitorMode;
  readonly #minDelta: number;
  #validationFreq = 1;
  #model: AnyModel | undefined;
  #sign: 1 | -1 | undefined;

  /** @throws ValueError for an unknown mode. */
  constructor(op: string, name: string, mode: MonitorMode, minDelta = 0) {
    if (mode !== "auto" && mode !== "min" && mode !== "max")
      throw new ValueError({
        op,
        problem: `unknown mode "${mode as string}"`,
        fix: suggestName(mode, ["auto", "min", "max"]),
      });
    this.name = name;
    this.#op = op;
    this.#mode = mode;
    this.#minDelta = Math.abs(minDelta);
  }

  /** To be called at the beginning of training. */
  begin({ validationFreq = 1 }: TrainingPlan, model: AnyModel): void {
    this.#validationFreq = validationFreq;
    this.#model = model;
    this.#sign = undefined;
  }

  /**
   * The number after an epoch; undefined where it is one of validation and this epoch has none.
   *
   * @throws ValueError where the logs lack it; the message lists what they have.
   */
  read(epoch: number, logs: Logs): number | undefined {
    const value = logs[this.name];
    if (value !== undefined) return value;
    if (/^val[A-Z]/.test(this.name) && (epoch + 1) % this.#validationFreq !== 0) return undefined;
    throw new ValueError({
      op: this.#op,
      problem: `there is no "${this.name}" to monitor`,
      fix: suggestName(this.name, Object.keys(logs)),
    });
  }

  /** True where `value` is better than `best`; any number is better than none, NaN never is. */
  isBetter(value: number, best: number | undefined): boolean {
    if (Number.isNaN(value)) return false;
    if (best === undefined) return true;
    // Not before the first batch: it makes the metrics that are given by name.
    this.#sign ??= this.#mode === "max" || (this.#mode === "auto" && this.#grows()) ? 1 : -1;
    return this.#sign * (value - best) > this.#minDelta;
  }

  #grows(): boolean {
    if (/loss$/i.test(this.name)) return false;
    if (growing.test(this.name)) return true;
    const own = this.name.replace(/^val([A-Z])/, (_, first: string) => first.toLowerCase());
    const metrics = this.#model?.metrics ?? [];
    return metrics.some(
      (metric) => (own === metric.name || own.endsWith(`_${metric.name}`)) && growing.test(nameOf("metric", metric)),
    );
  }
}
