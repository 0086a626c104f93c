/** Ends training as soon as the loss is no number any more. */
import { type BatchLogs, Callback } from "./callback.ts";

/**
 * Reads the loss after each step, and stops training once it is NaN or infinite.
 *
 * @example
 * ```ts
 * import { Dense } from "@crease/layers";
 * import { Sequential, TerminateOnNaN } from "@crease/models";
 * import { tensor } from "@crease/tensor";
 * const model = new Sequential([new Dense(1)]);
 * model.compile({ optimizer: "sgd", loss: "mse" });
 * const data = tensor([[Number.NaN]]);
 * const { epoch } = await model.fit(data, data, { epochs: 9, verbose: 0, callbacks: [new TerminateOnNaN()] });
 * epoch.length; // => 1
 * ```
 */
export class TerminateOnNaN extends Callback {
  override async onTrainBatchEnd(_step: number, logs: BatchLogs): Promise<void> {
    const { loss } = await logs();
    if (loss !== undefined && !Number.isFinite(loss)) this.model.stopTraining = true;
  }
}
