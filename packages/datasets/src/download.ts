/** Files from the web, of bounded size. */
import { DataError } from "@crease/backend";
import { collectBytes } from "./collectBytes.ts";

/**
 * The bytes at `url`.
 *
 * @throws DataError where the server does not answer, has no such file, stops in between or sends more than `limit` bytes;
 * the signal's reason where it was aborted.
 */
export async function download(
  op: string,
  url: string,
  limit: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const fix = "Check the URL and the connection";
  let bytes: Uint8Array;
  try {
    const response = await fetch(url, signal === undefined ? {} : { signal });
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      throw new DataError({ op, problem: `${url} answered with status ${response.status}`, fix });
    }
    bytes = await collectBytes(response.body, limit);
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof DataError) throw cause;
    throw new DataError({ op, problem: `${url} could not be read (${reasonOf(cause)})`, fix, cause });
  }
  if (bytes.length > limit) throw new DataError({ op, problem: `${url} is larger than ${limit} bytes`, fix });
  return bytes;
}

/** fetch in Node says "fetch failed" and puts the reason into the cause. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as { message?: string; cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? message ?? String(error);
}
