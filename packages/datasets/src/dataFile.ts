/** One file of a data set, known by its content. */
import { DataError } from "@crease/backend";
import { inflate } from "@crease/files";
import { isGzip } from "./isGzip.ts";
import { sha256 } from "./sha256.ts";

/** What is known of a file beforehand; all numbers are those of the uncompressed file. */
export interface DataFile {
  readonly name: string;
  /** The first four bytes, big-endian. */
  readonly magic: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** The most bytes that a file can take, compressed or not: gzip adds a few to what it cannot shorten. */
export function largestSize(file: DataFile): number {
  return file.bytes + 2 ** 16;
}

/**
 * The uncompressed content of `given`, checked to be that of `file`.
 *
 * @throws DataError where magic number, size or digest differ.
 */
export async function checkContent(
  given: Uint8Array,
  file: DataFile,
  { op, where, fix }: { readonly op: string; readonly where: string; readonly fix: string },
): Promise<Uint8Array> {
  const bytes = isGzip(given)
    ? await inflate(given, { format: "gzip", op, name: where, fix, limit: file.bytes })
    : given;
  const wrong = (problem: string): DataError => new DataError({ op, problem: `${where} ${problem}`, fix });
  if (bytes.length >= 4) {
    const magic = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
    if (magic !== file.magic) throw wrong(`begins with ${hex(magic)}, expected the magic number ${hex(file.magic)}`);
  }
  if (bytes.length !== file.bytes)
    throw wrong(
      `${bytes.length < file.bytes ? "is cut short" : "is too long"}: ${bytes.length} bytes, expected ${file.bytes}`,
    );
  const digest = await sha256(op, bytes);
  if (digest !== file.sha256) throw wrong(`has SHA-256 ${digest}, expected ${file.sha256}`);
  return bytes;
}

function hex(magic: number): string {
  return `0x${magic.toString(16).padStart(8, "0")}`;
}
