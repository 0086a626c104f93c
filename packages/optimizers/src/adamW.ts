/** AdamW: Adam with decoupled weight decay. */
import { Adam, type AdamOptions } from "./adam.ts";
import { requireOptionsObject } from "./optimizerOptions.ts";

/**
 * Adam that also scales each variable by `1 - learningRate * weightDecay` before its step; `weightDecay` is 0.004
 * unless said (Keras 3 `AdamW`, after Loshchilov and Hutter 2019).
 *
 * @throws ValueError for options out of their range.
 * @example
 * ```ts
 * import { AdamW } from "@crease/optimizers";
 * new AdamW().weightDecay; // => 0.004
 * ```
 */
export class AdamW extends Adam {
  constructor(options: AdamOptions = {}) {
    requireOptionsObject("AdamW", options);
    super({ ...options, weightDecay: options.weightDecay ?? 0.004 }, "AdamW");
  }
}
