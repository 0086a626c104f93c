/** The files in a tar archive, one after the other, without holding more than one of them. */
import { DataError } from "@crease/backend";

/** One file of an archive. */
export interface TarFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Which files are wanted, and of what size. */
export interface TarOptions {
  readonly op: string;
  readonly where: string;
  /** The most bytes that a file may have, undefined for one that is passed over. */
  readonly limit: (name: string) => number | undefined;
}

const blockSize = 512;

/** The most bytes of a header that goes before a file: a long name, not a file in disguise. */
const longestExtension = 2 ** 16;

/**
 * The wanted files (POSIX ustar and pax, GNU's long names); links and folders are passed over.
 *
 * @throws DataError where the archive is cut short or damaged, or a wanted file is larger than allowed.
 */
export async function* tarFiles(
  pieces: AsyncIterable<Uint8Array>,
  { op, where, limit }: TarOptions,
): AsyncGenerator<TarFile, void, undefined> {
  const wrong = (problem: string): DataError =>
    new DataError({ op, problem: `${where} ${problem}`, fix: "Get the original file" });
  const source = new Blocks(pieces, () => wrong("is cut short"));
  try {
    yield* filesOf(source, limit, wrong);
    // What follows the archive matters to the digest of the whole.
    await source.drain();
  } finally {
    await source.close();
  }
}

async function* filesOf(
  source: Blocks,
  limit: TarOptions["limit"],
  wrong: (problem: string) => DataError,
): AsyncGenerator<TarFile, void, undefined> {
  let longName: string | undefined;
  for (;;) {
    const header = await source.take(blockSize, true);
    if (header === undefined || header.every((byte) => byte === 0)) return;
    if (!hasRightSum(header)) throw wrong("is no tar archive, or damaged");
    const size = octal(header, 124, 12);
    const padding = Math.ceil(size / blockSize) * blockSize - size;
    const type = String.fromCharCode(header[156] as number);
    if (type === "x" || type === "L") {
      if (size > longestExtension) throw wrong(`has a name of ${size} bytes`);
      const extension = (await source.take(size)) as Uint8Array;
      longName = (type === "x" ? paxPath(extension) : text(extension, 0, size)) ?? longName;
      await source.skip(padding);
      continue;
    }
    const name = longName ?? nameIn(header);
    longName = undefined;
    const most = type === "0" || type === "\0" ? limit(name) : undefined;
    if (most === undefined) await source.skip(size + padding);
    else {
      if (size > most) throw wrong(`holds ${name} of ${size} bytes, at most ${most} are expected`);
      const bytes = (await source.take(size)) as Uint8Array;
      await source.skip(padding);
      yield { name, bytes };
    }
  }
}

function nameIn(header: Uint8Array): string {
  const isUstar = text(header, 257, 5) === "ustar";
  const prefix = isUstar && header[262] === 0 ? text(header, 345, 155) : "";
  return prefix === "" ? text(header, 0, 100) : `${prefix}/${text(header, 0, 100)}`;
}

/** The path in pax records `<length> path=<value>`, each as long as it says. */
function paxPath(records: Uint8Array): string | undefined {
  let path: string | undefined;
  for (let at = 0; at < records.length; ) {
    const length = Number.parseInt(text(records, at, 10), 10);
    if (!(length > 0)) return path;
    const [, key, value] = /^\d+ ([^=]*)=([\s\S]*)\n$/.exec(text(records, at, length)) ?? [];
    if (key === "path") path = value;
    at += length;
  }
  return path;
}

/** Hands out bytes of a stream in the lengths asked for. */
class Blocks {
  readonly #pieces: AsyncIterator<Uint8Array>;
  readonly #short: () => DataError;
  #piece: Uint8Array = new Uint8Array(0);

  constructor(pieces: AsyncIterable<Uint8Array>, short: () => DataError) {
    this.#pieces = pieces[Symbol.asyncIterator]();
    this.#short = short;
  }

  /** The next `count` bytes; undefined at the end of the stream where it may end here. */
  async take(count: number, mayEnd = false): Promise<Uint8Array | undefined> {
    const bytes = new Uint8Array(count);
    let at = 0;
    while (at < count) {
      if (this.#piece.length === 0 && !(await this.#next())) {
        if (mayEnd && at === 0) return undefined;
        throw this.#short();
      }
      const part = this.#piece.subarray(0, count - at);
      bytes.set(part, at);
      at += part.length;
      this.#piece = this.#piece.subarray(part.length);
    }
    return bytes;
  }

  async skip(count: number): Promise<void> {
    let left = count;
    while (left > 0) {
      if (this.#piece.length === 0 && !(await this.#next())) throw this.#short();
      const passed = Math.min(left, this.#piece.length);
      this.#piece = this.#piece.subarray(passed);
      left -= passed;
    }
  }

  /** Gives the stream up. */
  async close(): Promise<void> {
    await this.#pieces.return?.();
  }

  async drain(): Promise<void> {
    while (await this.#next());
  }

  async #next(): Promise<boolean> {
    const { done, value } = await this.#pieces.next();
    if (!done) this.#piece = value;
    return !done;
  }
}

function text(header: Uint8Array, start: number, length: number): string {
  const field = header.subarray(start, start + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
}

function octal(header: Uint8Array, start: number, length: number): number {
  return Number.parseInt(text(header, start, length).trim() || "0", 8);
}

/** The header's checksum: the sum of its bytes, its own eight counted as spaces. */
function hasRightSum(header: Uint8Array): boolean {
  const sum = header.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 0x20 : byte), 0);
  return sum === octal(header, 148, 8) && Number.isSafeInteger(octal(header, 124, 12));
}
