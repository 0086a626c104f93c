/** Numbers in files: how they are read into arrays that tensors take, and written. */
import { bytesPerElement, type Data, type DType, decodeFloat16, encodeFloat16 } from "@crease/backend";
import type { Wrong } from "./source.ts";

/** How a file lays one number out. */
export interface NumberFormat {
  /** `bfloat` is the upper half of a float32; `bool` is true where any bit is set. */
  readonly kind: "float" | "bfloat" | "int" | "uint" | "bool";
  readonly bytes: 1 | 2 | 4 | 8;
  readonly littleEndian: boolean;
}

/** Elements with the element type that they have here. */
export interface Numbers {
  readonly dtype: Exclude<DType, "string">;
  readonly data: Exclude<Data, readonly string[]>;
}

/**
 * `count` numbers from the offset `at`, which the caller has checked to lie in `bytes`. Integers without an element type
 * here become int32 where all of them fit, else float64 where that is exact.
 *
 * @throws DataError for integers that neither holds exactly.
 */
export function readNumbers(bytes: Uint8Array, at: number, count: number, format: NumberFormat, wrong: Wrong): Numbers {
  const { kind, bytes: width, littleEndian: little } = format;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, count * width);
  const fill = <T extends { [i: number]: number }>(out: T, read: (offset: number) => number): T => {
    for (let i = 0; i < count; i++) out[i] = read(i * width);
    return out;
  };
  switch (`${kind}${8 * width}`) {
    case "float64":
      return { dtype: "float64", data: fill(new Float64Array(count), (offset) => view.getFloat64(offset, little)) };
    case "float32":
      return { dtype: "float32", data: fill(new Float32Array(count), (offset) => view.getFloat32(offset, little)) };
    case "float16": {
      const bits = fill(new Uint16Array(count), (offset) => view.getUint16(offset, little));
      return { dtype: "float16", data: decodeFloat16(bits) };
    }
    case "bfloat16": {
      const bits = fill(new Uint32Array(count), (offset) => view.getUint16(offset, little) << 16);
      return { dtype: "float32", data: new Float32Array(bits.buffer) };
    }
    case "bool8":
      return { dtype: "bool", data: fill(new Uint8Array(count), (offset) => (view.getUint8(offset) === 0 ? 0 : 1)) };
    case "int8":
      return { dtype: "int8", data: fill(new Int8Array(count), (offset) => view.getInt8(offset)) };
    case "uint8":
      return { dtype: "uint8", data: fill(new Uint8Array(count), (offset) => view.getUint8(offset)) };
    case "int16":
      return { dtype: "int32", data: fill(new Int32Array(count), (offset) => view.getInt16(offset, little)) };
    case "uint16":
      return { dtype: "int32", data: fill(new Int32Array(count), (offset) => view.getUint16(offset, little)) };
    case "int32":
      return { dtype: "int32", data: fill(new Int32Array(count), (offset) => view.getInt32(offset, little)) };
    case "uint32":
      return narrowest(fill(new Float64Array(count), (offset) => view.getUint32(offset, little)));
    case "int64":
    case "uint64":
      return narrowest(fill(new Float64Array(count), (offset) => wideInteger(view, offset, format, wrong)));
    default:
      throw wrong(`holds ${8 * width}-bit numbers of the kind ${kind}`, "Convert it to another element type");
  }
}

function narrowest(values: Float64Array): Numbers {
  const fit = values.every((value) => value >= -(2 ** 31) && value < 2 ** 31);
  return fit ? { dtype: "int32", data: Int32Array.from(values) } : { dtype: "float64", data: values };
}

function wideInteger(
  view: DataView,
  offset: number,
  { kind, littleEndian: little }: NumberFormat,
  wrong: Wrong,
): number {
  const [low, high] = little ? [offset, offset + 4] : [offset + 4, offset];
  const upper = kind === "int" ? view.getInt32(high, little) : view.getUint32(high, little);
  const value = upper * 2 ** 32 + view.getUint32(low, little);
  if (Number.isSafeInteger(value)) return value;
  const exact = kind === "int" ? view.getBigInt64(offset, little) : view.getBigUint64(offset, little);
  if (BigInt(value) === exact) return value;
  throw wrong(
    `holds the integer ${exact}, which neither int32 nor float64 holds exactly`,
    "Store such numbers as text, or round them first",
  );
}

/** Writes all elements, little-endian, from the offset `at`. Strings have no such form. */
export function writeNumbers(bytes: Uint8Array, at: number, dtype: Numbers["dtype"], data: Numbers["data"]): void {
  const values: ArrayLike<number> = dtype === "float16" ? encodeFloat16(data as Float32Array) : data;
  const width = bytesPerElement[dtype];
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, values.length * width);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (dtype === "float32") view.setFloat32(i * width, value, true);
    else if (dtype === "float64") view.setFloat64(i * width, value, true);
    else if (dtype === "float16") view.setUint16(i * width, value, true);
    else if (dtype === "int32") view.setInt32(i * width, value, true);
    else view.setInt8(i, value);
  }
}
