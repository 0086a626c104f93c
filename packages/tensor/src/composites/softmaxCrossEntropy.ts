/** The definition of softmaxCrossEntropy. */
import type { Tensor } from "../tensor.ts";

/**
 * `-log(softmax(logits))[class]`, or `-sum(target * log(softmax(logits)))` for probabilities, and its gradient by the
 * logits, `softmax(logits) * sum(target) - target`.
 *
 * @throws ValueError naming a class out of range and its position.
 */
export function softmaxCrossEntropy([logits, target]: readonly [Tensor, Tensor]): readonly [Tensor, Tensor] {
  const logs = logits.logSoftmax(-1);
  const probabilities = logs.exp();
  if (target.dtype !== "int32") {
    const gradient = probabilities.mul(target.sum(-1, { keepDims: true })).sub(target);
    return [target.mul(logs).sum(-1).neg(), gradient];
  }
  const axis = logits.shape.length - 1;
  const classes = Int32Array.from({ length: logits.shape[axis] as number }, (_, i) => i);
  const isTarget = target.expandDims(-1).equal(classes);
  return [logs.gather(target, { axis, batchDims: axis }).neg(), probabilities.sub(isTarget.cast(logits.dtype))];
}
