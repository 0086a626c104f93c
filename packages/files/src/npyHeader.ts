/** The header of npy files: magic, version and a Python dictionary with element type, order and shape. */
import type { Shape } from "@crease/backend";
import type { Wrong } from "./source.ts";

/** What an npy file says of its elements. */
export interface NpyHeader {
  /** NumPy's spelling of the element type: `<f4`, `|u1`, `>i8`, `<U5`. */
  readonly descr: string;
  readonly fortranOrder: boolean;
  readonly shape: Shape;
  /** Where the elements begin, in bytes. */
  readonly start: number;
}

const magic = "\x93NUMPY";
/** NumPy's own limit on the dictionary. */
const longestHeader = 10_000;

/** The header of an npy file of version 1, 2 or 3. @throws DataError where it is none. */
export function readNpyHeader(bytes: Uint8Array, wrong: Wrong): NpyHeader {
  const ascii = (from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));
  if (bytes.length < 10 || ascii(0, 6) !== magic) throw wrong("does not begin as npy files do");
  const version = bytes[6] as number;
  if (version < 1 || version > 3) throw wrong(`has version ${version} of the npy format`, "Save it as version 1 to 3");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sizeBytes = version === 1 ? 2 : 4;
  if (bytes.length < 8 + sizeBytes) throw wrong("is cut short");
  const size = sizeBytes === 2 ? view.getUint16(8, true) : view.getUint32(8, true);
  const start = 8 + sizeBytes + size;
  if (size > longestHeader) throw wrong(`claims a header of ${size} bytes`);
  if (start > bytes.length) throw wrong("is cut short");
  return { ...parseDictionary(ascii(8 + sizeBytes, start), wrong), start };
}

/** Reads `{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }`, keys in any order, and nothing else. */
function parseDictionary(text: string, wrong: Wrong): Omit<NpyHeader, "start"> {
  if (/^\s*\{\s*'descr':\s*\[/.test(text))
    throw wrong("holds records with several fields", "Save each field as an array of its own");
  const entry = /\s*'(\w+)':\s*('[^']*'|True|False|\([\d\s,L]*\))\s*(?:,|(?=\}))/y;
  const body = /^\s*\{/.exec(text);
  const found: Record<string, string> = Object.create(null);
  entry.lastIndex = body?.[0].length ?? text.length;
  let end = entry.lastIndex;
  for (let match = entry.exec(text); match !== null; match = entry.exec(text)) {
    found[match[1] as string] = match[2] as string;
    end = entry.lastIndex;
  }
  const { descr, fortran_order: order, shape } = found;
  const isWhole = /^\s*\}\s*$/.test(text.slice(end)) && Object.keys(found).length === 3;
  if (!isWhole || !descr?.startsWith("'") || !/^[TF]/.test(order ?? "") || !shape?.startsWith("("))
    throw wrong("has a header without a valid descr, fortran_order or shape");
  const sizes = shape
    .slice(1, -1)
    .split(",")
    .map((size) => size.trim());
  if (sizes.at(-1) === "") sizes.pop();
  const numbers = sizes.map((size) => (/^\d+L?$/.test(size) ? Number.parseInt(size, 10) : Number.NaN));
  if (!numbers.every(Number.isSafeInteger)) throw wrong(`has the shape ${shape}`);
  return { descr: descr.slice(1, -1), fortranOrder: order === "True", shape: numbers };
}

/** The bytes of a header, padded so that the elements begin at a multiple of 64. */
export function writeNpyHeader(descr: string, shape: Shape): Uint8Array {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const dictionary = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${sizes}), }`;
  const size = 64 * Math.ceil((10 + dictionary.length + 1) / 64) - 10;
  const bytes = new Uint8Array(10 + size);
  new TextEncoder().encodeInto(`${dictionary.padEnd(size - 1)}\n`, bytes.subarray(10));
  bytes.set(Uint8Array.from(`${magic}\x01`, (character) => character.charCodeAt(0)));
  new DataView(bytes.buffer).setUint16(8, size, true);
  return bytes;
}
