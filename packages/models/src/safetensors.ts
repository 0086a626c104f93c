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

/** The format's own limit on the JSON header. */
const maxHeaderBytes = 100_000_000;
const metadataKey = "__metadata__";

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
 * @throws DataError for what the format does not have: string tensors, a tensor named `__metadata__`, and elements
 *   that do not fill their shape.
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
  const entries: [string, unknown][] = Object.keys(metadata).length > 0 ? [[metadataKey, metadata]] : [];
  const placed: { readonly tensor: StoredTensor; readonly start: number }[] = [];
  let size = 0;
  // The widest elements first, so that every tensor starts at a multiple of its element size.
  const byWidth = [...tensors].sort(([, a], [, b]) => bytesPerElement[b.dtype] - bytesPerElement[a.dtype]);
  for (const [name, tensor] of byWidth) {
    const { dtype, shape, data } = tensor;
    const wrong = (problem: string, fix: string): DataError =>
      new DataError({ op: "encodeSafetensors", problem: `"${name}" ${problem}`, got: [tensor], fix });
    if (dtype === "string") throw wrong("holds strings", "Save numbers only");
    if (name === metadataKey) throw wrong("is the name of the metadata", "Use another name");
    if (data.length !== sizeOf(shape)) throw wrong(`has ${data.length} elements`, "Give as many as its shape holds");
    const end = size + data.length * bytesPerElement[dtype];
    entries.push([name, { dtype: codes[dtype], shape, data_offsets: [size, end] } satisfies HeaderEntry]);
    placed.push({ tensor, start: size });
    size = end;
  }
  // From entries, since a key such as `__proto__` must become a field like any other.
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const start = 8 + 8 * Math.ceil(json.length / 8);
  const bytes = new Uint8Array(start + size).fill(0x20, 8, start);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(start - 8), true);
  bytes.set(json, 8);
  for (const { tensor, start: offset } of placed) writeElements(view, start + offset, tensor);
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
    else view.setInt8(at, value);
  }
}

type Wrong = (problem: string, fix?: string) => DataError;

/**
 * The tensors of a safetensors file. The bytes are treated as hostile: every size is checked before anything is
 * allocated, offsets must be ordered without overlap or holes, and nothing in them runs. `BF16` is read as float32.
 *
 * @throws DataError naming what is wrong: cut short, damaged header, sizes that do not match, a dtype without counterpart.
 * @example
 * ```ts
 * import { decodeSafetensors } from "@crease/models";
 * decodeSafetensors(new Uint8Array(4)); // => throws DataError
 * ```
 */
export function decodeSafetensors(bytes: Uint8Array, file = "decodeSafetensors"): StoredTensors {
  const wrong: Wrong = (
    problem,
    fix = "The file is damaged or no safetensors file: save or download it again",
  ): DataError => new DataError({ op: file, problem, fix });
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
  for (const [name, { dtype: code, shape, data_offsets: offsets }] of entries) {
    const [from, to] = offsets;
    const { dtype, width } = storageOf(name, code, wrong);
    const size = sizeOf(shape);
    if (from !== expected || to > body || to - from !== size * width)
      throw wrong(`"${name}" does not lie where its ${size} elements of ${code} should`);
    expected = to;
    tensors.set(name, { dtype, shape, data: readElements(view, start + from, code, size) });
  }
  if (expected !== body) throw wrong(`${body - expected} bytes at its end belong to no tensor`);
  return { tensors, metadata };
}

/** What a file's dtype becomes here, and the bytes of an element in the file. */
function storageOf(name: string, code: string, wrong: Wrong): { readonly dtype: StoredDType; readonly width: number } {
  if (code === "BF16") return { dtype: "float32", width: 2 };
  const dtype = (Object.keys(codes) as StoredDType[]).find((known) => codes[known] === code);
  if (dtype !== undefined) return { dtype, width: bytesPerElement[dtype] };
  const known = Object.values(codes).join(", ");
  throw wrong(
    `"${name}" has dtype ${JSON.stringify(code)}, which has no counterpart here`,
    `Convert it to one of ${known}`,
  );
}

/** The entries of all tensors, in the order in which they should lie. */
function parseHeader(
  bytes: Uint8Array,
  wrong: Wrong,
): { readonly entries: readonly [string, HeaderEntry][]; readonly metadata: Readonly<Record<string, string>> } {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    throw wrong("the header is no JSON");
  }
  if (!isObject(header)) throw wrong("the header is no JSON object");
  const entries: [string, HeaderEntry][] = [];
  let metadata: Readonly<Record<string, string>> = {};
  for (const [name, value] of Object.entries(header)) {
    if (name === metadataKey) metadata = checkMetadata(value, wrong);
    else entries.push([name, checkEntry(name, value, wrong)]);
  }
  // Ends decide where starts are equal: empty tensors lie before what begins at the same place.
  entries.sort(([, { data_offsets: a }], [, { data_offsets: b }]) => a[0] - b[0] || a[1] - b[1]);
  return { entries, metadata };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function checkMetadata(value: unknown, wrong: Wrong): Readonly<Record<string, string>> {
  if (isObject(value) && Object.values(value).every((text) => typeof text === "string"))
    return Object.assign(Object.create(null), value) as Record<string, string>;
  throw wrong("the metadata are no texts by name");
}

function checkEntry(name: string, value: unknown, wrong: Wrong): HeaderEntry {
  const { dtype, shape, data_offsets: offsets } = (isObject(value) ? value : {}) as Partial<HeaderEntry>;
  const isSize = (n: unknown): n is number => typeof n === "number" && Number.isSafeInteger(n) && n >= 0;
  const areOffsets =
    Array.isArray(offsets) && offsets.length === 2 && offsets.every(isSize) && offsets[0] <= offsets[1];
  if (typeof dtype !== "string" || !Array.isArray(shape) || !shape.every(isSize) || !areOffsets)
    throw wrong(`the header's entry for "${name}" lacks a valid dtype, shape or data_offsets`);
  return { dtype, shape, data_offsets: offsets as readonly [number, number] };
}

function readElements(view: DataView, offset: number, code: string, size: number): Data {
  const fill = <T extends { [i: number]: number }>(out: T, width: number, read: (at: number) => number): T => {
    for (let i = 0; i < size; i++) out[i] = read(offset + i * width);
    return out;
  };
  switch (code) {
    case "F64":
      return fill(new Float64Array(size), 8, (at) => view.getFloat64(at, true));
    case "F32":
      return fill(new Float32Array(size), 4, (at) => view.getFloat32(at, true));
    case "F16":
      return decodeFloat16(fill(new Uint16Array(size), 2, (at) => view.getUint16(at, true)));
    case "BF16": {
      // The upper half of a float32.
      const bits = fill(new Uint32Array(size), 2, (at) => view.getUint16(at, true) << 16);
      return new Float32Array(bits.buffer);
    }
    case "I32":
      return fill(new Int32Array(size), 4, (at) => view.getInt32(at, true));
    case "I8":
      return fill(new Int8Array(size), 1, (at) => view.getInt8(at));
    case "BOOL":
      return fill(new Uint8Array(size), 1, (at) => (view.getUint8(at) === 0 ? 0 : 1));
    default:
      return fill(new Uint8Array(size), 1, (at) => view.getUint8(at));
  }
}
