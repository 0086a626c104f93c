/** The adjoint of broadcasting. */
import { type Shape, sameShape } from "@crease/backend";
import type { Tensor } from "@crease/tensor";

/** Sums a gradient over the axes along which an input of `shape` was repeated; itself where there are none. */
export function sumTo(dy: Tensor, shape: Shape): Tensor {
  if (sameShape(dy.shape, shape)) return dy;
  const extra = dy.ndim - shape.length;
  const axes: number[] = [];
  for (let axis = 0; axis < dy.ndim; axis++)
    if (axis < extra || (shape[axis - extra] === 1 && dy.shape[axis] !== 1)) axes.push(axis);
  return dy.sum(axes, { keepDims: true }).reshape(shape);
}
