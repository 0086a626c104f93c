/** Reading the fields of a file in order, each checked to lie within it. */
import type { Wrong } from "../source.ts";

/** How much of a file may be read in all: its regions do not overlap, so more than a few times its size is a trap. */
const timesRead = 4;

/** The bytes of a file with a budget for reading them. */
export class Source {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly wrong: Wrong;
  #budget: number;

  constructor(bytes: Uint8Array, wrong: Wrong) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.wrong = wrong;
    this.#budget = timesRead * bytes.length + 4096;
  }

  /** The fields of a region. @throws DataError where it does not lie in the file, or too much has been read already. */
  at(address: number, size: number): Cursor {
    if (!(address >= 0 && size >= 0 && address + size <= this.bytes.length))
      throw this.wrong(`is cut short or damaged: it claims ${size} bytes at ${address}`);
    this.#budget -= size;
    if (this.#budget < 0) throw this.wrong("uses the same bytes many times over");
    return new Cursor(this, address, address + size);
  }
}

/** A place in a file that moves on with each field read, up to an end. */
export class Cursor {
  readonly source: Source;
  readonly end: number;
  position: number;

  constructor(source: Source, position: number, end: number) {
    this.source = source;
    this.position = position;
    this.end = end;
  }

  /** Bytes that are left. */
  get left(): number {
    return this.end - this.position;
  }

  /** Moves on by `size` bytes and returns where they began. @throws DataError beyond the end. */
  skip(size: number): number {
    const start = this.position;
    if (size > this.left) throw this.source.wrong(`has a damaged structure at ${start}`);
    this.position += size;
    return start;
  }

  /** Moves on to a multiple of 8 bytes from `start`. */
  align(start: number): void {
    this.skip((8 - ((this.position - start) % 8)) % 8);
  }

  /** A byte. */
  u8(): number {
    return this.source.view.getUint8(this.skip(1));
  }

  /** A number of 2 bytes. */
  u16(): number {
    return this.source.view.getUint16(this.skip(2), true);
  }

  /** A number of 4 bytes. */
  u32(): number {
    return this.source.view.getUint32(this.skip(4), true);
  }

  /** An offset or length of 8 bytes; undefined for the value that stands for none. Inexact, yet large, beyond 2^53. */
  u64(): number | undefined {
    const at = this.skip(8);
    const [low, high] = [this.source.view.getUint32(at, true), this.source.view.getUint32(at + 4, true)];
    return low === 0xffffffff && high === 0xffffffff ? undefined : high * 2 ** 32 + low;
  }

  /** An offset or length that must be there. */
  size(): number {
    const value = this.u64();
    if (value === undefined) throw this.source.wrong(`lacks an address at ${this.position - 8}`);
    return value;
  }

  /** The next bytes, a view. */
  take(size: number): Uint8Array {
    const start = this.skip(size);
    return this.source.bytes.subarray(start, start + size);
  }

  /** A text of `size` bytes, cut at the first zero. */
  text(size: number): string {
    return decodeText(this.take(size), this.source.wrong);
  }

  /** Checks the four letters that a structure begins with. */
  expect(letters: string): void {
    const found = String.fromCharCode(...this.take(4));
    if (found !== letters) throw this.source.wrong(`has a damaged structure: ${letters} is missing`);
  }
}

/** UTF-8 up to the first zero. @throws DataError for other encodings. */
export function decodeText(bytes: Uint8Array, wrong: Wrong): string {
  const end = bytes.indexOf(0);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(end < 0 ? bytes : bytes.subarray(0, end));
  } catch (cause) {
    throw wrong("holds a text that is no UTF-8", undefined, cause);
  }
}
