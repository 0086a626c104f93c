/** Class numbers beside class scores. */
import { ShapeError, sameShape } from "@crease/backend";
import { asTensor, type Tensor, type TensorLike } from "@crease/tensor";

/**
 * Labels `[n, ...]` or `[n, ..., 1]` as `[n, ...]`, for predictions `[n, ..., c]`.
 *
 * @throws ShapeError where the axes before the last differ.
 */
export function labelsBeside(op: string, yTrue: TensorLike, yPred: Tensor): Tensor {
  const given = asTensor(yTrue, { backend: yPred.backend });
  const labels = given.ndim === yPred.ndim && given.shape[given.ndim - 1] === 1 ? given.squeeze(-1) : given;
  if (yPred.ndim === 0 || !sameShape(labels.shape, yPred.shape.slice(0, -1)))
    throw new ShapeError({
      op,
      problem: "the labels do not match the predictions",
      got: [given, yPred],
      fix: "Give one class number for each row of class scores",
    });
  return labels;
}
