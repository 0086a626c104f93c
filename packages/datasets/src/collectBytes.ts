/** The bytes of a stream in one array, read no further than needed to know that they are too many. */

/**
 * All bytes of `stream` where they are at most `limit`, else the first ones, more than `limit`; the rest is not read.
 * Memory grows with what arrives, not with what a header promises.
 */
export async function collectBytes(stream: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (size <= limit) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    size += value.length;
  }
  if (size > limit) await reader.cancel();
  return joinBytes(chunks);
}

/** The bytes of all chunks in one array. */
export function joinBytes(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
