/** The definition of softmaxCrossEntropy. */
import { ValueError } from "@crease/backend";
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
  return [logsOfClasses(logs, target).neg(), probabilities.sub(isTarget.cast(logits.dtype))];
}

/** `logs[..., class]`; what gather says of a bad index is said in the composite's name. */
function logsOfClasses(logs: Tensor, classes: Tensor): Tensor {
  const axis = logs.shape.length - 1;
  try {
    return logs.gather(classes, { axis, batchDims: axis });
  } catch (cause) {
    if (!(cause instanceof ValueError)) throw cause;
    const { problem, fix } = cause;
    throw new ValueError({ op: "softmaxCrossEntropy", problem, got: [logs, classes], fix, cause });
  }
}
