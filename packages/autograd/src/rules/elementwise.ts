/** Gradients of the ops that compute each element by itself. */
import { type ElementwiseTable, isFloat } from "@crease/backend";
import { type Tensor, where, zerosLike } from "@crease/tensor";
import { type Differentiated, type GradRule, type Lazy, notDifferentiable } from "../rule.ts";

/** An op of one input whose gradient is `dy f'(x)`: `slope` gives `f'` from x and y. */
const unary =
  (slope: (x: Tensor, y: Tensor) => Tensor) =>
  ({ inputs: [x], outputs: [y], dys: [dy] }: Differentiated<"neg">): readonly [Lazy] => [() => dy.mul(slope(x, y))];

/** An op of one input whose gradient is `dy / g(x)`. */
const unaryOver =
  (divisor: (x: Tensor, y: Tensor) => Tensor) =>
  ({ inputs: [x], outputs: [y], dys: [dy] }: Differentiated<"neg">): readonly [Lazy] => [() => dy.div(divisor(x, y))];

/** `y` where dy is not 0, else 1: `0 / 0` and `0 * infinity` at a pole that nothing depends on become 0, as in TensorFlow. */
const awayFromPole = (y: Tensor, dy: Tensor): Tensor => where(dy.equal(0), 1, y);

/** At a tie all goes to the first, as in TensorFlow. */
const choice =
  (isFirst: (a: Tensor, b: Tensor) => Tensor) =>
  ({ inputs: [a, b], dys: [dy] }: Differentiated<"maximum">): readonly [Lazy, Lazy] => [
    () => where(isFirst(a, b), dy, 0),
    () => where(isFirst(a, b), 0, dy),
  ];

/**
 * `dy` where `y = relu(x)` is above 0, else y, which is 0 or NaN there. As in TensorFlow the second derivative is 0 and not
 * unconnected: what arrives at y this way stops at the same zeros.
 */
export function throughRelu(dy: Tensor, y: Tensor): Tensor {
  return where(y.greater(0), dy, y);
}

/** `1 - x^2` without cancellation. */
const oneMinusSquare = (x: Tensor): Tensor => x.neg().add(1).mul(x.add(1));

/** `log(a)`, and 0 where a is not positive, as in TensorFlow. */
function guardedLog(a: Tensor): Tensor {
  const isPositive = a.greater(0);
  return where(isPositive, where(isPositive, a, 1).log(), 0);
}

/** One rule for each row of ElementwiseTable; steps and comparisons have none, sign has 0, as in TensorFlow. */
export const elementwiseGradients: {
  readonly [K in keyof ElementwiseTable]: GradRule<K> | typeof notDifferentiable;
} = {
  neg: ({ dys: [dy] }): readonly [Lazy] => [() => dy.neg()],
  abs: unary((x) => x.sign()),
  sign: ({ inputs: [x] }): readonly [Lazy] => [() => zerosLike(x)],
  floor: notDifferentiable,
  ceil: notDifferentiable,
  round: notDifferentiable,
  relu: ({ outputs: [y], dys: [dy] }): readonly [Lazy] => [() => throughRelu(dy, y)],
  exp: unary((_x, y) => y),
  expm1: unary((x) => x.exp()),
  log: unaryOver((x) => x),
  log1p: unaryOver((x) => x.add(1)),
  sqrt: ({ outputs: [y], dys: [dy] }): readonly [Lazy] => [() => dy.mul(0.5).div(awayFromPole(y, dy))],
  rsqrt: ({ outputs: [y], dys: [dy] }): readonly [Lazy] => [
    () => {
      const root = awayFromPole(y, dy);
      return dy.mul(-0.5).mul(root).mul(root.square());
    },
  ],
  sin: unary((x) => x.cos()),
  cos: unary((x) => x.sin().neg()),
  tan: unary((_x, y) => y.square().add(1)),
  asin: unaryOver((x) => oneMinusSquare(x).sqrt()),
  acos: unaryOver((x) => oneMinusSquare(x).sqrt().neg()),
  atan: unaryOver((x) => x.square().add(1)),
  sinh: unary((x) => x.cosh()),
  cosh: unary((x) => x.sinh()),
  tanh: unary((_x, y) => oneMinusSquare(y)),
  asinh: unaryOver((x) => x.square().add(1).sqrt()),
  acosh: unaryOver((x) => x.sub(1).mul(x.add(1)).sqrt()),
  atanh: unaryOver(oneMinusSquare),
  sigmoid: unary((_x, y) => y.neg().add(1).mul(y)),
  erf: unary((x) =>
    x
      .square()
      .neg()
      .exp()
      .mul(2 / Math.sqrt(Math.PI)),
  ),
  logicalNot: notDifferentiable,
  isNaN: notDifferentiable,

  add: ({ dys: [dy] }): readonly [Lazy, Lazy] => [() => dy, () => dy],
  sub: ({ dys: [dy] }): readonly [Lazy, Lazy] => [() => dy, () => dy.neg()],
  mul: ({ inputs: [a, b], dys: [dy] }): readonly [Lazy, Lazy] => [() => dy.mul(b), () => dy.mul(a)],
  div: ({ inputs: [, b], outputs: [y], dys: [dy] }): readonly [Lazy, Lazy] => [
    () => dy.div(b),
    () => dy.mul(y.div(b)).neg(),
  ],
  floorDiv: notDifferentiable,
  mod: ({ inputs: [a, b], dys: [dy] }): readonly [Lazy, Lazy] => [() => dy, () => dy.mul(a.floorDiv(b)).neg()],
  pow: ({ inputs: [a, b], outputs: [y], dys: [dy] }): readonly [Lazy, Lazy] => [
    () => dy.mul(b).mul(a.pow(b.sub(1))),
    () => dy.mul(guardedLog(a)).mul(y),
  ],
  maximum: choice((a, b) => a.greaterEqual(b)),
  minimum: choice((a, b) => a.lessEqual(b)),
  atan2: ({ inputs: [a, b], dys: [dy] }): readonly [Lazy, Lazy] => {
    const scaled = () => dy.div(a.square().add(b.square()));
    return [() => b.mul(scaled()), () => a.neg().mul(scaled())];
  },
  equal: notDifferentiable,
  less: notDifferentiable,
  lessEqual: notDifferentiable,
  logicalAnd: notDifferentiable,
  logicalOr: notDifferentiable,
  logicalXor: notDifferentiable,

  select: ({ inputs: [condition], dys: [dy] }): readonly [Lazy, Lazy, Lazy] => [
    null,
    () => where(condition, dy, 0),
    () => where(condition, 0, dy),
  ],
  cast: ({ inputs: [x], dys: [dy] }): readonly [Lazy] => [isFloat(x.dtype) ? () => dy.cast(x.dtype) : null],
  read: ({ dys: [dy] }): readonly [Lazy] => [() => dy],
  stopGradient: notDifferentiable,
  customGradient: ({ inputs: [, ...xs], dys: [dy], attrs }): readonly Lazy[] => {
    const gradient = attrs.gradient as (dy: Tensor) => readonly (Tensor | null)[];
    let given: readonly (Tensor | null)[] | undefined;
    const pick = (i: number): Tensor | null => {
      given ??= gradient(dy);
      const dx = given[i] as Tensor | null;
      // A view, because the tape gives up what rules return and this may be the user's own.
      return dx === null ? null : dx.reshape(dx.shape);
    };
    return [null, ...xs.map((_, i) => () => pick(i))];
  },
};
