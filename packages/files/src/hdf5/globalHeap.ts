/** The global heap: where HDF5 files keep texts of any length. */
import type { Cursor, Source } from "./cursor.ts";

/** The heap's collections as they are asked for, each read once. */
export class GlobalHeap {
  readonly source: Source;
  readonly #collections = new Map<number, ReadonlyMap<number, Uint8Array>>();

  constructor(source: Source) {
    this.source = source;
  }

  /** The bytes that a reference in a file leads to: length, address of a collection, number in it. */
  read(reference: Cursor): Uint8Array {
    const length = reference.u32();
    const address = reference.u64();
    const index = reference.u32();
    if (length === 0 || address === undefined || address === 0) return new Uint8Array(0);
    let collection = this.#collections.get(address);
    if (collection === undefined) {
      collection = this.#readCollection(address);
      this.#collections.set(address, collection);
    }
    const object = collection.get(index);
    if (object === undefined || object.length < length) throw this.source.wrong("lacks a text that it refers to");
    // Counted, so that many references to one long text end.
    return this.source.at(object.byteOffset - this.source.bytes.byteOffset, length).take(length);
  }

  #readCollection(address: number): ReadonlyMap<number, Uint8Array> {
    const head = this.source.at(address, 16);
    head.expect("GCOL");
    head.skip(4);
    const cursor = this.source.at(address + 16, head.size() - 16);
    const objects = new Map<number, Uint8Array>();
    while (cursor.left >= 16) {
      const index = cursor.u16();
      cursor.skip(6);
      const size = cursor.size();
      // The rest is free.
      if (index === 0) break;
      objects.set(index, cursor.take(size));
      cursor.skip(Math.min(cursor.left, (8 - (size % 8)) % 8));
    }
    return objects;
  }
}

/** Most texts of one collection: numbers in it have 16 bits. */
const mostTexts = 60_000;
/** Collections are at least as large as this. */
const smallest = 4096;

/** Texts laid out in collections. */
export class HeapWriter {
  readonly #references: Uint8Array[] = [];
  #next = 0;

  /** Lays out all texts; `allocate` takes the bytes of a collection and returns their address. */
  constructor(texts: readonly string[], allocate: (block: Uint8Array) => number) {
    const encoder = new TextEncoder();
    for (let first = 0; first < texts.length; first += mostTexts)
      this.#lay(
        texts.slice(first, first + mostTexts).map((text) => encoder.encode(text)),
        allocate,
      );
  }

  #lay(texts: readonly Uint8Array[], allocate: (block: Uint8Array) => number): void {
    const used = texts.reduce((size, text) => size + 16 + 8 * Math.ceil(text.length / 8), 16);
    const block = new Uint8Array(Math.max(smallest, used));
    const view = new DataView(block.buffer);
    block.set([0x47, 0x43, 0x4f, 0x4c, 1]);
    view.setBigUint64(8, BigInt(block.length), true);
    const address = allocate(block);
    let at = 16;
    texts.forEach((text, i) => {
      view.setUint16(at, i + 1, true);
      view.setUint16(at + 2, 1, true);
      view.setBigUint64(at + 8, BigInt(text.length), true);
      block.set(text, at + 16);
      at += 16 + 8 * Math.ceil(text.length / 8);
      const reference = new DataView(new ArrayBuffer(16));
      reference.setUint32(0, text.length, true);
      reference.setBigUint64(4, BigInt(address), true);
      reference.setUint32(12, i + 1, true);
      this.#references.push(new Uint8Array(reference.buffer));
    });
    // Free space is an object of number 0 whose size counts its own head.
    if (block.length - at >= 16) view.setBigUint64(at + 8, BigInt(block.length - at), true);
  }

  /** The reference to the next text. */
  next(): Uint8Array {
    return this.#references[this.#next++] as Uint8Array;
  }
}
