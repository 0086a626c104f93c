/** Where a CSV comes from: something that can be read from its beginning any number of times. */
import { DataError, isNode, nodeBuiltin, ValueError } from "@crease/backend";

/**
 * A file's path (Node only), a `Blob` or `File`, bytes, `{ text }`, or a function that opens a stream of bytes anew for
 * each pass.
 */
export type CsvSource =
  | string
  | Blob
  | Uint8Array
  | { readonly text: string }
  | (() => ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>);

/** What messages call a source. */
export function nameOf(source: CsvSource): string {
  if (typeof source === "string") return source;
  return typeof source === "object" && "name" in source ? String(source.name) : "the CSV";
}

/**
 * The bytes of one pass.
 *
 * @throws DataError where a file cannot be read; ValueError for what is no source.
 */
export async function* bytesOf(op: string, source: CsvSource): AsyncGenerator<Uint8Array, void, undefined> {
  if (typeof source === "string") yield* fileBytes(op, source);
  else if (source instanceof Uint8Array) yield source;
  else if (source instanceof Blob) yield* streamBytes(source.stream());
  else if (typeof source === "function") {
    const opened = source();
    yield* Symbol.asyncIterator in opened ? (opened as AsyncIterable<Uint8Array>) : streamBytes(opened);
  } else if (typeof source?.text === "string") yield new TextEncoder().encode(source.text);
  else
    throw new ValueError({
      op,
      problem: "the source is no path, Blob, Uint8Array, { text } or function",
      fix: "Give the text of a CSV as `{ text }`, and a stream as a function that opens it",
    });
}

async function* fileBytes(op: string, path: string): AsyncGenerator<Uint8Array, void, undefined> {
  if (!isNode())
    throw new ValueError({ op, problem: "there are no files to read by path here", fix: "Give a Blob or `{ text }`" });
  try {
    yield* nodeBuiltin("node:fs").createReadStream(path, { highWaterMark: 2 ** 18 });
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === undefined) throw cause;
    const fix = code === "ENOENT" ? "Check the path; the text of a CSV is given as `{ text }`" : "Check the file";
    throw new DataError({ op, problem: `${path} could not be read (${message})`, fix, cause });
  }
}

async function* streamBytes(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}
