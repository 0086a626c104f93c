/** How the losses of single samples become one number. */
import { suggestName, ValueError } from "@crease/backend";
import { type Tensor, type TensorLike, tensor } from "@crease/tensor";
import { alignWeights } from "./align.ts";
import { divideNoNaN } from "./divideNoNaN.ts";

/**
 * `sumOverBatchSize` and `mean`: the sum over the number of losses; `sum`; `meanWithSampleWeight`: the sum over the sum
 * of the weights; `none` (or `null`): one loss for each sample.
 */
export type Reduction = "sumOverBatchSize" | "mean" | "sum" | "meanWithSampleWeight" | "none";

const reductions: readonly Reduction[] = ["sumOverBatchSize", "mean", "sum", "meanWithSampleWeight", "none"];

/** The reduction of that name. @throws ValueError for an unknown one. */
export function requireReduction(op: string, reduction: Reduction | null): Reduction {
  if (reduction === null) return "none";
  if (!reductions.includes(reduction))
    throw new ValueError({
      op,
      problem: `unknown reduction "${reduction}"`,
      fix: suggestName(String(reduction), reductions),
    });
  return reduction;
}

/** What a reduction works with besides the losses. */
export interface ReductionInputs {
  readonly reduction: Reduction;
  readonly sampleWeight?: TensorLike | undefined;
  /** False where a loss does not count, neither in the sum nor in the number of losses. */
  readonly mask?: Tensor | undefined;
}

/** Weighted and reduced losses (Keras 3 `reduce_weighted_values`): a scalar, or `values`' shape for "none". */
export function reduceLosses(op: string, values: Tensor, { reduction, sampleWeight, mask }: ReductionInputs): Tensor {
  const weights = sampleWeight === undefined ? undefined : alignWeights(op, sampleWeight, values);
  const scale = mask === undefined ? weights : maskedWeights(weights, alignWeights(op, mask, values), reduction);
  const weighted = scale === undefined ? values : values.mul(scale);
  if (reduction === "none") return weighted;
  const total = weighted.sum();
  if (reduction === "sum") return total;
  if (reduction === "meanWithSampleWeight" && scale !== undefined) return divideNoNaN(total, scale.sum());
  return total.div(Math.max(weighted.size, 1));
}

/** The weights with the mask in them; for a mean those that count are scaled up by the share that does not. */
function maskedWeights(weights: Tensor | undefined, mask: Tensor, reduction: Reduction): Tensor {
  const isMean = reduction === "mean" || reduction === "sumOverBatchSize";
  const counted = isMean
    ? mask.mul(divideNoNaN(tensor(mask.size, { dtype: mask.dtype, backend: mask.backend }), mask.sum()))
    : mask;
  return weights === undefined ? counted : counted.mul(weights);
}
