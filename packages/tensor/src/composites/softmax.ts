/** The definition of softmax. */
import type { Attrs } from "@crease/backend";
import type { Tensor } from "../tensor.ts";
import { shifted } from "./shifted.ts";

/** `e^(x - m) / sum(e^(x - m))`, m the largest along the axis. */
export function softmax([x]: readonly [Tensor], { axis }: Attrs<"softmax">): readonly [Tensor] {
  const power = shifted(x, axis).exp();
  return [power.div(power.sum(axis, { keepDims: true }))];
}
