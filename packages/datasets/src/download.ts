/** Files from the web, of bounded size. */
import { DataError } from "@crease/backend";
import { joinBytes } from "./joinBytes.ts";

/** What is fetched for whom. */
export interface Download {
  readonly op: string;
  readonly url: string;
  /** The most bytes to take. */
  readonly limit: number;
  readonly signal: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
}

/** Is told how many bytes have come, of how many where the server says so. */
export type OnProgress = (received: number, total: number | undefined) => void;

/**
 * The bytes at a URL as they come.
 *
 * @throws DataError where the server does not answer, has no such file, stops in between or sends more than `limit` bytes;
 * the signal's reason where it was aborted.
 */
export async function* downloadPieces(what: Download): AsyncGenerator<Uint8Array, void, undefined> {
  const { op, url, limit, signal, onProgress } = what;
  const fix = "Check the URL and the connection";
  let size = 0;
  try {
    const response = await fetch(url, signal === undefined ? {} : { signal });
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      throw new DataError({ op, problem: `${url} answered with status ${response.status}`, fix });
    }
    const total = lengthOf(response);
    const reader = response.body.getReader();
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        size += value.length;
        if (size > limit) throw new DataError({ op, problem: `${url} is larger than ${limit} bytes`, fix });
        onProgress?.(size, total);
        yield value;
      }
    } finally {
      await reader.cancel().catch(() => undefined);
    }
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof DataError) throw cause;
    throw new DataError({ op, problem: `${url} could not be read (${reasonOf(cause)})`, fix, cause });
  }
}

/** `downloadPieces` in one array. */
export async function download(what: Download): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of downloadPieces(what)) pieces.push(piece);
  return joinBytes(pieces);
}

/** Bytes to come; what a server compresses on the way it announces in compressed bytes. */
function lengthOf({ headers }: Response): number | undefined {
  const length = headers.get("content-encoding") === null ? headers.get("content-length") : null;
  return length === null ? undefined : Number(length);
}

/** fetch in Node says "fetch failed" and puts the reason into the cause. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as { message?: string; cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? message ?? String(error);
}
