/** The arrays in one of NumPy's files, outside tensors. */
import { DataError, isNode, nodeBuiltin, ValueError } from "@crease/backend";
import { readNpy, readNpz, type StoredArray } from "@crease/files";

/** A file's path (Node only), a `Blob` or `File`, or its bytes. */
export type ArrayFileSource = string | Blob | Uint8Array;

/** How much is read. */
export interface ArrayFileOptions {
  /** The most bytes of arrays after decompression. Default 2^31. */
  readonly limit?: number;
}

/** What messages call a source. */
export function nameOfFile(source: ArrayFileSource): string {
  if (typeof source === "string") return source;
  return "name" in source ? String(source.name) : "the file";
}

/**
 * The arrays of an npz file by name; that of an npy file is named `x`.
 *
 * @throws DataError where the file cannot be read, is damaged, or holds something else than arrays.
 */
export async function readArrays(
  op: string,
  source: ArrayFileSource,
  { limit = 2 ** 31 }: ArrayFileOptions,
): Promise<ReadonlyMap<string, StoredArray>> {
  const name = nameOfFile(source);
  const bytes = await bytesOf(op, source, limit);
  // An npy file begins with 0x93 and NUMPY.
  if (bytes[0] === 0x93) return new Map([["x", readNpy(bytes, { name })]]);
  return readNpz(bytes, { name, limit });
}

async function bytesOf(op: string, source: ArrayFileSource, limit: number): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source;
  if (typeof source !== "string") return new Uint8Array(await source.arrayBuffer());
  if (!isNode())
    throw new ValueError({ op, problem: "there are no files to read by path here", fix: "Give a Blob or bytes" });
  const { readFile, stat } = nodeBuiltin("node:fs/promises");
  try {
    const { size } = await stat(source);
    if (size > limit)
      throw new DataError({ op, problem: `${source} has ${size} bytes, the limit is ${limit}`, fix: "Raise `limit`" });
    return await readFile(source);
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    const problem = `${source} could not be read (${(cause as Error).message})`;
    throw new DataError({ op, problem, fix: "Check the path", cause });
  }
}
