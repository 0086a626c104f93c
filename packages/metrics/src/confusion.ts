/** Right and wrong decisions, counted at each threshold. */
import { ShapeError, ValueError } from "@crease/backend";
import { alignTargets, alignWeights } from "@crease/losses";
import { arange, run, type Tensor, type TensorLike, tensor, where } from "@crease/tensor";

/** How predictions become decisions and what they weigh. */
export interface ConfusionOptions {
  /** A prediction above a threshold is a yes. */
  readonly thresholds: readonly number[];
  /**
   * The thresholds lie at equal distances from 0 to 1, so each prediction falls into one bucket: no comparison with
   * each.
   */
  readonly even: boolean;
  /** Only the `topK` largest predictions of the last axis can be a yes. */
  readonly topK?: number | null;
  /** Counts this entry of the last axis only. */
  readonly classId?: number | null;
  /** Counts each entry of the last axis by itself. */
  readonly multiLabel?: boolean;
  /** A weight for each entry of the last axis. */
  readonly labelWeights?: readonly number[] | null;
  readonly sampleWeight?: TensorLike | undefined;
}

/** Weighted counts `[thresholds]`, or `[thresholds, labels]` with `multiLabel`, float32. */
export interface Confusion {
  readonly truePositives: Tensor;
  readonly falsePositives: Tensor;
  readonly trueNegatives: Tensor;
  readonly falseNegatives: Tensor;
}

/**
 * Counts of a batch (Keras 3 `update_confusion_matrix_variables`); labels other than 0 are a yes.
 *
 * @throws ShapeError where targets, predictions and weights do not fit; ValueError for a `classId` or `topK` beyond the
 * classes.
 */
export function confusion(op: string, yTrue: TensorLike, yPred: TensorLike, options: ConfusionOptions): Confusion {
  const [targets, predictions] = alignTargets(op, yTrue, yPred);
  const { sampleWeight, labelWeights, multiLabel = false } = options;
  let labels = targets.notEqual(0).cast("float32");
  let scores = predictions.cast("float32");
  if (options.topK != null) scores = onlyTop(op, scores, options.topK);
  if (options.classId != null) {
    labels = entry(op, labels, options.classId);
    scores = entry(op, scores, options.classId);
  }
  let weights: Tensor | undefined;
  if (sampleWeight !== undefined) weights = alignWeights(op, sampleWeight, scores);
  if (labelWeights != null)
    weights =
      weights === undefined ? tensor([...labelWeights], { backend: scores.backend }) : weights.mul([...labelWeights]);
  // one row a decision, one column a label
  const columns = multiLabel ? (scores.shape[scores.ndim - 1] as number) : 1;
  const table = (x: Tensor): Tensor => x.reshape([-1, columns]);
  const positive = table(weights === undefined ? labels : labels.mul(weights));
  const negative = table(weights === undefined ? labels.neg().add(1) : labels.neg().add(1).mul(weights));
  const count = options.even ? countInBuckets : countAbove;
  const truePositives = count(table(scores), positive, options.thresholds);
  const falsePositives = count(table(scores), negative, options.thresholds);
  const counts = {
    truePositives,
    falsePositives,
    trueNegatives: negative.sum(0).sub(falsePositives),
    falseNegatives: positive.sum(0).sub(truePositives),
  };
  if (multiLabel) return counts;
  return {
    truePositives: counts.truePositives.squeeze(-1),
    falsePositives: counts.falsePositives.squeeze(-1),
    trueNegatives: counts.trueNegatives.squeeze(-1),
    falseNegatives: counts.falseNegatives.squeeze(-1),
  };
}

/** Sum of the weights of scores above each threshold: `[n, columns]` gives `[thresholds, columns]`. */
function countAbove(scores: Tensor, weights: Tensor, thresholds: readonly number[]): Tensor {
  const limits = tensor([...thresholds], { backend: scores.backend }).reshape([-1, 1, 1]);
  return scores.greater(limits).cast("float32").mul(weights).sum(1);
}

/**
 * As `countAbove` for even thresholds: a score in `(t[i], t[i + 1]]` belongs to bucket i, and a threshold's count is
 * the sum of all buckets from its own on. A score of 0 lies above the first threshold only if that is below 0.
 */
function countInBuckets(scores: Tensor, weights: Tensor, thresholds: readonly number[]): Tensor {
  const [, columns = 1] = scores.shape;
  const size = thresholds.length;
  const bucket = scores
    .clip(0, 1)
    .mul(size - 1)
    .ceil()
    .sub(1);
  const counted = (thresholds[0] as number) < 0 ? weights : where(bucket.less(0), 0, weights);
  const offset = arange(0, columns, 1, { dtype: "int32", backend: scores.backend }).mul(size);
  const index = bucket.relu().cast("int32").add(offset);
  const sums = run("scatterAdd", [index.flatten(), counted.flatten()], {
    axis: 0,
    batchDims: 0,
    size: size * columns,
  })[0];
  return sums.reshape([columns, size]).cumSum(1, { reverse: true }).transpose();
}

/** The scores with all but the `k` largest of the last axis below every threshold. */
function onlyTop(op: string, scores: Tensor, k: number): Tensor {
  const classes = scores.shape[scores.ndim - 1] ?? 1;
  if (!(Number.isInteger(k) && k > 0 && k <= classes))
    throw new ValueError({
      op,
      problem: `topK ${k} is not between 1 and the ${classes} classes`,
      got: [scores],
      fix: "Use fewer",
    });
  const { indices } = scores.topK(k);
  const classNumbers = arange(0, classes, 1, { dtype: "int32", backend: scores.backend });
  const isTop = indices.expandDims(-1).equal(classNumbers).any(-2);
  return where(isTop, scores, NEVER);
}

/** Below the threshold that stands for "any of the top k" (Keras 3 `NEG_INF`). */
export const NEVER = -1e10;

function entry(op: string, x: Tensor, classId: number): Tensor {
  if (x.ndim < 2)
    throw new ShapeError({
      op,
      problem: "classId needs one number for each class",
      got: [x],
      fix: "Give predictions [n, classes]",
    });
  const classes = x.shape[x.ndim - 1] as number;
  if (!(Number.isInteger(classId) && classId >= 0 && classId < classes))
    throw new ValueError({
      op,
      problem: `classId ${classId} is outside [0, ${classes})`,
      got: [x],
      fix: "Count classes from 0",
    });
  return x.slice("...", [classId, classId + 1]);
}
