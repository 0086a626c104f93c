/** How unlikely label sequences are under class scores by time step, whatever the alignment. */
import { named, ShapeError } from "@crease/backend";
import { arange, asTensor, scope, stack, type Tensor, type TensorLike, where } from "@crease/tensor";
import type { LossOptions } from "./loss.ts";
import { SparseLoss } from "./sparseLoss.ts";
import { toFloat } from "./toFloat.ts";

/** The logarithm of a probability of 0, finite so that differences and gradients are no NaN. */
const NEVER = -1e30;

/**
 * `-log P(labels)`, the probability of all alignments that give the labels once repeats are merged and blanks, class 0,
 * left out: labels `[n, l]`, filled up with 0 at the end, with logits `[n, t, c]` give `[n]` (Keras 3 `ctc`; Graves et
 * al. 2006). Every sample has t time steps; labels that need more have the loss Infinity.
 *
 * @throws ShapeError where labels or logits have other axes; ValueError for a label outside the classes on backends
 *   that check indices.
 * @example
 * ```ts
 * import { ctc } from "@crease/losses";
 * ctc([[1]], [[[0, 0], [0, 0]]]); // => [0.2876821]
 * ```
 */
export function ctc(yTrue: TensorLike, yPred: TensorLike): Tensor {
  return scope(() => {
    const logits = toFloat(asTensor(yPred));
    const given = asTensor(yTrue, { backend: logits.backend, dtype: "int32", op: "ctc" });
    if (given.ndim !== 2 || logits.ndim !== 3 || given.shape[0] !== logits.shape[0] || logits.shape[1] === 0)
      throw new ShapeError({
        op: "ctc",
        problem: "the labels do not match the logits",
        got: [given, logits],
        fix: "Give labels [samples, length] with logits [samples, time steps, classes]",
      });
    const labels = given.dtype === "int32" ? given : given.cast("int32");
    const [n = 0, length = 0] = labels.shape;
    const states = 2 * length + 1;
    const [, steps = 0] = logits.shape;
    // a blank before, between and behind the labels
    const blanks = labels.mul(0);
    const path = stack([blanks, labels], 2)
      .reshape([n, states - 1])
      .pad([
        [0, 0],
        [0, 1],
      ]);
    const scores = logits.logSoftmax().takeAlongAxis(path.expandDims(1), 2);
    const place = arange(0, states, 1, { dtype: "int32", backend: logits.backend });
    // a blank may be left out between two labels that differ
    const mayJump = path.notEqual(0).logicalAnd(path.notEqual(later(path, 2, 0)));
    let ways = where(place.less(2), at(scores, 0), NEVER);
    for (let t = 1; t < steps; t++) {
      const jumps = where(mayJump, later(ways, 2, NEVER), NEVER);
      ways = stack([ways, later(ways, 1, NEVER), jumps], 0)
        .logSumExp(0)
        .add(at(scores, t));
    }
    const end = labels.notEqual(0).cast("int32").sum(1, { keepDims: true }).mul(2);
    const isEnd = place.lessEqual(end).logicalAnd(place.greaterEqual(end.sub(1)));
    const total = where(isEnd, ways, NEVER).logSumExp(1);
    return where(total.less(NEVER / 2), Number.POSITIVE_INFINITY, total.neg());
  });
}

/** `[n, t, s]` at one time: `[n, s]`. */
function at(x: Tensor, t: number): Tensor {
  return x.slice(null, t);
}

/** `[n, s]` moved `count` places to the right, with `fill` before. */
function later(x: Tensor, count: number, fill: number): Tensor {
  const [, size = 0] = x.shape;
  return x
    .pad(
      [
        [0, 0],
        [count, 0],
      ],
      { value: fill },
    )
    .slice(null, [0, size]);
}

/**
 * The loss `ctc`, weighted and reduced.
 *
 * @example
 * ```ts
 * import { CTC } from "@crease/losses";
 * new CTC().apply([[1]], [[[0, 0], [0, 0]]]); // => 0.2876821
 * ```
 */
export class CTC extends SparseLoss {
  static readonly ownNames: object = {};
  constructor(options: LossOptions = {}) {
    super(named("ctc", options));
  }

  override call(yTrue: Tensor, yPred: Tensor): Tensor {
    return ctc(yTrue, yPred);
  }
}
