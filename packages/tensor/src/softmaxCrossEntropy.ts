/** The loss of classifiers as a function of logits. */
import type { TensorLike } from "./operands.ts";
import { scope } from "./scope.ts";
import { run, type Tensor } from "./tensor.ts";

/**
 * `-sum(target * log(softmax(logits)))` over the last axis, for integer classes `-log(softmax(logits))[class]`:
 * logits `[..., c]`, target `[...]` of integers or `[..., c]` of probabilities, loss `[...]`.
 *
 * @throws ShapeError where the target does not match; ValueError naming a class out of range and its position.
 * @example
 * ```ts
 * import { softmaxCrossEntropy, tensor } from "@crease/tensor";
 * softmaxCrossEntropy([[0, 0]], tensor([1], { dtype: "int32" })); // => [0.6931472]
 * softmaxCrossEntropy([[0, 0]], [[0.5, 0.5]]); // => [0.6931472]
 * ```
 */
export function softmaxCrossEntropy(logits: TensorLike, target: TensorLike): Tensor {
  return scope(() => run("softmaxCrossEntropy", [logits, target], {})[0]);
}
