/** What operations take besides tensors, and the elements and spec that each such value stands for. */
import {
  type Data,
  type DType,
  DTypeError,
  emptyData,
  formatShape,
  integerRange,
  isFloat,
  isInteger,
  type Shape,
  ShapeError,
  type Spec,
  sizeOf,
  ValueError,
} from "@crease/backend";
import type { Cell } from "./cell.ts";
import type { Tensor } from "./tensor.ts";

/** Element values in JavaScript. */
export type Scalar = number | boolean | string;
/** Arrays of arrays of scalars, all of one length at each depth. */
export type NestedArray = readonly (Scalar | NestedArray)[];
/** The typed arrays that have an element type here. */
export type TypedArray = Float32Array | Float64Array | Int32Array | Int8Array | Uint8Array;
/** Values that become a tensor where one is wanted. */
export type Values = Scalar | NestedArray | TypedArray | Uint8ClampedArray;
/** What every operation takes: tensors, Variables, and values that become tensors. */
export type TensorLike = Tensor | Cell | Values;

/** Elements with their spec, ready to upload. */
export interface Elements extends Spec {
  readonly data: Data;
}

/**
 * Elements of a value with the dtype it has by itself: numbers float32, booleans bool, strings string, a typed array its own.
 *
 * @throws ShapeError for ragged arrays and for a `shape` of another size; DTypeError for mixed or unknown element types.
 */
export function elementsOf(op: string, values: Values, dtype?: DType, shape?: Shape): Elements {
  if (typeof values === "number" && shape === undefined) return ofNumber(op, values, dtype ?? "float32");
  if (ArrayBuffer.isView(values)) return ofTypedArray(op, values, dtype, shape);
  const own = specOfValues(op, values);
  const target = dtype ?? own.dtype;
  // A dtype that is asked for takes numbers and booleans alike; without one the elements must agree.
  const kind = dtype === undefined ? typeof firstScalar(values) : undefined;
  const data = fill(op, values, target, own.shape, kind);
  return { data, dtype: target, shape: reshaped(op, shape, { dtype: target, shape: own.shape }) };
}

const numberSpec: Spec = { dtype: "float32", shape: [] };

/** The spec that `elementsOf` finds. @throws ShapeError for ragged arrays, DTypeError for typed arrays of an unknown type. */
export function specOfValues(op: string, values: Values): Spec {
  if (typeof values === "number") return numberSpec;
  if (ArrayBuffer.isView(values)) return ofTypedArray(op, values, undefined, undefined);
  const shape: number[] = [];
  measure(op, values, 0, shape);
  const kind = typeof firstScalar(values);
  return { dtype: kind === "string" ? "string" : kind === "boolean" ? "bool" : "float32", shape };
}

/** Numbers beside tensors are the commonest operands, so they get here without a search for their shape. */
function ofNumber(op: string, value: number, dtype: DType): Elements {
  const data = emptyData(dtype, 1) as number[] & Data;
  data[0] = toElement(op, value, dtype);
  return { data, dtype, shape: [] };
}

function ofTypedArray(
  op: string,
  values: ArrayBufferView,
  dtype: DType | undefined,
  shape: Shape | undefined,
): Elements {
  const own = dtypeOfTypedArray(values);
  if (own === undefined)
    throw new DTypeError({
      op,
      problem: `a ${values.constructor.name} has no element type here`,
      fix: "Copy it into a Float32Array, Float64Array, Int32Array, Int8Array or Uint8Array",
    });
  const array = values as TypedArray;
  const target = dtype ?? own;
  const spec = { dtype: target, shape: reshaped(op, shape, { dtype: target, shape: [array.length] }) };
  if (target === own && own !== "float16") return { ...spec, data: array as Data };
  const data = emptyData(target, array.length) as Float32Array;
  for (let i = 0; i < array.length; i++) data[i] = toElement(op, array[i] as number, target);
  return { ...spec, data };
}

function dtypeOfTypedArray(values: ArrayBufferView): DType | undefined {
  if (values instanceof Float32Array) return "float32";
  if (values instanceof Float64Array) return "float64";
  if (values instanceof Int32Array) return "int32";
  if (values instanceof Int8Array) return "int8";
  if (values instanceof Uint8Array || values instanceof Uint8ClampedArray) return "uint8";
  // Float16Array does not exist on Node 20, so it cannot be named in an instanceof.
  return values.constructor.name === "Float16Array" ? "float16" : undefined;
}

function reshaped(op: string, shape: Shape | undefined, spec: Spec): Shape {
  if (shape === undefined) return spec.shape;
  if (sizeOf(shape) !== sizeOf(spec.shape))
    throw new ShapeError({
      op,
      problem: `${sizeOf(spec.shape)} values do not fill shape ${formatShape(shape)} of ${sizeOf(shape)}`,
      got: [spec],
      fix: "Give as many values as the product of the shape",
    });
  return [...shape];
}

function firstScalar(values: Values): Scalar | undefined {
  let first: unknown = values;
  while (Array.isArray(first)) first = first[0];
  return first as Scalar | undefined;
}

/** Finds the size at each depth in `shape` and raises for lists of unequal length. */
function measure(op: string, values: Values, depth: number, shape: number[]): void {
  if (!Array.isArray(values)) {
    if (depth !== shape.length && shape.length > 0) throw ragged(op, shape);
    return;
  }
  if (shape.length === depth) shape.push(values.length);
  else if (shape[depth] !== values.length) throw ragged(op, shape, values.length, depth);
  for (let i = 0; i < values.length; i++) {
    const inner = values[i];
    if (Array.isArray(inner)) measure(op, inner, depth + 1, shape);
    else if (shape.length > depth + 1) throw ragged(op, shape);
  }
}

function ragged(op: string, shape: Shape, length?: number, depth?: number): ShapeError {
  const where =
    length === undefined
      ? "lists and numbers stand side by side"
      : `lists of ${shape[depth as number]} and ${length} stand side by side`;
  return new ShapeError({
    op,
    problem: `the nested array is ragged: ${where}`,
    fix: "All lists at one depth need one length",
  });
}

function fill(op: string, values: Values, dtype: DType, shape: Shape, kind: string | undefined): Data {
  const data = emptyData(dtype, sizeOf(shape)) as unknown[];
  let i = 0;
  const visit = (inner: unknown, depth: number): void => {
    if (Array.isArray(inner)) {
      if (depth >= shape.length) throw ragged(op, shape);
      for (const x of inner) visit(x, depth + 1);
    } else if (depth !== shape.length) throw ragged(op, shape);
    else if (kind !== undefined && typeof inner !== kind) throw noElement(op, inner, dtype);
    else data[i++] = toElement(op, inner, dtype);
  };
  visit(values, 0);
  return data as unknown as Data;
}

/** One JavaScript value as an element: integers must fit and be whole, bool takes true, false, 1 and 0. */
function toElement(op: string, value: unknown, dtype: DType): never {
  const kind = typeof value;
  if (dtype === "string" ? kind !== "string" : kind !== "number" && kind !== "boolean")
    throw noElement(op, value, dtype);
  if (dtype === "bool") {
    if (value === true || value === false || value === 0 || value === 1) return Number(value) as never;
    throw new ValueError({
      op,
      problem: `${value} is no bool`,
      fix: "Use true and false, or compare: `x.notEqual(0)`",
    });
  }
  if (isInteger(dtype)) requireFits(op, Number(value), dtype);
  return (dtype === "string" ? value : Number(value)) as never;
}

function noElement(op: string, value: unknown, dtype: DType): DTypeError {
  return new DTypeError({
    op,
    problem: `${named(value)} is no element of a ${dtype} tensor`,
    fix: "Use numbers, booleans or strings, one kind in one tensor; `stack` joins tensors",
  });
}

/** What a message calls a value that is no element. */
function named(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (value === null || value === undefined) return String(value);
  return typeof value === "object" ? `a value of class ${value.constructor?.name}` : `a ${typeof value}`;
}

function requireFits(op: string, value: number, dtype: DType): void {
  const [least, most] = integerRange[dtype as "int32"];
  if (!Number.isInteger(value))
    throw new ValueError({
      op,
      problem: `${value} is no integer for ${dtype}`,
      fix: 'Round first, or use dtype "float32"',
    });
  if (value < least || value > most)
    throw new ValueError({
      op,
      problem: `${value} is outside ${dtype}'s ${least} to ${most}`,
      fix: "Use a wider dtype",
    });
}

/**
 * The dtype that JavaScript numbers take beside a tensor: the tensor's own, or float32 where an integer or bool
 * tensor meets a fraction, NaN or Infinity (int32 for bool with whole numbers).
 *
 * @throws ValueError for a whole number outside the integer dtype's range.
 */
export function weakDType(op: string, values: number | NestedArray, beside: DType): DType {
  if (isFloat(beside)) return beside;
  let whole = true;
  let outside: number | undefined;
  const range = integerRange[(isInteger(beside) ? beside : "int32") as "int32"];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === "number") {
      if (!Number.isInteger(value)) whole = false;
      else if (value < range[0] || value > range[1]) outside = value;
    }
  };
  visit(values);
  if (!whole) return "float32";
  if (outside !== undefined) requireFits(op, outside, isInteger(beside) ? beside : "int32");
  return isInteger(beside) ? beside : "int32";
}

/** True for numbers and nested arrays of numbers: values that take the dtype of the tensor beside them. */
export function isWeak(values: Values): values is number | NestedArray {
  return (
    typeof values === "number" ||
    (Array.isArray(values) && typeof firstScalar(values) !== "string" && typeof firstScalar(values) !== "boolean")
  );
}
