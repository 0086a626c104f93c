/** The definition of logSoftmax. */
import type { Attrs } from "@crease/backend";
import type { Tensor } from "../tensor.ts";

/** `s - log(sum(e^s))` with `s = x - m`, m the largest along the axis. */
export function logSoftmax([x]: readonly [Tensor], { axis }: Attrs<"logSoftmax">): readonly [Tensor] {
  const shifted = x.sub(x.max(axis, { keepDims: true }).stopGradient());
  return [shifted.sub(shifted.exp().sum(axis, { keepDims: true }).log())];
}
