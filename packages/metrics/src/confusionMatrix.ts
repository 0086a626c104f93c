/** How often each class was taken for each. */
import { ShapeError, sameShape, ValueError } from "@crease/backend";
import { alignWeights, sameRank } from "@crease/losses";
import { asTensor, onesLike, run, scope, type Tensor, type TensorLike, where } from "@crease/tensor";

/** What pairs weigh. */
export interface ConfusionMatrixOptions {
  /** A weight for each pair; 1 unless given. */
  readonly sampleWeight?: TensorLike | undefined;
}

/**
 * The number, or the sum of the weights, of the pairs of each true class (row) and predicted class (column):
 * `[numClasses, numClasses]`, float32. Class numbers of any one shape; pairs with one outside `[0, numClasses)` are
 * left out.
 *
 * @throws ShapeError where targets, predictions and weights do not fit each other; ValueError for `numClasses` that is
 *   no positive integer, or for fractions among JavaScript numbers.
 * @example
 * ```ts
 * import { confusionMatrix } from "@crease/metrics";
 * confusionMatrix([0, 1, 1, 2], [0, 1, 2, 2], 3); // => [[1. 0. 0.] [0. 1. 1.] [0. 0. 1.]]
 * ```
 */
export function confusionMatrix(
  yTrue: TensorLike,
  yPred: TensorLike,
  numClasses: number,
  options: ConfusionMatrixOptions = {},
): Tensor {
  const op = "confusionMatrix";
  requireClasses(op, numClasses);
  return scope(() => {
    const given = asTensor(yPred, { dtype: "int32", op });
    const labels = asTensor(yTrue, { dtype: "int32", op, backend: given.backend });
    const [rows, columns] = sameRank(labels.cast("int32"), given.cast("int32"));
    if (!sameShape(rows.shape, columns.shape))
      throw new ShapeError({
        op,
        problem: "targets and predictions differ in shape",
        got: [labels, given],
        fix: "Give one class number for each prediction",
      });
    const ones = onesLike(columns, { dtype: "float32" });
    const { sampleWeight } = options;
    const weights = sampleWeight === undefined ? ones : ones.mul(alignWeights(op, sampleWeight, ones));
    const isClass = (x: Tensor): Tensor => x.greaterEqual(0).logicalAnd(x.less(numClasses));
    const counts = isClass(rows).logicalAnd(isClass(columns));
    const cell = where(counts, rows.mul(numClasses).add(columns), 0);
    const size = numClasses * numClasses;
    const sums = run("scatterAdd", [cell.flatten(), where(counts, weights, 0).flatten()], {
      axis: 0,
      batchDims: 0,
      size,
    })[0];
    return sums.reshape([numClasses, numClasses]);
  });
}

/** @throws ValueError for a number of classes that is no positive integer. */
export function requireClasses(op: string, numClasses: number): void {
  if (!(Number.isInteger(numClasses) && numClasses > 0))
    throw new ValueError({
      op,
      problem: `numClasses ${numClasses} is no positive integer`,
      fix: "Give the number of classes, which are counted from 0",
    });
}
