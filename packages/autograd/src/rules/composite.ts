/** Gradients of the composites, so that tapes need not take them apart. */
import { type Attrs, type CompositeName, sizeOf } from "@crease/backend";
import { Tensor } from "@crease/tensor";
import { type Differentiated, type GradRule, type Lazy, notDifferentiable } from "../rule.ts";
import { throughRelu } from "./elementwise.ts";

const keep = { keepDims: true } as const;

/** Computes once what several thunks of one rule need. */
function once(make: () => Tensor): () => Tensor {
  let made: Tensor | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** The sum of those that are there. */
function total(parts: readonly (Tensor | null | undefined)[]): Tensor {
  return parts.filter((part) => part instanceof Tensor).reduce((a, b) => a.add(b));
}

/** `dx = (dy - sum(dy y)) y` for `y = softmax(x)`. */
function throughSoftmax(dy: Tensor, y: Tensor, axis: number): Tensor {
  return dy.sub(dy.mul(y).sum(axis, keep)).mul(y);
}

function dense({ inputs: [x, w, b], outputs: [y], dys, attrs }: Differentiated<"dense">): readonly [Lazy, Lazy, Lazy] {
  const rows = sizeOf(x.shape.slice(0, -1));
  const dy = once(() => {
    const [given] = dys;
    const sum = attrs.activation === "relu" ? throughRelu(given, y) : given;
    return sum.reshape([rows, b.size]);
  });
  return [
    () => dy().matmul(w, { transposeB: true }).reshape(x.shape),
    () => x.reshape([rows, w.shape[0] as number]).matmul(dy(), { transposeA: true }),
    () => dy().sum(0),
  ];
}

/** `gelu'(x) = P(X <= x) + x p(x)` for the normal distribution, or the derivative of its approximation by tanh. */
function geluSlope(x: Tensor, { approximate }: Attrs<"gelu">): Tensor {
  if (!approximate) {
    const below = x.mul(Math.SQRT1_2).erf().add(1).mul(0.5);
    const density = x.square().mul(-0.5).exp();
    return density
      .mul(x)
      .mul(1 / Math.sqrt(2 * Math.PI))
      .add(below);
  }
  const scale = Math.sqrt(2 / Math.PI);
  const square = x.square();
  const t = square.mul(0.044715).add(1).mul(x).mul(scale).tanh();
  const bend = t.square().neg().add(1);
  const inner = square
    .mul(3 * 0.044715)
    .add(1)
    .mul(scale);
  return bend.mul(inner).mul(x).add(t).add(1).mul(0.5);
}

/** The second output is the first one's gradient by the logits, `s sum(t) - t` with `s = softmax(logits)`. */
function softmaxCrossEntropy({
  inputs: [logits, target],
  outputs: [, gradient],
  dys: [dLoss, dGradient],
}: Differentiated<"softmaxCrossEntropy">): readonly [Lazy, Lazy] {
  const isSparse = target.dtype === "int32";
  const column = once(() => (dLoss as Tensor).expandDims(-1));
  const softmax = once(() => logits.softmax(-1));
  const throughGradient = (dy: Tensor): Tensor => {
    const dx = throughSoftmax(dy, softmax(), -1);
    return isSparse ? dx : dx.mul(target.sum(-1, keep));
  };
  return [
    () => total([dLoss && column().mul(gradient), dGradient && throughGradient(dGradient)]),
    isSparse
      ? null
      : () =>
          total([
            dLoss && logits.logSoftmax(-1).mul(column()).neg(),
            dGradient?.mul(softmax()).sum(-1, keep).sub(dGradient),
          ]),
  ];
}

/** With `h = (x - mean) rstd`, all means over the last axis: `mean' = 1 / n`, `rstd' = -rstd^2 h / n`. */
function layerNorm({
  inputs: [x, scale],
  outputs: [, mean, rstd],
  dys: [dy, dMean, dRstd],
}: Differentiated<"layerNorm">): readonly [Lazy, Lazy, Lazy] {
  const size = x.shape[x.ndim - 1] as number;
  const h = once(() => x.sub(mean).mul(rstd));
  const throughY = (dy: Tensor): Tensor => {
    const dh = dy.mul(scale);
    return dh.sub(dh.mean(-1, keep)).sub(dh.mul(h()).mean(-1, keep).mul(h())).mul(rstd);
  };
  return [
    () =>
      total([dy && throughY(dy), dMean?.div(size).broadcastTo(x.shape), dRstd?.mul(rstd.square()).div(-size).mul(h())]),
    dy && (() => dy.mul(h())),
    dy && (() => dy),
  ];
}

/** A composite without a row is taken apart by the tape. */
export const compositeGradients: { readonly [K in CompositeName]?: GradRule<K> | typeof notDifferentiable } = {
  softmax: ({ outputs: [y], dys: [dy], attrs: { axis } }): readonly [Lazy] => [() => throughSoftmax(dy, y, axis)],
  logSoftmax: ({ outputs: [y], dys: [dy], attrs: { axis } }): readonly [Lazy] => [
    () => dy.sub(y.exp().mul(dy.sum(axis, keep))),
  ],
  gelu: ({ inputs: [x], dys: [dy], attrs }): readonly [Lazy] => [() => dy.mul(geluSlope(x, attrs))],
  dense,
  softmaxCrossEntropy,
  layerNorm,
  sgdUpdate: notDifferentiable,
  momentumUpdate: notDifferentiable,
  adagradUpdate: notDifferentiable,
  rmspropUpdate: notDifferentiable,
  adamUpdate: notDifferentiable,
};
