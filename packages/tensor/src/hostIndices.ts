/** Indices that users give as numbers or arrays: checked here, with negative ones counted from the end. */
import { DTypeError, type Shape, type Spec, ValueError } from "@crease/backend";
import { elementsOf, isWeak, type Values, weakDType } from "./operands.ts";

/**
 * The indices from 0 to size - 1, with their shape.
 *
 * @throws DTypeError for fractions and for other than numbers; ValueError naming the first index outside [-size, size) and its position.
 */
export function hostIndices(
  op: string,
  values: Values,
  size: number,
  x: Spec,
): { readonly data: Int32Array; readonly shape: Shape } {
  const own = isWeak(values) ? weakDType(op, values, "int32") : elementsOf(op, values).dtype;
  if (own !== "int32" && own !== "int8" && own !== "uint8")
    throw new DTypeError({ op, problem: `indices are ${own}`, got: [x], fix: "Give integers" });
  const { data, shape } = elementsOf(op, values, "int32");
  const indices = Int32Array.from(data as Int32Array);
  indices.forEach((index, i) => {
    if (index < -size || index >= size)
      throw new ValueError({
        op,
        problem: `index ${index} at position ${i} is outside [${-size}, ${size})`,
        got: [x],
        fix: "Indices count the elements of the axis from 0, negative ones from the end",
      });
    if (index < 0) indices[i] = index + size;
  });
  return { data: indices, shape };
}
