/** A mean over batches: the state and the arithmetic that all mean-like metrics share. */
import type { Backend } from "@crease/backend";
import { alignWeights, divideNoNaN } from "@crease/losses";
import { scope, type Tensor, type TensorLike, tensor, type Variable } from "@crease/tensor";
import { Metric } from "./metric.ts";

/** `total / count`; a sample is an entry of the first axis and counts with the mean of its values (Keras 3 `Mean`). */
export abstract class WeightedMean<Arguments extends readonly unknown[]> extends Metric<Arguments> {
  /** Sum of the weighted values. */
  total: Variable | null = null;
  /** Sum of the weights. */
  count: Variable | null = null;

  /** Makes the state; the first update does it by itself. */
  build(backend: Backend): void {
    this.total ??= this.makeState("total", [], backend);
    this.count ??= this.makeState("count", [], backend);
  }

  /** Adds values and their weights to the state; call it inside a `scope`. */
  protected add(values: Tensor, sampleWeight?: TensorLike): void {
    this.build(values.backend);
    const { total, count } = weighted(this.name, values.cast("float32"), sampleWeight);
    this.total?.assign(total.add(this.total));
    this.count?.assign(this.count.value.add(count));
  }

  override result(): Tensor {
    const { total, count } = this;
    if (total === null || count === null) return tensor(0);
    return scope(() => divideNoNaN(total.value, count.value));
  }
}

function weighted(op: string, values: Tensor, sampleWeight?: TensorLike): { total: Tensor; count: Tensor | number } {
  // A loss that is a mean already, with the number of its samples: neither needs a reduction.
  if (values.ndim === 0 && (sampleWeight === undefined || typeof sampleWeight === "number")) {
    const count = sampleWeight ?? 1;
    return { total: count === 1 ? values : values.mul(count), count };
  }
  if (sampleWeight === undefined) return { total: perSample(values).sum(), count: values.shape[0] ?? 1 };
  const weights = alignWeights(op, sampleWeight, values);
  if (weights.ndim === 0) return { total: values.mean().mul(weights), count: weights };
  const spread = weights.broadcastTo(values.shape);
  return { total: perSample(values.mul(spread)).sum(), count: perSample(spread).sum() };
}

/** The mean over all axes but the first. */
function perSample(values: Tensor): Tensor {
  return values.ndim < 2 ? values : values.mean(values.shape.slice(1).map((_, i) => i + 1));
}
