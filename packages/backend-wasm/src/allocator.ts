/** Hands out blocks of the linear memory and takes them back: free lists by size class over a memory that grows. */
import { layout } from "./layout.ts";
import { capacityOf, classOf } from "./sizeClass.ts";

const pageBytes = 65536;
/** Kernels read up to this many bytes behind a block, so the memory's end stays free. */
const slack = 128;
/** The least that the memory grows by: untouched pages cost nothing. */
const growth = 4 * 2 ** 20;

/** A stretch of free bytes. */
interface Range {
  start: number;
  end: number;
}

/** Blocks of one linear memory. Reused blocks come first: touching a new page costs 2 µs. */
export class Allocator {
  readonly #memory: WebAssembly.Memory;
  readonly #onGrow: () => void;
  readonly #maxBytes: number;
  /** Addresses of free blocks, by size class. */
  readonly #free: number[][] = [];
  /** Free stretches made by joining neighbours, when memory ran out. */
  #ranges: Range[] = [];
  #top: number = layout.heap;
  #end: number;

  /** @param onGrow Called when the memory has grown, so that views are remade. */
  constructor(memory: WebAssembly.Memory, maxBytes: number, onGrow: () => void) {
    this.#memory = memory;
    this.#maxBytes = maxBytes;
    this.#onGrow = onGrow;
    this.#end = memory.buffer.byteLength;
  }

  /** Address of a block of at least `bytes` bytes, or -1 where there is none. */
  take(bytes: number): number {
    if (bytes > this.#maxBytes) return -1;
    const sizeClass = classOf(bytes);
    const address = this.#free[sizeClass]?.pop();
    if (address !== undefined) return address;
    const capacity = capacityOf(sizeClass);
    const carved = this.#ranges.length > 0 ? this.#carve(capacity) : -1;
    if (carved >= 0) return carved;
    if (this.#top + capacity + slack > this.#end && !this.#grow(capacity)) return this.#takeJoined(capacity);
    const at = this.#top;
    this.#top += capacity;
    return at;
  }

  /** Takes a block back; `bytes` as it was taken with. */
  give(address: number, bytes: number): void {
    const sizeClass = classOf(bytes);
    const list = this.#free[sizeClass];
    if (list !== undefined) list.push(address);
    else this.#free[sizeClass] = [address];
  }

  #grow(capacity: number): boolean {
    const wanted = this.#top + capacity + slack - this.#end;
    for (const bytes of [Math.max(wanted, growth), wanted]) {
      const pages = Math.ceil(bytes / pageBytes);
      if (this.#end + pages * pageBytes > this.#maxBytes) continue;
      try {
        this.#memory.grow(pages);
      } catch {
        continue;
      }
      this.#end += pages * pageBytes;
      this.#onGrow();
      return true;
    }
    return false;
  }

  /** Joins all free blocks that are neighbours, then takes from what that made. */
  #takeJoined(capacity: number): number {
    const ranges = this.#ranges;
    this.#free.forEach((list, sizeClass) => {
      for (const start of list) ranges.push({ start, end: start + capacityOf(sizeClass) });
      list.length = 0;
    });
    ranges.sort((a, b) => a.start - b.start);
    const joined: Range[] = [];
    for (const range of ranges) {
      const last = joined[joined.length - 1];
      if (last?.end === range.start) last.end = range.end;
      else joined.push(range);
    }
    this.#ranges = joined;
    return this.#carve(capacity);
  }

  /** The start of the first stretch that is long enough. */
  #carve(capacity: number): number {
    const range = this.#ranges.find(({ start, end }) => end - start >= capacity);
    if (range === undefined) return -1;
    const at = range.start;
    range.start += capacity;
    if (range.start === range.end) this.#ranges.splice(this.#ranges.indexOf(range), 1);
    return at;
  }
}
