/** Decompression of gzip data that is not held as a whole. */
import { DataError } from "@crease/backend";

/**
 * The decompressed bytes as they come.
 *
 * @throws DataError where the data is cut short or damaged, and whatever `pieces` raises.
 */
export async function* gunzipPieces(
  pieces: AsyncIterable<Uint8Array>,
  { op, where, fix }: { readonly op: string; readonly where: string; readonly fix: string },
): AsyncGenerator<Uint8Array, void, undefined> {
  const { readable, writable } = new DecompressionStream("gzip");
  const writer = writable.getWriter();
  const reader = readable.getReader();
  let failure: { readonly error: unknown } | undefined;
  const write = async (): Promise<void> => {
    try {
      for await (const piece of pieces) {
        // A stream that is broken or no longer read refuses; the readable side says why.
        if (
          !(await writer.write(piece as Uint8Array<ArrayBuffer>).then(
            () => true,
            () => false,
          ))
        )
          return;
      }
      await writer.close().catch(() => undefined);
    } catch (error) {
      failure = { error };
      await writer.abort(error).catch(() => undefined);
    }
  };
  const writing = write();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch (cause) {
    await writing;
    if (failure !== undefined) throw failure.error;
    throw new DataError({ op, problem: `${where} cannot be decompressed: it is cut short or damaged`, fix, cause });
  } finally {
    await reader.cancel().catch(() => undefined);
    await writing;
  }
}
