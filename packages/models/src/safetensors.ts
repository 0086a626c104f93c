/** The safetensors format: a JSON header with dtypes, shapes and offsets, then the bytes of all tensors. */
import {
  bytesPerElement,
  type Data,
  DataError,
  type DType,
  decodeFloat16,
  encodeFloat16,
  type Shape,
  sizeOf,
} from "@crease/backend";

/** One tensor of a file: elements as they cross the border (float16 as Float32Array, bool as 0 and 1). */
export interface StoredTensor {
  readonly dtype: DType;
  readonly shape: Shape;
  readonly data: Data;
}

/** Tensors by name, and the free text entries of the header. */
export interface StoredTensors {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The format's own limit on the JSON header, which keeps a hostile length from being allocated. */
const maxHeaderBytes = 100_000_000;

type StoredDType = Exclude<DType, "string">;

const codes: { readonly [D in StoredDType]: string } = {
  float64: "F64",
  float32: "F32",
  float16: "F16",
  int32: "I32",
  int8: "I8",
  uint8: "U8",
  bool: "BOOL",
};

interface HeaderEntry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/**
 * The bytes of a safetensors file.
 *
 * @throws DataError for a string tensor, which the format does not have.
 * @example
 * ```ts
 * import { decodeSafetensors, encodeSafetensors } from "@crease/models";
 * const w = { dtype: "float32", shape: [2], data: new Float32Array([1, 2]) } as const;
 * const bytes = encodeSafetensors(new Map([["w", w]]), { step: "3" });
 * decodeSafetensors(bytes).metadata.step; // => 3
 * ```
 */
export function encodeSafetensors(
  tensors: ReadonlyMap<string, StoredTensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const header: Record<string, HeaderEntry | Readonly<Record<string, string>>> = {};
  if (Object.keys(metadata).length > 0) header.__metadata__ = metadata;
  let size = 0;
  const placed: { readonly tensor: StoredTensor; readonly start: number }[] = [];
  // The widest elements first, so that every tensor starts at a multiple of its element size.
  const byWidth = [...tensors].sort(([, a], [, b]) => bytesPerElement[b.dtype] - bytesPerElement[a.dtype]);
  for (const [name, tensor] of byWidth) {
    const { dtype, shape } = tensor;
    if (dtype === "string")
      throw new DataError({
        op: "encodeSafetensors",
        problem: `"${name}" holds strings`,
        got: [tensor],
        fix: "Save numbers only",
      });
    const end = size + sizeOf(shape) * bytesPerElement[dtype];
    header[name] = { dtype: codes[dtype], shape, data_offsets: [size, end] };
    placed.push({ tensor, start: size });
    size = end;
  }
  const text = JSON.stringify(header);
  const json = new TextEncoder().encode(
    text.padEnd(text.length + ((8 - (new TextEncoder().encode(text).length % 8)) % 8), " "),
  );
  const bytes = new Uint8Array(8 + json.length + size);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  for (const { tensor, start } of placed) writeElements(view, 8 + json.length + start, tensor);
  return bytes;
}

function writeElements(view: DataView, offset: number, { dtype, data }: StoredTensor): void {
  const values = (dtype === "float16" ? encodeFloat16(data as Float32Array) : data) as ArrayLike<number>;
  const width = bytesPerElement[dtype];
  for (let i = 0; i < values.length; i++) {
    const at = offset + i * width;
    const value = values[i] as number;
    if (dtype === "float32") view.setFloat32(at, value, true);
    else if (dtype === "float64") view.setFloat64(at, value, true);
    else if (dtype === "float16") view.setUint16(at, value, true);
    else if (dtype === "int32") view.setInt32(at, value, true);
    else view.setUint8(at, value & 255);
  }
}

/**
 * The tensors of a safetensors file. The bytes are treated as hostile: every size is checked before anything is
 * allocated, offsets must be ordered without overlap or holes, and nothing in them runs.
 *
 * @throws DataError naming what is wrong: cut short, damaged header, sizes that do not match, an unknown dtype.
 * @example
 * ```ts
 * import { decodeSafetensors } from "@crease/models";
 * decodeSafetensors(new Uint8Array(4)); // => throws DataError
 * ```
 */
export function decodeSafetensors(bytes: Uint8Array, file = "safetensors"): StoredTensors {
  const wrong = (problem: string): DataError =>
    new DataError({ op: file, problem, fix: "The file is damaged or no safetensors file: save or download it again" });
  if (bytes.length < 8) throw wrong(`${bytes.length} bytes are too few for a header`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerBytes = view.getBigUint64(0, true);
  if (headerBytes > BigInt(maxHeaderBytes) || headerBytes > BigInt(bytes.length - 8))
    throw wrong(`the header claims ${headerBytes} bytes of a file of ${bytes.length}`);
  const start = 8 + Number(headerBytes);
  const { entries, metadata } = parseHeader(bytes.subarray(8, start), wrong);
  const body = bytes.length - start;
  const tensors = new Map<string, StoredTensor>();
  let expected = 0;
  for (const [name, entry] of entries.sort(([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0])) {
    const dtype = (Object.keys(codes) as StoredDType[]).find((d) => codes[d] === entry.dtype);
    if (dtype === undefined) throw wrong(`"${name}" has dtype ${entry.dtype}, which has no counterpart here`);
    const [from, to] = entry.data_offsets;
    const size = sizeOf(entry.shape);
    if (from !== expected || to > body || !Number.isSafeInteger(size) || to - from !== size * bytesPerElement[dtype])
      throw wrong(`"${name}" does not lie where its ${size} elements of ${dtype} should`);
    expected = to;
    tensors.set(name, { dtype, shape: [...entry.shape], data: readElements(view, start + from, dtype, size) });
  }
  if (expected !== body) throw wrong(`${body - expected} bytes at its end belong to no tensor`);
  return { tensors, metadata };
}

type Wrong = (problem: string) => DataError;

function parseHeader(
  bytes: Uint8Array,
  wrong: Wrong,
): { entries: [string, HeaderEntry][]; metadata: Record<string, string> } {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw wrong("the header is no JSON");
  }
  if (typeof header !== "object" || header === null || Array.isArray(header))
    throw wrong("the header is no JSON object");
  const entries: [string, HeaderEntry][] = [];
  const metadata: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(header as Record<string, unknown>)) {
    if (name === "__metadata__") {
      for (const [key, text] of Object.entries((value ?? {}) as Record<string, unknown>)) {
        if (typeof text !== "string") throw wrong(`metadata "${key}" is no text`);
        metadata[key] = text;
      }
    } else entries.push([name, checkEntry(name, value, wrong)]);
  }
  return { entries, metadata };
}

function checkEntry(name: string, value: unknown, wrong: Wrong): HeaderEntry {
  const { dtype, shape, data_offsets: offsets } = (value ?? {}) as Partial<HeaderEntry>;
  const isSize = (n: unknown): boolean => Number.isSafeInteger(n) && (n as number) >= 0;
  const offsetsFit =
    Array.isArray(offsets) && offsets.length === 2 && offsets.every(isSize) && offsets[0] <= offsets[1];
  if (typeof dtype !== "string" || !Array.isArray(shape) || !shape.every(isSize) || !offsetsFit)
    throw wrong(`the header's entry for "${name}" lacks a valid dtype, shape or data_offsets`);
  return { dtype, shape, data_offsets: offsets as readonly [number, number] };
}

function readElements(view: DataView, offset: number, dtype: StoredDType, size: number): Data {
  const at = (i: number): number => offset + i * bytesPerElement[dtype];
  switch (dtype) {
    case "float64":
      return Float64Array.from({ length: size }, (_, i) => view.getFloat64(at(i), true));
    case "float32":
      return Float32Array.from({ length: size }, (_, i) => view.getFloat32(at(i), true));
    case "float16":
      return decodeFloat16(Uint16Array.from({ length: size }, (_, i) => view.getUint16(at(i), true)));
    case "int32":
      return Int32Array.from({ length: size }, (_, i) => view.getInt32(at(i), true));
    case "int8":
      return Int8Array.from({ length: size }, (_, i) => view.getInt8(at(i)));
    default:
      return Uint8Array.from({ length: size }, (_, i) => view.getUint8(at(i)));
  }
}
