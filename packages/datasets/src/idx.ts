/** The IDX file format of MNIST: two zero bytes, type code, rank, sizes as big-endian uint32, big-endian elements. */
import { DataError, type DType, DTypeError, emptyData, type Shape, ShapeError, sizeOf } from "@crease/backend";
import { inflate } from "@crease/files";
import { isGzip } from "./isGzip.ts";

/** The typed arrays that IDX files hold. */
export type IdxData = Uint8Array | Int8Array | Int32Array | Float32Array | Float64Array;

/** The element types that IDX files share with tensors. */
export type IdxDType = "uint8" | "int8" | "int32" | "float32" | "float64";

/** Elements in row-major order with their spec; `tensor(data, { shape, dtype })` makes a tensor of it. */
export interface IdxArray {
  readonly data: IdxData;
  readonly shape: Shape;
  readonly dtype: IdxDType;
}

/** How `readIdx` reads. */
export interface ReadIdxOptions {
  /** What messages call the file. Default "the file". */
  readonly name?: string;
  /** The largest file to read, in bytes after decompression. Default 2^30. */
  readonly limit?: number;
}

const formats: { readonly [D in IdxDType]: { readonly code: number; readonly bytes: number } } = {
  uint8: { code: 0x08, bytes: 1 },
  int8: { code: 0x09, bytes: 1 },
  int32: { code: 0x0c, bytes: 4 },
  float32: { code: 0x0d, bytes: 4 },
  float64: { code: 0x0e, bytes: 8 },
};
const int16Code = 0x0b;
/** What messages about a damaged file advise. */
const fix = "Get the file again";
/** Four bytes and 255 sizes of four bytes. */
const longestHeader = 4 + 4 * 255;

/**
 * Reads an IDX file, compressed by gzip or not. The result shares no memory with `bytes`.
 * Nothing is allocated before the sizes in the header agree with the length of the file.
 *
 * @throws DataError where the file is no IDX file, cut short, too long or damaged; DTypeError for int16.
 * @example
 * ```ts
 * import { readIdx } from "@crease/datasets";
 * const { data, shape, dtype } = await readIdx(new Uint8Array([0, 0, 8, 1, 0, 0, 0, 3, 5, 0, 4]));
 * Array.from(data); // => [5,0,4]
 * shape; // => [3]
 * dtype; // => uint8
 * ```
 */
export async function readIdx(bytes: Uint8Array, options: ReadIdxOptions = {}): Promise<IdxArray> {
  const { name = "the file", limit = 2 ** 30 } = options;
  if (!isGzip(bytes)) return parse(bytes, readHeader(bytes, name, limit), name);
  const source = { format: "gzip", op: "readIdx", name, fix } as const;
  const start = await inflate(bytes, { ...source, limit: longestHeader, beyond: "drop" });
  const header = readHeader(start, name, limit);
  const whole = await inflate(bytes, { ...source, limit: header.fileBytes });
  return parse(whole, header, name);
}

interface Header {
  readonly dtype: IdxDType;
  readonly shape: Shape;
  readonly headerBytes: number;
  readonly fileBytes: number;
}

function readHeader(bytes: Uint8Array, name: string, limit: number): Header {
  if (bytes.length < 4 || bytes[0] !== 0 || bytes[1] !== 0) {
    const found = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
    throw damaged(name, `begins with ${found || "nothing"}, an IDX file with 00 00, type code and rank`);
  }
  const code = bytes[2] as number;
  const dtype = (Object.keys(formats) as IdxDType[]).find((candidate) => formats[candidate].code === code);
  if (code === int16Code)
    throw new DTypeError({
      op: "readIdx",
      problem: `${name} holds int16, which tensors do not have`,
      fix: "Convert the file to int32",
    });
  if (dtype === undefined)
    throw damaged(name, `has the type code 0x${code.toString(16).padStart(2, "0")}, expected 08, 09, 0c, 0d or 0e`);
  const rank = bytes[3] as number;
  const headerBytes = 4 + 4 * rank;
  if (bytes.length < headerBytes)
    throw damaged(name, `is cut short: ${bytes.length} bytes, its header of rank ${rank} alone has ${headerBytes}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  // Products beyond 2^53 are inexact but far beyond any limit; a size 0 must not meet Infinity.
  const fileBytes = headerBytes + (shape.includes(0) ? 0 : sizeOf(shape) * formats[dtype].bytes);
  if (fileBytes > limit)
    throw new DataError({
      op: "readIdx",
      problem: `${name} of ${dtype}[${shape.join(",")}] would take ${fileBytes} bytes, the limit is ${limit}`,
      fix: "Check where the file comes from, or raise `limit`",
    });
  return { dtype, shape, headerBytes, fileBytes };
}

function parse(bytes: Uint8Array, { dtype, shape, headerBytes, fileBytes }: Header, name: string): IdxArray {
  if (bytes.length !== fileBytes) {
    const what = bytes.length < fileBytes ? "is cut short" : "is too long";
    throw damaged(name, `${what}: ${bytes.length} bytes, ${dtype}[${shape.join(",")}] takes ${fileBytes}`);
  }
  const body = new DataView(bytes.buffer, bytes.byteOffset + headerBytes, fileBytes - headerBytes);
  const size = body.byteLength / formats[dtype].bytes;
  const data = emptyData(dtype, size) as IdxData;
  switch (dtype) {
    case "uint8":
    case "int8":
      data.set(new Uint8Array(body.buffer, body.byteOffset, size));
      break;
    case "int32":
      for (let i = 0; i < size; i++) data[i] = body.getInt32(4 * i);
      break;
    case "float32":
      for (let i = 0; i < size; i++) data[i] = body.getFloat32(4 * i);
      break;
    case "float64":
      for (let i = 0; i < size; i++) data[i] = body.getFloat64(8 * i);
      break;
  }
  return { data, shape, dtype };
}

function damaged(name: string, problem: string): DataError {
  return new DataError({ op: "readIdx", problem: `${name} ${problem}`, fix });
}

/** What `writeIdx` takes: an `IdxArray`, or the elements and spec of a tensor. */
export interface IdxSource {
  readonly data: ArrayLike<number>;
  readonly shape: Shape;
  readonly dtype: DType;
}

/**
 * The bytes of an IDX file of an array; for a tensor: `writeIdx({ data: await x.data(), shape: x.shape, dtype: x.dtype })`.
 *
 * @throws DTypeError for other element types than uint8, int8, int32, float32 and float64; ShapeError where
 * the shape does not fit the data or the format.
 * @example
 * ```ts
 * import { writeIdx } from "@crease/datasets";
 * const bytes = writeIdx({ data: new Uint8Array([5, 0, 4]), shape: [3], dtype: "uint8" });
 * Array.from(bytes); // => [0,0,8,1,0,0,0,3,5,0,4]
 * ```
 */
export function writeIdx({ data, shape, dtype }: IdxSource): Uint8Array {
  const got = [{ dtype, shape }];
  if (!Object.hasOwn(formats, dtype))
    throw new DTypeError({
      op: "writeIdx",
      problem: `IDX files have no ${dtype}`,
      got,
      fix: "Cast to uint8, int8, int32, float32 or float64",
    });
  const size = sizeOf(shape);
  if (size !== data.length)
    throw new ShapeError({
      op: "writeIdx",
      problem: `${data.length} elements do not fill the shape`,
      got,
      fix: "Give as many elements as the product of the shape",
    });
  if (shape.length > 255 || shape.some((length) => length >= 2 ** 32))
    throw new ShapeError({
      op: "writeIdx",
      problem: "the format holds up to 255 axes below 2^32",
      got,
      fix: "Reshape or split",
    });
  const format = formats[dtype as IdxDType];
  const bytes = new Uint8Array(4 + 4 * shape.length + size * format.bytes);
  const view = new DataView(bytes.buffer);
  bytes[2] = format.code;
  bytes[3] = shape.length;
  shape.forEach((length, axis) => {
    view.setUint32(4 + 4 * axis, length);
  });
  const start = 4 + 4 * shape.length;
  for (let i = 0; i < size; i++) {
    const value = data[i] as number;
    if (format.bytes === 1) bytes[start + i] = value;
    else if (dtype === "int32") view.setInt32(start + 4 * i, value);
    else if (dtype === "float32") view.setFloat32(start + 4 * i, value);
    else view.setFloat64(start + 8 * i, value);
  }
  return bytes;
}
