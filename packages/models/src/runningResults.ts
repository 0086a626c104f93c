/** The running loss and metrics, computed when they are asked for. */
import type { Tensor } from "@crease/tensor";

/**
 * A record of tensors whose every read computes the number so far. Nearly all steps of a training are followed by
 * another before anybody asks, so they need not compute what nobody sees.
 */
export class RunningResults {
  constructor(makers: Readonly<Record<string, () => Tensor>>) {
    for (const [name, make] of Object.entries(makers))
      Object.defineProperty(this, name, { enumerable: true, get: make });
  }
}
