/** Whether a class is among the largest scores. */
import { type Tensor, where } from "@crease/tensor";

/** How many of the largest predictions count. */
export interface TopKOptions {
  /** 5 unless given. */
  readonly k?: number;
}

/**
 * 1 where fewer than `k` scores exceed the label's (TensorFlow `in_top_k`: scores that tie at the border all count),
 * else 0.
 * A label outside the classes gives 0, and so does a score that is not finite.
 */
export function inTopK(labels: Tensor, scores: Tensor, k: number): Tensor {
  const classes = scores.shape[scores.ndim - 1] as number;
  const whole = labels.cast("int32");
  const isClass = whole.greaterEqual(0).logicalAnd(whole.less(classes));
  const safe = where(isClass, whole, 0).expandDims(-1);
  const own = scores.takeAlongAxis(safe, -1);
  const above = scores.greater(own).cast("int32").sum(-1);
  return above.less(k).logicalAnd(isClass).logicalAnd(own.squeeze(-1).isFinite()).cast("float32");
}
