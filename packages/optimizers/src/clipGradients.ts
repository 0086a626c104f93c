/** Keeping gradients small before they are used. */
import { scope, type Tensor } from "@crease/tensor";
import type { FilledOptions } from "./optimizerOptions.ts";

/** The gradients, clipped by the one way that is set; nothing is read back from the backend. */
export function clipGradients(gradients: readonly Tensor[], options: FilledOptions): readonly Tensor[] {
  const { clipnorm, clipvalue, globalClipnorm } = options;
  if (clipnorm !== null) return gradients.map((gradient) => clipByNorm(gradient, clipnorm));
  if (clipvalue !== null) return gradients.map((gradient) => gradient.clip(-clipvalue, clipvalue));
  if (globalClipnorm !== null) return clipByGlobalNorm(gradients, globalClipnorm);
  return gradients;
}

/** `gradient * largest / max(norm, largest)`. */
function clipByNorm(gradient: Tensor, largest: number): Tensor {
  return scope(() => {
    const norm = gradient.square().sum().sqrt();
    return gradient.mul(largest).div(norm.maximum(largest));
  });
}

/** `gradient * min(largest / norm, 1)` with the norm of all gradients; NaN where that is not finite, as in Keras. */
function clipByGlobalNorm(gradients: readonly Tensor[], largest: number): readonly Tensor[] {
  return scope(() => {
    const squares = gradients.map((gradient) => gradient.square().sum());
    const norm = squares.reduce((sum, square) => sum.add(square)).sqrt();
    const factor = norm
      .reciprocal()
      .minimum(1 / largest)
      .mul(largest)
      .add(norm.sub(norm));
    return gradients.map((gradient) => gradient.mul(factor.cast(gradient.dtype)));
  });
}
