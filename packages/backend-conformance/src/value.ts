/** Tensors of the host: elements with element type and shape. */
import {
  type Data,
  type DType,
  decodeFloat16,
  emptyData,
  encodeFloat16,
  type Shape,
  type Spec,
  sizeOf,
} from "@crease/backend";

/** Elements in row-major order, as they cross the border. */
export interface Value extends Spec {
  readonly data: Data;
}

/** Elements as nested arrays, a scalar as itself. */
export type Nested = number | boolean | string | readonly Nested[];

/** A value of nested elements; arrays without elements need their shape. */
export function value(dtype: DType, nested: Nested, shape: Shape = shapeOf(nested)): Value {
  return fromNumbers(dtype, shape, flatten(nested));
}

/** A value of elements in row-major order, rounded to the dtype. */
export function fromNumbers(dtype: DType, shape: Shape, elements: ArrayLike<number | boolean | string>): Value {
  if (dtype === "string") return { dtype, shape, data: Array.from(elements, String) };
  const data = emptyData(dtype, sizeOf(shape)) as Float32Array;
  for (let i = 0; i < data.length; i++) data[i] = Number(elements[i]);
  return { dtype, shape, data: dtype === "float16" ? decodeFloat16(encodeFloat16(data)) : data };
}

/** The same elements in another dtype. */
export function convert(x: Value, dtype: DType): Value {
  return x.dtype === dtype ? x : fromNumbers(dtype, x.shape, x.data);
}

/** True where both hold the same bits. */
export function identical(a: Value, b: Value): boolean {
  return a.data.length === b.data.length && [...a.data].every((x, i) => Object.is(x, b.data[i]));
}

function flatten(nested: Nested): (number | boolean | string)[] {
  return Array.isArray(nested) ? nested.flatMap(flatten) : [nested as number];
}

function shapeOf(nested: Nested): number[] {
  if (!Array.isArray(nested)) return [];
  return [nested.length, ...(nested.length === 0 ? [] : shapeOf(nested[0] as Nested))];
}
