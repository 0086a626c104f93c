/** What labels say, judged by shapes. */
import type { Shape } from "@crease/backend";

/**
 * "binary" for predictions with one number a sample, "sparse" for class numbers, else "categorical": how Keras 3
 * chooses what "accuracy" and "crossentropy" mean.
 *
 * @example
 * ```ts
 * import { labelKind } from "@crease/losses";
 * labelKind([32], [32, 10]); // => sparse
 * labelKind([32, 10], [32, 10]); // => categorical
 * labelKind([32, 1], [32, 1]); // => binary
 * ```
 */
export function labelKind(yTrueShape: Shape, yPredShape: Shape): "binary" | "categorical" | "sparse" {
  if (yPredShape.length < 2 || yPredShape[yPredShape.length - 1] === 1) return "binary";
  if (yTrueShape.length < yPredShape.length || yTrueShape[yTrueShape.length - 1] === 1) return "sparse";
  return "categorical";
}
