/** Functions of several tensors that join or choose elements. */
import { broadcastShapes, normalizeAxis, ShapeError, type Spec, sameShape, ValueError } from "@crease/backend";
import { asTensors } from "./asTensor.ts";
import type { TensorLike } from "./operands.ts";
import { promoteDTypes } from "./promote.ts";
import { scope } from "./scope.ts";
import { expandedShape } from "./shaping.ts";
import { specOf } from "./specOf.ts";
import { run, type Tensor } from "./tensor.ts";

/**
 * The tensors one behind the other along an axis that they have.
 *
 * @throws ShapeError where ranks or the sizes of the other axes differ; AxisError for an axis out of range; ValueError for no tensors.
 * @example
 * ```ts
 * import { concat, tensor } from "@crease/tensor";
 * concat([tensor([1, 2]), [3]]); // => [1. 2. 3.]
 * concat([tensor([[1], [2]]), tensor([[3], [4]])], -1); // => [[1. 3.] [2. 4.]]
 * ```
 */
export function concat(xs: readonly TensorLike[], axis = 0): Tensor {
  return scope(() => {
    const tensors = asTensors("concat", xs);
    const along = tensors[0] === undefined ? axis : normalizeAxis("concat", axis, tensors[0]);
    return run("concat", tensors, { axis: along })[0];
  });
}

/**
 * The tensors side by side along a new axis.
 *
 * @throws ShapeError where shapes differ; AxisError for an axis out of range; ValueError for no tensors.
 * @example
 * ```ts
 * import { stack, tensor } from "@crease/tensor";
 * stack([tensor([1, 2]), tensor([3, 4])]); // => [[1. 2.] [3. 4.]]
 * stack([tensor([1, 2]), tensor([3, 4])], 1); // => [[1. 3.] [2. 4.]]
 * ```
 */
export function stack(xs: readonly TensorLike[], axis = 0): Tensor {
  return scope(() => {
    const tensors = asTensors("stack", xs);
    const first = tensors[0];
    if (first === undefined)
      throw new ValueError({ op: "stack", problem: "no tensors to join", fix: "Give at least one" });
    if (tensors.some((x) => !sameShape(x.shape, first.shape)))
      throw new ShapeError({
        op: "stack",
        problem: "shapes differ",
        got: tensors,
        fix: "Give tensors of one shape, or use `concat`",
      });
    const place = normalizeAxis("stack", axis, { dtype: first.dtype, shape: [...first.shape, 1] });
    const shape = expandedShape(first, [place]);
    return run(
      "concat",
      tensors.map((x) => x.reshape(shape)),
      { axis: place },
    )[0];
  });
}

/**
 * `a` where the condition is true (a number: not 0), else `b`; all three broadcast.
 *
 * @throws ShapeError where they do not broadcast; DTypeError where only one of `a` and `b` is of strings.
 * @example
 * ```ts
 * import { tensor, where } from "@crease/tensor";
 * const x = tensor([-1, 2]);
 * where(x.greater(0), x, 0); // => [0. 2.]
 * ```
 */
export function where(condition: TensorLike, a: TensorLike, b: TensorLike): Tensor {
  const specs = [condition, a, b].map((x) => specOf("where", x)) as [Spec, Spec, Spec];
  promoteDTypes(specs[1].dtype, specs[2].dtype, "where", specs);
  broadcastShapes("where", specs);
  return run("select", [condition, a, b], {})[0];
}
