/** Decompression of gzip data, never beyond a limit. */
import { DataError } from "@crease/backend";
import { collectBytes } from "./collectBytes.ts";

/** What is decompressed, and how far. */
export interface GunzipOptions {
  readonly op: string;
  /** What messages call the data. */
  readonly name: string;
  /** What messages advise. */
  readonly fix: string;
  /** The largest number of bytes to make. */
  readonly limit: number;
  /** Whether longer data raises DataError or gives its first `limit` bytes. */
  readonly beyond: "refuse" | "drop";
}

/** True where data begins with gzip's two magic bytes. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * The decompressed bytes.
 *
 * @throws DataError where the data is cut short, damaged or expands beyond the limit.
 */
export async function gunzip(bytes: Uint8Array, { op, name, fix, limit, beyond }: GunzipOptions): Promise<Uint8Array> {
  const { readable, writable } = new DecompressionStream("gzip");
  const writer = writable.getWriter();
  // What goes wrong in writing shows on the readable side, where it is raised.
  writer.write(bytes as Uint8Array<ArrayBuffer>).catch(() => undefined);
  writer.close().catch(() => undefined);
  let got: Uint8Array;
  try {
    got = await collectBytes(readable, limit);
  } catch (cause) {
    throw new DataError({
      op,
      problem: `${name} is no whole gzip file: it is cut short or damaged`,
      fix,
      cause,
    });
  }
  if (got.length <= limit) return got;
  if (beyond === "drop") return got.slice(0, limit);
  throw new DataError({
    op,
    problem: `${name} expands to more than the ${limit} bytes expected`,
    fix,
  });
}
