/** Ends training as soon as the loss is no number any more. */
import { requireOptions, ValueError } from "@crease/backend";
import { type BatchLogs, Callback } from "./callback.ts";

/** What TerminateOnNaN takes; names and defaults as Keras 3. */
export interface TerminateOnNaNOptions {
  /** Whether `fit` raises a ValueError then, instead of returning what it has; default false. */
  readonly raiseError?: boolean;
}

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
  readonly #raiseError: boolean;

  constructor(options: TerminateOnNaNOptions = {}) {
    super();
    requireOptions<TerminateOnNaNOptions>("TerminateOnNaN", options, { raiseError: true });
    const { raiseError = false } = options;
    this.#raiseError = raiseError;
  }

  override async onTrainBatchEnd(step: number, logs: BatchLogs): Promise<void> {
    const { loss } = await logs();
    if (loss === undefined || Number.isFinite(loss)) return;
    if (this.#raiseError)
      throw new ValueError({
        op: "TerminateOnNaN",
        problem: `the loss is ${loss} after step ${step} of the epoch`,
        fix: "Look for such values in the data, or lower the learning rate",
      });
    this.model.stopTraining = true;
  }
}
