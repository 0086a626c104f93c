/** Element types as HDF5 files describe them. */
import type { DType } from "@crease/backend";
import type { NumberFormat } from "../numbers.ts";
import type { Cursor } from "./cursor.ts";

/** Numbers, texts of a fixed number of bytes, or texts of any length in the file's heap. */
export type ElementFormat =
  | (NumberFormat & { readonly spacePadded?: undefined })
  | { readonly kind: "fixedText"; readonly bytes: number; readonly spacePadded: boolean }
  | { readonly kind: "text"; readonly bytes: 16 };

const classes: readonly string[] = [
  "integers",
  "floats",
  "times",
  "texts",
  "bit fields",
  "opaque bytes",
  "records",
  "references",
  "enumerations",
  "sequences",
  "arrays",
];

/** Exponent and mantissa of IEEE 754's formats, and of bfloat16: where they begin and how many bits they have. */
const floats: { readonly [layout: string]: Pick<NumberFormat, "kind" | "bytes"> } = {
  "8: 52 11 0 52 1023": { kind: "float", bytes: 8 },
  "4: 23 8 0 23 127": { kind: "float", bytes: 4 },
  "2: 10 5 0 10 15": { kind: "float", bytes: 2 },
  "2: 7 8 0 7 127": { kind: "bfloat", bytes: 2 },
};

/** Reads a description of an element type. @throws DataError for those without counterpart here. */
export function readDatatype(cursor: Cursor): ElementFormat {
  const { wrong } = cursor.source;
  const head = cursor.u8();
  const [flags, moreFlags] = [cursor.u8(), cursor.u16()];
  const bytes = cursor.u32();
  const type = head & 15;
  const unknown = (what: string): Error =>
    wrong(`holds ${what}, which have no counterpart here`, "Convert them to numbers or texts");
  switch (type) {
    case 0:
      return readInteger(cursor, flags, bytes);
    case 1: {
      const isWhole = cursor.u16() === 0 && cursor.u16() === 8 * bytes && (flags & 0x40) === 0;
      const layout = [cursor.u8(), cursor.u8(), cursor.u8(), cursor.u8(), cursor.u32()].join(" ");
      const float = floats[`${bytes}: ${layout}`];
      if (!isWhole || float === undefined) throw unknown("floats of another kind than IEEE 754's or bfloat16");
      return { ...float, littleEndian: (flags & 1) === 0 };
    }
    case 3:
      return { kind: "fixedText", bytes, spacePadded: (flags & 15) === 2 };
    case 8:
      return readEnumeration(cursor, flags + ((moreFlags & 0xff) << 8), head >> 4);
    case 9:
      if ((flags & 15) !== 1 || bytes !== 16) throw unknown("sequences");
      return { kind: "text", bytes: 16 };
    default:
      throw unknown(classes[type] ?? `elements of class ${type}`);
  }
}

function readInteger(cursor: Cursor, flags: number, bytes: number): NumberFormat {
  const isWhole = cursor.u16() === 0 && cursor.u16() === 8 * bytes;
  if (!isWhole || ![1, 2, 4, 8].includes(bytes))
    throw cursor.source.wrong("holds integers of other than 8, 16, 32 or 64 bits", "Convert them");
  const kind = (flags & 8) === 0 ? "uint" : "int";
  return { kind, bytes: bytes as NumberFormat["bytes"], littleEndian: (flags & 1) === 0 };
}

/** NumPy's bool is an enumeration of FALSE and TRUE; others are the integers underneath. */
function readEnumeration(cursor: Cursor, count: number, version: number): ElementFormat {
  if ((cursor.u8() & 15) !== 0) throw cursor.source.wrong("has an enumeration of other values than integers");
  const flags = cursor.u8();
  cursor.skip(2);
  const base = readInteger(cursor, flags, cursor.u32());
  if (base.bytes !== 1 || count !== 2) return base;
  const names = [readName(cursor, version), readName(cursor, version)].join();
  return names === "FALSE,TRUE" ? { ...base, kind: "bool" } : base;
}

/** A text up to a zero, in earlier versions padded to a multiple of 8. */
function readName(cursor: Cursor, version: number): string {
  const start = cursor.position;
  let name = "";
  for (let code = cursor.u8(); code !== 0; code = cursor.u8()) name += String.fromCharCode(code);
  if (version < 3) cursor.align(start);
  return name;
}

/** Class and version 1, then the class's own bits: signed integers; sign bits of floats, with an implied leading 1. */
const descriptions: { readonly [D in DType]: readonly number[] } = {
  int32: integer(4, 8),
  int8: integer(1, 8),
  uint8: integer(1, 0),
  float64: float(8, 52, 11, 1023),
  float32: float(4, 23, 8, 127),
  float16: float(2, 10, 5, 15),
  bool: [0x18, 2, 0, 0, ...u32(1), ...integer(1, 8), ...padded("FALSE"), ...padded("TRUE"), 0, 1],
  // UTF-8 up to a zero; underneath are bytes.
  string: [0x19, 1, 1, 0, ...u32(16), ...integer(1, 0)],
};

function integer(bytes: number, signed: number): readonly number[] {
  return [0x10, signed, 0, 0, ...u32(bytes), 0, 0, 8 * bytes, 0];
}

function float(bytes: number, mantissa: number, exponent: number, bias: number): readonly number[] {
  return [
    0x11,
    0x20,
    8 * bytes - 1,
    0,
    ...u32(bytes),
    0,
    0,
    8 * bytes,
    0,
    mantissa,
    exponent,
    0,
    mantissa,
    ...u32(bias),
  ];
}

function u32(value: number): readonly number[] {
  return [value & 255, value >> 8, 0, 0];
}

function padded(name: string): readonly number[] {
  return Array.from({ length: 8 }, (_, i) => (i < name.length ? name.charCodeAt(i) : 0));
}

/** The description of an element type. */
export function writeDatatype(dtype: DType): readonly number[] {
  return descriptions[dtype];
}
