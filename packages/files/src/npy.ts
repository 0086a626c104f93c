/** NumPy's npy format: one array in one file. */
import { bytesPerElement, DataError, type DType, type Shape, sizeOf, stridesOf } from "@crease/backend";
import { elementCount } from "./elementCount.ts";
import { readNpyHeader, writeNpyHeader } from "./npyHeader.ts";
import { type NumberFormat, type Numbers, readNumbers, writeNumbers } from "./numbers.ts";
import { complaints, type ReadOptions, type Wrong } from "./source.ts";
import type { StoredArray } from "./storedArray.ts";

const kinds: { readonly [letter: string]: NumberFormat["kind"] } = { f: "float", i: "int", u: "uint", b: "bool" };
const descrs: { readonly [D in Exclude<DType, "string">]: string } = {
  float64: "<f8",
  float32: "<f4",
  float16: "<f2",
  int32: "<i4",
  int8: "|i1",
  uint8: "|u1",
  bool: "|b1",
};

/**
 * The array in an npy file: either byte order, either memory order; the result is row-major and shares no memory with
 * `bytes`. Integer types that tensors lack become int32 where all values fit, else float64 where that is exact. Texts
 * (`U`, and `S` as UTF-8) become strings.
 *
 * @throws DataError where the file is damaged, or holds what has no counterpart here: Python objects (to read them means
 *   to run code), records, complex numbers, dates, and integers that neither int32 nor float64 holds exactly.
 * @example
 * ```ts
 * import { readNpy, writeNpy } from "@crease/files";
 * const bytes = writeNpy({ dtype: "int32", shape: [2, 1], data: new Int32Array([7, 8]) });
 * readNpy(bytes); // => {"dtype":"int32","shape":[2,1],"data":[7,8]}
 * ```
 */
export function readNpy(bytes: Uint8Array, { name }: ReadOptions = {}): StoredArray {
  const wrong = complaints("readNpy", name);
  const { descr, fortranOrder, shape, start } = readNpyHeader(bytes, wrong);
  const match = /^([<>|=]?)([a-zA-Z])(\d*)$/.exec(descr);
  const [, order, letter = "", digits] = match ?? [];
  if (letter === "O") throw wrong("holds Python objects, and to read them means to run code", "Save plain arrays");
  const isText = letter === "U" || letter === "S";
  const width = Number(digits) * (letter === "U" ? 4 : 1);
  const kind = kinds[letter];
  const known = isText || (kind !== undefined && (kind === "bool" ? width === 1 : [1, 2, 4, 8].includes(width)));
  if (!known || digits === "" || (letter === "f" && width === 1))
    throw wrong(`holds elements of the type '${descr}', which has no counterpart here`, "Convert it with astype");
  const count = elementCount(shape);
  const size = bytes.length - start;
  if (count * width !== size || (width === 0 && count > 0))
    throw wrong(`has ${size} bytes of elements, ${descr}[${shape.join(",")}] takes ${count * width}`);
  const rearrange = <T>(values: ArrayLike<T>, set: (to: number, value: T) => void): void =>
    fromColumnMajor(values, shape, set);
  if (isText) {
    const texts = readTexts(bytes.subarray(start), count, letter, width, order === ">", wrong);
    const data = [...texts];
    if (fortranOrder) rearrange(texts, (to, text) => (data[to] = text));
    return { dtype: "string", shape, data };
  }
  const format = {
    kind: kind as NumberFormat["kind"],
    bytes: width as NumberFormat["bytes"],
    littleEndian: order !== ">",
  };
  const { dtype, data } = readNumbers(bytes, start, count, format, wrong);
  if (!fortranOrder) return { dtype, shape, data };
  const sorted = data.slice();
  rearrange(data, (to, value) => (sorted[to] = value));
  return { dtype, shape, data: sorted };
}

/** Hands each element of a column-major array to `set` with its place in row-major order. */
function fromColumnMajor<T>(values: ArrayLike<T>, shape: Shape, set: (to: number, value: T) => void): void {
  const strides = stridesOf(shape);
  const index = new Array<number>(shape.length).fill(0);
  let to = 0;
  for (let from = 0; from < values.length; from++) {
    set(to, values[from] as T);
    for (let axis = 0; axis < shape.length; axis++) {
      index[axis] = (index[axis] as number) + 1;
      to += strides[axis] as number;
      if ((index[axis] as number) < (shape[axis] as number)) break;
      to -= (shape[axis] as number) * (strides[axis] as number);
      index[axis] = 0;
    }
  }
}

/** Texts of fixed width, padded with zeros at their end: UTF-32 or bytes. */
function readTexts(
  bytes: Uint8Array,
  count: number,
  letter: string,
  width: number,
  bigEndian: boolean,
  wrong: Wrong,
): readonly string[] {
  const decoder = new TextDecoder(letter === "S" ? "utf-8" : undefined, { fatal: true, ignoreBOM: true });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const decode = (at: number): string => {
    if (letter === "S") return decoder.decode(bytes.subarray(at, at + width));
    let text = "";
    for (let i = at; i < at + width; i += 4) text += String.fromCodePoint(view.getUint32(i, !bigEndian));
    return text;
  };
  try {
    return Array.from({ length: count }, (_, i) => decode(i * width).replace(/\0+$/, ""));
  } catch (cause) {
    throw wrong("holds texts with invalid characters", "Save them as UTF-8", cause);
  }
}

/**
 * The bytes of an npy file that NumPy loads; for a tensor: `writeNpy({ data: await x.data(), shape: x.shape, dtype: x.dtype })`.
 *
 * @throws DataError where the elements do not fill the shape, and for texts that end with a zero character.
 * @example
 * ```ts
 * import { readNpy, writeNpy } from "@crease/files";
 * const bytes = writeNpy({ dtype: "string", shape: [2], data: ["a", "bc"] });
 * readNpy(bytes).data; // => ["a", "bc"]
 * ```
 */
export function writeNpy({ dtype, shape, data }: StoredArray): Uint8Array {
  const wrong = (problem: string, fix: string): DataError =>
    new DataError({ op: "writeNpy", problem, got: [{ dtype, shape }], fix });
  if (data.length !== sizeOf(shape))
    throw wrong(`${data.length} elements do not fill the shape`, "Give as many as the product of the shape");
  if (dtype === "string") return writeTexts(data as readonly string[], shape, wrong);
  const header = writeNpyHeader(descrs[dtype], shape);
  const bytes = new Uint8Array(header.length + data.length * bytesPerElement[dtype]);
  bytes.set(header);
  writeNumbers(bytes, header.length, dtype, data as Numbers["data"]);
  return bytes;
}

function writeTexts(
  texts: readonly string[],
  shape: Shape,
  wrong: (problem: string, fix: string) => DataError,
): Uint8Array {
  const characters = texts.map((text) => Array.from(text, (character) => character.codePointAt(0) as number));
  if (characters.some((text) => text.at(-1) === 0))
    throw wrong("a text ends with a zero character, which the format takes for padding", "Cut it off");
  const width = characters.reduce((longest, text) => Math.max(longest, text.length), 1);
  const header = writeNpyHeader(`<U${width}`, shape);
  const bytes = new Uint8Array(header.length + 4 * width * texts.length);
  bytes.set(header);
  const view = new DataView(bytes.buffer, header.length);
  characters.forEach((text, i) => {
    text.forEach((character, j) => {
      view.setUint32(4 * (i * width + j), character, true);
    });
  });
  return bytes;
}
