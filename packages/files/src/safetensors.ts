/** The safetensors format: a JSON header with element types, shapes and offsets, then the bytes of all tensors. */
import { bytesPerElement, DataError, type DType, type Shape, sizeOf } from "@crease/backend";
import { type NumberFormat, type Numbers, readNumbers, writeNumbers } from "./numbers.ts";
import { complaints, type ReadOptions, type Wrong } from "./source.ts";
import type { StoredArray } from "./storedArray.ts";

/** Tensors by name, and the free text entries of the header. */
export interface Safetensors {
  readonly tensors: ReadonlyMap<string, StoredArray>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The format's own limit on the JSON header. */
const maxHeaderBytes = 100_000_000;
const metadataKey = "__metadata__";

const codes: { readonly [D in Exclude<DType, "string">]: string } = {
  float64: "F64",
  float32: "F32",
  float16: "F16",
  int32: "I32",
  int8: "I8",
  uint8: "U8",
  bool: "BOOL",
};

const kinds: { readonly [letters: string]: NumberFormat["kind"] } = {
  F: "float",
  BF: "bfloat",
  I: "int",
  U: "uint",
  BOOL: "bool",
};

interface HeaderEntry {
  readonly dtype: string;
  readonly shape: Shape;
  readonly data_offsets: readonly [number, number];
}

/**
 * The bytes of a safetensors file.
 *
 * @throws DataError for what the format does not have: strings, a tensor named `__metadata__`, and elements that do not
 *   fill their shape.
 * @example
 * ```ts
 * import { readSafetensors, writeSafetensors } from "@crease/files";
 * const w = { dtype: "float32", shape: [2], data: new Float32Array([1, 2]) } as const;
 * const bytes = writeSafetensors(new Map([["w", w]]), { step: "3" });
 * readSafetensors(bytes).metadata.step; // => 3
 * ```
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, StoredArray>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const entries: [string, unknown][] = Object.keys(metadata).length > 0 ? [[metadataKey, metadata]] : [];
  const placed: { readonly tensor: StoredArray; readonly start: number }[] = [];
  let size = 0;
  // The widest elements first, so that every tensor starts at a multiple of its element size.
  const byWidth = [...tensors].sort(([, a], [, b]) => bytesPerElement[b.dtype] - bytesPerElement[a.dtype]);
  for (const [name, tensor] of byWidth) {
    const { dtype, shape, data } = tensor;
    const wrong = (problem: string, fix: string): DataError =>
      new DataError({ op: "writeSafetensors", problem: `"${name}" ${problem}`, got: [tensor], fix });
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
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - 8), true);
  bytes.set(json, 8);
  for (const { tensor, start: offset } of placed)
    writeNumbers(bytes, start + offset, tensor.dtype as Numbers["dtype"], tensor.data as Numbers["data"]);
  return bytes;
}

/**
 * The tensors of a safetensors file. The bytes are treated as hostile: every size is checked before anything is
 * allocated, offsets must be ordered without overlap or holes, and nothing in them runs. `BF16` becomes float32;
 * integer types that tensors lack become int32 where all values fit, else float64 where that is exact.
 *
 * @throws DataError naming what is wrong: cut short, damaged header, sizes that do not match, an element type without
 *   counterpart, integers that neither int32 nor float64 holds exactly.
 * @example
 * ```ts
 * import { readSafetensors } from "@crease/files";
 * readSafetensors(new Uint8Array(4)); // => throws DataError
 * ```
 */
export function readSafetensors(bytes: Uint8Array, { name: file }: ReadOptions = {}): Safetensors {
  const wrong = complaints("readSafetensors", file);
  if (bytes.length < 8) throw wrong(`has ${bytes.length} bytes, too few for a header`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerBytes = view.getBigUint64(0, true);
  if (headerBytes > BigInt(maxHeaderBytes) || headerBytes > BigInt(bytes.length - 8))
    throw wrong(`claims a header of ${headerBytes} bytes in a file of ${bytes.length}`);
  const start = 8 + Number(headerBytes);
  const { entries, metadata } = parseHeader(bytes.subarray(8, start), wrong);
  const body = bytes.length - start;
  const tensors = new Map<string, StoredArray>();
  let expected = 0;
  for (const [name, { dtype: code, shape, data_offsets: offsets }] of entries) {
    const [from, to] = offsets;
    const format = formatOf(name, code, wrong);
    const size = sizeOf(shape);
    if (from !== expected || to > body || to - from !== size * format.bytes)
      throw wrong(`does not hold "${name}" where its ${size} elements of ${code} should be`);
    expected = to;
    const own: Wrong = (problem, fix) => wrong(`holds a tensor "${name}" that ${problem}`, fix);
    tensors.set(name, { shape, ...readNumbers(bytes, start + from, size, format, own) });
  }
  if (expected !== body) throw wrong(`has ${body - expected} bytes at its end that belong to no tensor`);
  return { tensors, metadata };
}

function formatOf(name: string, code: string, wrong: Wrong): NumberFormat {
  const [, letters = "", bits] = /^(BOOL|F|BF|I|U)(8|16|32|64)?$/.exec(code) ?? [];
  const bytes = (letters === "BOOL" ? 1 : Number(bits) / 8) as NumberFormat["bytes"];
  const kind = kinds[letters];
  const isKnown = (letters === "BOOL") === (bits === undefined) && (letters !== "BF" || bytes === 2) && code !== "F8";
  if (kind === undefined || !isKnown)
    throw wrong(
      `holds a tensor "${name}" of dtype ${JSON.stringify(code)}, which has no counterpart here`,
      `Convert it to one of ${Object.values(codes).join(", ")}`,
    );
  return { kind, bytes, littleEndian: true };
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
    throw wrong("has a header that is no JSON");
  }
  if (!isObject(header)) throw wrong("has a header that is no JSON object");
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
  throw wrong("has metadata that are no texts by name");
}

function checkEntry(name: string, value: unknown, wrong: Wrong): HeaderEntry {
  const { dtype, shape, data_offsets: offsets } = (isObject(value) ? value : {}) as Partial<HeaderEntry>;
  const isSize = (n: unknown): n is number => typeof n === "number" && Number.isSafeInteger(n) && n >= 0;
  const areOffsets =
    Array.isArray(offsets) && offsets.length === 2 && offsets.every(isSize) && offsets[0] <= offsets[1];
  if (typeof dtype !== "string" || !Array.isArray(shape) || !shape.every(isSize) || !areOffsets)
    throw wrong(`has a header whose entry for "${name}" lacks a valid dtype, shape or data_offsets`);
  return { dtype, shape, data_offsets: offsets as readonly [number, number] };
}
