/** Moving averages, in the two ways to write them: results agree with Keras's to the last digits only in its own. */
import { scope, type Tensor, type Variable } from "@crease/tensor";

/** `rho * average + (1 - rho) * x`. */
export function mix(rho: number, average: Tensor, x: Tensor): Tensor {
  return scope(() => average.mul(rho).add(x.mul(1 - rho)));
}

/** `slot += (x - slot) * share`. */
export function moveTowards(slot: Variable, x: Tensor, share: number): void {
  scope(() => slot.assign(slot.value.add(x.sub(slot).mul(share))));
}
