/** Decompression of deflate data, never beyond a limit. */
import { complaints, type Wrong } from "./source.ts";

/** How `inflate` reads. */
export interface InflateOptions {
  /** What surrounds the data: gzip's header and checksum, zlib's (`deflate`), or nothing. */
  readonly format: "gzip" | "deflate" | "deflate-raw";
  /** The largest number of bytes to make. */
  readonly limit: number;
  /** Whether longer data is refused, as it is unless told, or gives its first `limit` bytes. */
  readonly beyond?: "refuse" | "drop";
  /** What messages call the data. Default "the data". */
  readonly name?: string;
  /** In whose name messages complain. Default "inflate". */
  readonly op?: string;
  /** What messages advise. */
  readonly fix?: string;
}

/**
 * The decompressed bytes. Memory grows with what comes out, not with what a header promises.
 *
 * @throws DataError where the data is cut short, damaged or, unless told to drop what is more, expands beyond the limit.
 * @example
 * ```ts
 * import { inflate } from "@crease/files";
 * const compressed = new Uint8Array([0x4b, 0x04, 0x00]);
 * const bytes = await inflate(compressed, { format: "deflate-raw", limit: 10 });
 * new TextDecoder().decode(bytes); // => a
 * ```
 */
export async function inflate(bytes: Uint8Array, options: InflateOptions): Promise<Uint8Array> {
  const { format, limit, beyond = "refuse", name = "the data", op = "inflate", fix } = options;
  const complain = complaints(op, name);
  const wrong: Wrong = (problem, ownFix, cause) => complain(problem, fix ?? ownFix, cause);
  return inflateFor(wrong, bytes, { format, limit, beyond });
}

/** The same for a reader that complains in its own name. */
export async function inflateFor(
  wrong: Wrong,
  bytes: Uint8Array,
  { format, limit, beyond }: Pick<InflateOptions, "format" | "limit" | "beyond">,
): Promise<Uint8Array> {
  const { readable, writable } = new DecompressionStream(format);
  const writer = writable.getWriter();
  // What goes wrong in writing shows on the readable side, where it is raised.
  writer.write(bytes as Uint8Array<ArrayBuffer>).catch(() => undefined);
  writer.close().catch(() => undefined);
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = readable.getReader();
  try {
    for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
      chunks.push(value as Uint8Array);
      size += (value as Uint8Array).length;
      if (size > limit) break;
    }
  } catch (cause) {
    throw wrong("cannot be decompressed: it is cut short or damaged", undefined, cause);
  }
  if (size > limit) {
    // What else is wrong with the data does not matter any more.
    await reader.cancel().catch(() => undefined);
    if (beyond !== "drop") throw wrong(`expands to more than the ${limit} bytes expected`, "Check where it comes from");
  }
  const out = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    out.set(chunk, at);
    at += chunk.length;
  }
  return size > limit ? out.slice(0, limit) : out;
}
