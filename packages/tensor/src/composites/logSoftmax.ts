/** The definition of logSoftmax. */
import type { Attrs } from "@crease/backend";
import type { Tensor } from "../tensor.ts";
import { shifted } from "./shifted.ts";

/** `s - log(sum(e^s))` with `s = x - m`, m the largest along the axis. */
export function logSoftmax([x]: readonly [Tensor], { axis }: Attrs<"logSoftmax">): readonly [Tensor] {
  const s = shifted(x, axis);
  return [s.sub(s.exp().sum(axis, { keepDims: true }).log())];
}
