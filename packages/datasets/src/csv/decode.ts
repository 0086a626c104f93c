/** The text of a CSV file in whatever encoding a spreadsheet saved it. */
import { DataError, ValueError } from "@crease/backend";

/** Who asks, for messages, and the encoding where the caller knows it. */
export interface DecodeOptions {
  readonly op: string;
  readonly name: string;
  readonly encoding: string | undefined;
}

/**
 * The text of `bytes`, piece by piece, without its byte order mark. UTF-8 and UTF-16 are told apart by the mark, else
 * by the zero bytes of UTF-16.
 *
 * @throws DataError where the bytes are not of the encoding; ValueError for an encoding that the platform does not know.
 */
export async function* textOf(
  bytes: AsyncIterable<Uint8Array>,
  options: DecodeOptions,
): AsyncGenerator<string, void, undefined> {
  let decoder: TextDecoder | undefined;
  let lines = 1;
  for await (const piece of bytes) {
    if (piece.length === 0) continue;
    decoder ??= decoderOf(piece, options);
    const text = decode(decoder, piece, lines, options);
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines++;
    yield text;
  }
  if (decoder !== undefined) yield decode(decoder, undefined, lines, options);
}

function decode(
  decoder: TextDecoder,
  piece: Uint8Array | undefined,
  line: number,
  { op, name }: DecodeOptions,
): string {
  try {
    return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true });
  } catch (cause) {
    throw new DataError({
      op,
      problem: `${name} holds bytes after line ${line} that are not ${decoder.encoding}`,
      fix: 'Save it as "CSV UTF-8", or name its encoding, such as `encoding: "windows-1252"`',
      cause,
    });
  }
}

function decoderOf(start: Uint8Array, { op, encoding }: DecodeOptions): TextDecoder {
  try {
    return new TextDecoder(encoding ?? encodingOf(start), { fatal: true });
  } catch (cause) {
    throw new ValueError({
      op,
      problem: `unknown encoding "${encoding}"`,
      fix: 'Use a name such as "utf-8", "utf-16le" or "windows-1252"',
      cause,
    });
  }
}

/** By the byte order mark, else by where the zero bytes of the first characters are: those of UTF-16 are mostly ASCII. */
function encodingOf(start: Uint8Array): string {
  const [first, second] = start;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  const zeros = [0, 0];
  const seen = Math.min(start.length, 64) & ~1;
  for (let i = 0; i < seen; i++) if (start[i] === 0) (zeros[i & 1] as number)++;
  const [even, odd] = zeros as [number, number];
  if (seen >= 4 && odd > seen / 4 && even === 0) return "utf-16le";
  return seen >= 4 && even > seen / 4 && odd === 0 ? "utf-16be" : "utf-8";
}
