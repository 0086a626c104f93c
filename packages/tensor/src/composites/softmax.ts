/** The definition of softmax. */
import type { Attrs } from "@crease/backend";
import type { Tensor } from "../tensor.ts";

/** `e^(x - m) / sum(e^(x - m))`, m the largest along the axis. */
export function softmax([x]: readonly [Tensor], { axis }: Attrs<"softmax">): readonly [Tensor] {
  const power = x.sub(x.max(axis, { keepDims: true }).stopGradient()).exp();
  return [power.div(power.sum(axis, { keepDims: true }))];
}
