/** What a tensor is, apart from its numbers: element type and shape. */

/** The element types, by their NumPy names. */
export type DType = "float32" | "float64" | "float16" | "int32" | "int8" | "uint8" | "bool" | "string";

/** The size of each axis, outermost first; `[]` is a scalar. */
export type Shape = readonly number[];

/** Element type and shape of one tensor. */
export interface Spec {
  readonly shape: Shape;
  readonly dtype: DType;
}

/**
 * The elements of a tensor in row-major order, as they cross the border between front end and backend:
 * float16 travels as `Float32Array`, bool as `Uint8Array` of 0 and 1, string as an array of strings.
 */
export type Data = Float32Array | Float64Array | Int32Array | Int8Array | Uint8Array | readonly string[];

/** All element types, in the order of promotion. */
export const dtypes: readonly DType[] = ["bool", "int8", "uint8", "int32", "float16", "float32", "float64", "string"];

/**
 * Number of elements of a shape: the product of its sizes, 1 for a scalar.
 *
 * @example
 * ```ts
 * import { sizeOf } from "@crease/backend";
 * sizeOf([2, 3, 4]); // => 24
 * sizeOf([]); // => 1
 * ```
 */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (let i = 0; i < shape.length; i++) size *= shape[i] as number;
  return size;
}

/**
 * Element counts to step over for one step along each axis of a dense row-major array.
 *
 * @example
 * ```ts
 * import { stridesOf } from "@crease/backend";
 * stridesOf([2, 3, 4]); // => [12, 4, 1]
 * ```
 */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    strides[i] = step;
    step *= shape[i] as number;
  }
  return strides;
}

/**
 * True where two shapes have the same sizes.
 *
 * @example
 * ```ts
 * import { sameShape } from "@crease/backend";
 * sameShape([2, 3], [3, 2]); // => false
 * ```
 */
export function sameShape(a: Shape, b: Shape): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/**
 * The spelling of a spec in messages.
 *
 * @example
 * ```ts
 * import { formatSpec } from "@crease/backend";
 * formatSpec({ dtype: "float32", shape: [3, 4] }); // => float32[3,4]
 * ```
 */
export function formatSpec(spec: Spec): string {
  return `${spec.dtype}[${spec.shape.join(",")}]`;
}

/** Bytes of one element as backends store it; strings count as a reference of 8. */
export const bytesPerElement: { readonly [D in DType]: number } = {
  bool: 1,
  int8: 1,
  uint8: 1,
  int32: 4,
  float16: 2,
  float32: 4,
  float64: 8,
  string: 8,
};

/**
 * True for float16, float32 and float64.
 *
 * @example
 * ```ts
 * import { isFloat } from "@crease/backend";
 * isFloat("int32"); // => false
 * ```
 */
export function isFloat(dtype: DType): boolean {
  return dtype === "float32" || dtype === "float64" || dtype === "float16";
}

/**
 * True for int8, uint8 and int32.
 *
 * @example
 * ```ts
 * import { isInteger } from "@crease/backend";
 * isInteger("uint8"); // => true
 * ```
 */
export function isInteger(dtype: DType): boolean {
  return dtype === "int32" || dtype === "uint8" || dtype === "int8";
}

/** Smallest and largest value of each integer element type. */
export const integerRange: { readonly [D in "int8" | "uint8" | "int32"]: readonly [number, number] } = {
  int8: [-128, 127],
  uint8: [0, 255],
  int32: [-2147483648, 2147483647],
};

/**
 * A zero-filled array that holds `size` elements of `dtype` at the border (see `Data`).
 *
 * @example
 * ```ts
 * import { emptyData } from "@crease/backend";
 * emptyData("bool", 2).length; // => 2
 * ```
 */
export function emptyData(dtype: DType, size: number): Data {
  switch (dtype) {
    case "float32":
    case "float16":
      return new Float32Array(size);
    case "float64":
      return new Float64Array(size);
    case "int32":
      return new Int32Array(size);
    case "int8":
      return new Int8Array(size);
    case "uint8":
    case "bool":
      return new Uint8Array(size);
    case "string":
      return new Array<string>(size).fill("");
  }
}
