/** The numbers of all epochs, which fit returns. */
import { StateReader } from "../checkpoint/reader.ts";
import type { State } from "../checkpoint/state.ts";
import { Callback, type Logs } from "./callback.ts";

/**
 * Records the logs of every epoch: `history.loss[i]` belongs to epoch `epoch[i]`.
 *
 * @example
 * ```ts
 * import { Dense } from "@crease/layers";
 * import { Sequential } from "@crease/models";
 * import { tensor } from "@crease/tensor";
 * const model = new Sequential([new Dense(1)]);
 * model.compile({ optimizer: "sgd", loss: "mse" });
 * const { epoch, history } = await model.fit(tensor([[1], [2]]), tensor([[2], [4]]), { epochs: 2, verbose: 0 });
 * epoch; // => [0, 1]
 * history.loss?.length; // => 2
 * ```
 */
export class History extends Callback {
  /** Numbers of the epochs that ran, from 0. */
  readonly epoch: number[] = [];
  /** For each name in the logs, its values by epoch. */
  readonly history: Record<string, number[]> = {};

  override onEpochEnd(epoch: number, logs: Logs): void {
    this.epoch.push(epoch);
    for (const [name, value] of Object.entries(logs)) {
      this.history[name] ??= [];
      this.history[name].push(value);
    }
  }

  override getState(): State {
    return { epoch: [...this.epoch], history: structuredClone(this.history) };
  }

  override setState(state: State): void {
    const reader = new StateReader(state, "History");
    const values = reader.below("history");
    this.epoch.splice(0, this.epoch.length, ...reader.numbers("epoch"));
    for (const name of Object.keys(this.history)) delete this.history[name];
    for (const name of values.names) {
      const value = [...values.numbers(name)];
      Object.defineProperty(this.history, name, { value, writable: true, enumerable: true, configurable: true });
    }
  }
}
