/** Targets beside predictions, and weights beside values: one backend, one float type, shapes that fit. */
import { ShapeError, sameShape } from "@crease/backend";
import { asTensor, type Tensor, type TensorLike } from "@crease/tensor";
import { toFloat } from "./toFloat.ts";

/**
 * Two tensors of one rank where a last axis of size 1 is all that their ranks differ by: a vector gains that axis,
 * anything else loses it (Keras 3 `squeeze_or_expand_to_same_rank`). Other tensors are returned as they are.
 *
 * @example
 * ```ts
 * import { sameRank } from "@crease/losses";
 * import { tensor } from "@crease/tensor";
 * sameRank(tensor([1, 2]), tensor([[1], [2]])).map((x) => x.shape); // => [[2, 1], [2, 1]]
 * ```
 */
export function sameRank(a: Tensor, b: Tensor): [Tensor, Tensor] {
  if (a.ndim === b.ndim + 1 && a.shape[a.ndim - 1] === 1)
    return b.ndim === 1 ? [a, b.expandDims(-1)] : [a.squeeze(-1), b];
  if (b.ndim === a.ndim + 1 && b.shape[b.ndim - 1] === 1)
    return a.ndim === 1 ? [a.expandDims(-1), b] : [a, b.squeeze(-1)];
  return [a, b];
}

/**
 * Targets and predictions of one shape; the targets take the predictions' dtype, integer predictions become float32.
 *
 * @throws ShapeError where the shapes differ by more than a last axis of size 1: losses never broadcast.
 * @example
 * ```ts
 * import { alignTargets } from "@crease/losses";
 * alignTargets("mse", [1, 2], [[0.5], [1.5]])[0].shape; // => [2, 1]
 * ```
 */
export function alignTargets(
  op: string,
  yTrue: TensorLike,
  yPred: TensorLike,
  fix = "Give one target for each prediction",
): [yTrue: Tensor, yPred: Tensor] {
  const given = asTensor(yPred);
  const predictions = toFloat(given);
  const targets = asTensor(yTrue, { backend: predictions.backend });
  const [a, b] = sameRank(targets.dtype === predictions.dtype ? targets : targets.cast(predictions.dtype), predictions);
  if (!sameShape(a.shape, b.shape))
    throw new ShapeError({
      op,
      problem: "targets and predictions differ in shape",
      got: [targets, given],
      fix,
    });
  return [a, b];
}

/**
 * Weights that multiply values: as the values' dtype, with axes of size 1 added at the end so that they belong to the
 * leading axes (`[n]` beside `[n, m]` weighs rows), or a last axis of size 1 taken away.
 *
 * @throws ShapeError where a weight axis is neither 1 nor the values' size.
 * @example
 * ```ts
 * import { alignWeights } from "@crease/losses";
 * import { zeros } from "@crease/tensor";
 * alignWeights("mse", [1, 2], zeros([2, 3])).shape; // => [2, 1]
 * ```
 */
export function alignWeights(op: string, weights: TensorLike, values: Tensor): Tensor {
  const given = asTensor(weights, { backend: values.backend });
  const cast = given.dtype === values.dtype ? given : given.cast(values.dtype);
  if (cast.ndim === 0) return cast;
  const shape = [...cast.shape];
  if (shape.length === values.ndim + 1 && shape[values.ndim] === 1) shape.pop();
  while (shape.length < values.ndim) shape.push(1);
  if (shape.length > values.ndim || shape.some((size, i) => size !== 1 && size !== values.shape[i]))
    throw new ShapeError({
      op,
      problem: "the sample weights do not fit the values",
      got: [given, values],
      fix: "Give one weight for each sample, or one for each value",
    });
  return sameShape(shape, cast.shape) ? cast : cast.reshape(shape);
}
