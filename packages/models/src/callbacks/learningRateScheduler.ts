/** Sets the learning rate by epoch. */
import { ValueError } from "@crease/backend";
import { Callback } from "./callback.ts";

/**
 * Before each epoch sets the optimizer's rate to `schedule(epoch, rate)`; the rate stands in the logs as `learningRate`.
 *
 * @example
 * ```ts
 * import { Dense } from "@crease/layers";
 * import { LearningRateScheduler, Sequential } from "@crease/models";
 * import { tensor } from "@crease/tensor";
 * const model = new Sequential([new Dense(1)]);
 * model.compile({ optimizer: "sgd", loss: "mse" });
 * const halve = new LearningRateScheduler((epoch, rate) => (epoch === 0 ? rate : rate / 2));
 * const { history } = await model.fit(tensor([[1]]), tensor([[2]]), { epochs: 3, verbose: 0, callbacks: [halve] });
 * history.learningRate; // => [0.01, 0.005, 0.0025]
 * ```
 */
export class LearningRateScheduler extends Callback {
  readonly #schedule: (epoch: number, learningRate: number) => number;

  constructor(schedule: (epoch: number, learningRate: number) => number) {
    super();
    this.#schedule = schedule;
  }

  override onEpochBegin(epoch: number): void {
    const rate = this.#schedule(epoch, this.model.optimizer.learningRate);
    if (typeof rate !== "number" || Number.isNaN(rate))
      throw new ValueError({
        op: "LearningRateScheduler",
        problem: `the schedule returned ${String(rate)}`,
        fix: "Return a number",
      });
    this.model.optimizer.learningRate = rate;
  }

  override onEpochEnd(_epoch: number, logs: Record<string, number>): void {
    logs.learningRate = this.model.optimizer.learningRate;
  }
}
