/** Whether a monitored number got better: what several callbacks ask. */
import { suggestName, ValueError } from "@crease/backend";
import type { Logs, TrainingPlan } from "./callback.ts";

/** Which direction is better; `auto` takes the larger for accuracies, areas under curves and F scores, else the smaller. */
export type MonitorMode = "auto" | "min" | "max";

/**
 * Watches one number of the logs (Keras 3's `MonitorCallback`): better means by more than `minDelta`.
 */
export class Monitor {
  readonly name: string;
  readonly #op: string;
  readonly #sign: 1 | -1;
  readonly #minDelta: number;
  #validationFreq = 1;

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
    this.#sign = mode === "max" || (mode === "auto" && /acc|auc|precision|recall|f1|score/i.test(name)) ? 1 : -1;
    this.#minDelta = Math.abs(minDelta);
  }

  /** To be called at the beginning of training. */
  begin({ validationFreq = 1 }: TrainingPlan): void {
    this.#validationFreq = validationFreq;
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
    return best === undefined || this.#sign * (value - best) > this.#minDelta;
  }
}
