/** Class numbers beside class scores. */
import { ShapeError, sameShape } from "@crease/backend";
import { asTensor, type Tensor, type TensorLike } from "@crease/tensor";

/**
 * Labels as int32 of the predictions' leading axes; those given as JavaScript numbers must be whole.
 *
 * @throws ShapeError where they do not match those axes.
 */
export function sparseLabels(op: string, yTrue: TensorLike, yPred: Tensor): Tensor {
  const given = asTensor(yTrue, { backend: yPred.backend, dtype: "int32", op });
  const labels = given.dtype === "int32" ? given : given.cast("int32");
  const rows = yPred.shape.slice(0, -1);
  const squeezed = labels.ndim === yPred.ndim && labels.shape[labels.ndim - 1] === 1 ? labels.squeeze(-1) : labels;
  if (!sameShape(squeezed.shape, rows))
    throw new ShapeError({
      op,
      problem: "the labels do not match the predictions",
      got: [given, yPred],
      fix: "Give one class number for each row of class scores; for one-hot labels use categoricalCrossentropy",
    });
  return squeezed;
}
