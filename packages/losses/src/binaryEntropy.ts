/** The cross-entropy of single yes-or-no decisions. */
import { asTensor, type Tensor, type TensorLike, where } from "@crease/tensor";
import { alignTargets } from "./align.ts";
import { epsilon } from "./epsilon.ts";
import { smoothLabels } from "./labelSmoothing.ts";
import { logitsOf } from "./logitsOf.ts";

/** How labels and predictions are read. */
interface Reading {
  readonly fromLogits?: boolean;
  readonly labelSmoothing?: number;
}

/** Decisions, each with its cross-entropy. */
interface Decisions {
  /** Labels after smoothing. */
  readonly targets: Tensor;
  readonly probabilities: () => Tensor;
  readonly entropy: Tensor;
}

/**
 * The cross-entropy of each decision, from logits where predictions are or carry them.
 *
 * @throws ShapeError where targets and predictions differ in shape; ValueError for a smoothing outside [0, 1].
 */
export function binaryEntropy(op: string, yTrue: TensorLike, yPred: TensorLike, reading: Reading): Decisions {
  const { fromLogits = false, labelSmoothing = 0 } = reading;
  const given = asTensor(yPred);
  const logits = fromLogits ? given : logitsOf(given, "sigmoid");
  const [labels, x] = alignTargets(op, yTrue, logits ?? given);
  const targets = smoothLabels(op, labels, labelSmoothing, 2);
  if (logits === undefined) return { targets, probabilities: () => x, entropy: entropyOfProbabilities(targets, x) };
  return { targets, probabilities: () => x.sigmoid(), entropy: entropyOfLogits(targets, x) };
}

/** `-t log p - (1 - t) log(1 - p)`, p clipped to `[1e-7, 1 - 1e-7]`. */
function entropyOfProbabilities(targets: Tensor, x: Tensor): Tensor {
  const p = x.clip(epsilon, 1 - epsilon);
  return targets
    .mul(p.log())
    .add(targets.neg().add(1).mul(p.neg().add(1).log()))
    .neg();
}

/**
 * `max(x, 0) - x t + log(1 + e^-|x|)`. `select` instead of `maximum` and `abs`: the gradient at 0 must be `1/2 - t`.
 */
function entropyOfLogits(targets: Tensor, x: Tensor): Tensor {
  const isPositive = x.greaterEqual(0);
  const negative = x.neg();
  const positivePart = where(isPositive, x, 0);
  const minusMagnitude = where(isPositive, negative, x);
  return positivePart.sub(x.mul(targets)).add(minusMagnitude.exp().log1p());
}
