/** The definition of gelu. */
import type { Attrs } from "@crease/backend";
import type { Tensor } from "../tensor.ts";

/** `x (1 + erf(x / sqrt(2))) / 2`, or `x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2`. Source: Keras 3 `gelu`. */
export function gelu([x]: readonly [Tensor], { approximate }: Attrs<"gelu">): readonly [Tensor] {
  const bend = approximate
    ? x
        .add(x.square().mul(x).mul(0.044715))
        .mul(Math.sqrt(2 / Math.PI))
        .tanh()
    : x.mul(Math.SQRT1_2).erf();
  return [x.mul(0.5).mul(bend.add(1))];
}
