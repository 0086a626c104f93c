/** The area under a curve that is known at some thresholds. */
import { divideNoNaN } from "@crease/losses";
import { type Tensor, where } from "@crease/tensor";
import type { Confusion } from "./confusion.ts";

/** Receiver operating characteristic, or precision over recall. */
export type Curve = "ROC" | "PR";
/** What stands for the height between two points: their mean, the smaller, or the larger. */
export type SummationMethod = "interpolation" | "minoring" | "majoring";

/** Area of counts `[thresholds]`, thresholds ascending: a scalar; of `[thresholds, labels]`: `[labels]`. */
export function areaUnderCurve(counts: Confusion, curve: Curve, method: SummationMethod): Tensor {
  if (curve === "PR" && method === "interpolation") return interpolatedPrecisionRecall(counts);
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = counts;
  const recall = divideNoNaN(truePositives, truePositives.add(falseNegatives));
  const [x, y] =
    curve === "ROC"
      ? [divideNoNaN(falsePositives, falsePositives.add(trueNegatives)), recall]
      : [recall, divideNoNaN(truePositives, truePositives.add(falsePositives))];
  const [left, right] = [upper(y), lower(y)];
  const height =
    method === "interpolation"
      ? left.add(right).div(2)
      : method === "minoring"
        ? left.minimum(right)
        : left.maximum(right);
  return upper(x).sub(lower(x)).mul(height).sum(0);
}

/**
 * Precision and recall with true positives TP and predicted positives P both linear between thresholds a and b:
 * `slope (TPb - TPa + intercept log(Pb / Pa)) / positives` with `slope = dTP / dP`, `intercept = TPa - slope Pa`
 * (Davis and Goadrich 2006, section 4).
 */
function interpolatedPrecisionRecall({ truePositives, falsePositives, falseNegatives }: Confusion): Tensor {
  const predicted = truePositives.add(falsePositives);
  const gain = upper(truePositives).sub(lower(truePositives));
  const slope = divideNoNaN(gain, upper(predicted).sub(lower(predicted)).maximum(0));
  const intercept = lower(truePositives).sub(slope.mul(lower(predicted)));
  const arePositive = upper(predicted).greater(0).logicalAnd(lower(predicted).greater(0));
  const ratio = where(arePositive, divideNoNaN(upper(predicted), lower(predicted).maximum(0)), 1);
  const positives = lower(truePositives).add(lower(falseNegatives)).maximum(0);
  return divideNoNaN(slope.mul(gain.add(intercept.mul(ratio.log()))), positives).sum(0);
}

/** The points that begin an interval of thresholds. */
function upper(x: Tensor): Tensor {
  return x.slice([0, -1]);
}

/** The points that end one. */
function lower(x: Tensor): Tensor {
  return x.slice([1, x.shape[0] as number]);
}
