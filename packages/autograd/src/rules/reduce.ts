/** Gradients of the reductions. */
import { type Axes, type ReduceTable, type Shape, sizeOf } from "@crease/backend";
import { type Tensor, zerosLike } from "@crease/tensor";
import { type Differentiated, type GradRule, type Lazy, notDifferentiable } from "../rule.ts";

/** A reduction's result with the reduced axes as size 1, whatever `keepDims` said. */
function withAxes(y: Tensor, shape: Shape, { axes, keepDims }: Axes): Tensor {
  return keepDims ? y : y.reshape(shape.map((size, axis) => (axes.includes(axis) ? 1 : size)));
}

/** All elements that equal the extreme share its gradient, as in TensorFlow. */
function extreme({ inputs: [x], outputs: [y], dys: [dy], attrs }: Differentiated<"max" | "min">): readonly [Lazy] {
  return [
    () => {
      const isExtreme = x.equal(withAxes(y, x.shape, attrs)).cast(x.dtype);
      const share = isExtreme.div(isExtreme.sum(attrs.axes, { keepDims: true }));
      return share.mul(withAxes(dy, x.shape, attrs));
    },
  ];
}

/** Products of all elements before each one of the last axis. */
function productsBefore(x: Tensor): Tensor {
  const size = x.shape[x.ndim - 1] as number;
  return x
    .slice("...", [0, size - 1])
    .pad([...x.shape.slice(1).map(() => [0, 0] as const), [1, 0]], { value: 1 })
    .cumProd(-1);
}

/** Products of all other elements that were multiplied with each one: no division, so that zeros are no trouble. */
function productsOfOthers(x: Tensor, axes: readonly number[]): Tensor {
  const kept = x.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const order = [...kept, ...axes];
  const moved = x.transpose(order);
  const factors = moved.reshape([sizeOf(kept.map((axis) => x.shape[axis] as number)), -1]);
  const others = productsBefore(factors).mul(productsBefore(factors.flip(-1)).flip(-1));
  return others.reshape(moved.shape).transpose(order.map((_, axis) => order.indexOf(axis)));
}

/** One rule for each row of ReduceTable. */
export const reduceGradients: { readonly [K in keyof ReduceTable]: GradRule<K> | typeof notDifferentiable } = {
  sum: ({ inputs: [x], dys: [dy], attrs }): readonly [Lazy] => [
    () => withAxes(dy, x.shape, attrs).broadcastTo(x.shape),
  ],
  prod: ({ inputs: [x], dys: [dy], attrs }): readonly [Lazy] => [
    () => (x.size === 0 ? zerosLike(x) : productsOfOthers(x, attrs.axes).mul(withAxes(dy, x.shape, attrs))),
  ],
  max: extreme,
  min: extreme,
  any: notDifferentiable,
  all: notDifferentiable,
  argMax: notDifferentiable,
  argMin: notDifferentiable,
  cumSum: ({ dys: [dy], attrs: { axis, exclusive, reverse } }): readonly [Lazy] => [
    () => dy.cumSum(axis, { exclusive, reverse: !reverse }),
  ],
};
