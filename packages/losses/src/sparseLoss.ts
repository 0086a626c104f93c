/** The base class of losses whose targets are class numbers. */
import { asTensor, scope, type Tensor, type TensorLike } from "@crease/tensor";
import { type ApplyOptions, Loss } from "./loss.ts";

/** A loss that refuses fractions among JavaScript numbers as class numbers, instead of truncating them. */
export abstract class SparseLoss extends Loss {
  override apply(yTrue: TensorLike, yPred: TensorLike, options: ApplyOptions = {}): Tensor {
    return scope(() => {
      const predictions = asTensor(yPred);
      const labels = asTensor(yTrue, { backend: predictions.backend, dtype: "int32", op: this.name });
      return super.apply(labels, predictions, options);
    });
  }
}
