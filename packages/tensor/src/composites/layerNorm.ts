/** The definition of layerNorm. */
import type { Attrs } from "@crease/backend";
import type { Tensor } from "../tensor.ts";

/** `(x - mean) rstd scale + offset` with `rstd = 1 / sqrt(var + epsilon)`; the variance divides by n. Source: Keras 3 `LayerNormalization`. */
export function layerNorm(
  [x, scale, offset]: readonly [Tensor, Tensor, Tensor],
  { epsilon }: Attrs<"layerNorm">,
): readonly [Tensor, Tensor, Tensor] {
  const mean = x.mean(-1, { keepDims: true });
  const centered = x.sub(mean);
  const rstd = centered.square().mean(-1, { keepDims: true }).add(epsilon).rsqrt();
  return [centered.mul(rstd).mul(scale).add(offset), mean, rstd];
}
