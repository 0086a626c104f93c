/** Classes given as numbers, as vectors with a single 1. */
import { ValueError } from "@crease/backend";
import { Cell } from "./cell.ts";
import { type CreateOptions, oneHot } from "./create.ts";
import { elementsOf, type TensorLike, type Values } from "./operands.ts";
import { scope } from "./scope.ts";
import { readVariable, Tensor, upload } from "./tensor.ts";

/**
 * Classes from 0 to `numClasses - 1` as vectors along a new last axis, 1 at the class and 0 elsewhere (Keras 3
 * `to_categorical`). A last axis of size 1 is replaced, so labels of shape `[n, 1]` give `[n, numClasses]`. Numbers of a
 * float type are truncated. float32 unless `dtype` says otherwise.
 *
 * @param numClasses One more than the largest class unless said; then a tensor's values are read at once.
 * @throws ValueError naming a class out of range, for values given as arrays; one in a tensor gives zeros.
 * UnsupportedOpError without `numClasses`, where the backend cannot be read at once.
 * @example
 * ```ts
 * import { toCategorical } from "@crease/tensor";
 * await toCategorical([0, 2]).array(); // => [[1, 0, 0], [0, 0, 1]]
 * toCategorical([[1], [0]], 4).shape; // => [2, 4]
 * ```
 */
export function toCategorical(x: TensorLike, numClasses?: number, options: CreateOptions = {}): Tensor {
  return scope(() => {
    if (x instanceof Tensor || x instanceof Cell) {
      const classes = x instanceof Tensor ? x : readVariable(x);
      return hot(classes, numClasses ?? largest(classes.dataSync()) + 1, options);
    }
    const elements = elementsOf("toCategorical", x as Values);
    const depth = numClasses ?? largest(elements.data) + 1;
    requireClasses(elements.data, depth);
    return hot(upload(elements, options.backend), depth, options);
  });
}

function hot(classes: Tensor, depth: number, options: CreateOptions): Tensor {
  const { shape } = classes;
  const bare = shape.length > 1 && shape[shape.length - 1] === 1 ? classes.reshape(shape.slice(0, -1)) : classes;
  return oneHot(bare.cast("int32"), depth, options);
}

function largest(classes: ArrayLike<unknown>): number {
  let most = -1;
  for (let i = 0; i < classes.length; i++) most = Math.max(most, Math.trunc(Number(classes[i])));
  return most;
}

function requireClasses(classes: ArrayLike<unknown>, numClasses: number): void {
  for (let i = 0; i < classes.length; i++) {
    const value = Math.trunc(Number(classes[i]));
    if (!(value >= 0 && value < numClasses))
      throw new ValueError({
        op: "toCategorical",
        problem: `class ${classes[i]} at position ${i} is outside [0, ${numClasses})`,
        fix: "Give whole numbers from 0 to numClasses - 1",
      });
  }
}
