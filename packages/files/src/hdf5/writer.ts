/** The blocks of an HDF5 file while it is written, one behind the other. */
import { leafEntries, nodeChildren } from "./writeMembers.ts";

/** Blocks with their addresses. */
export class Writer {
  readonly #blocks: Uint8Array[] = [];
  readonly #superblockSize: number;
  #size: number;

  constructor(superblockSize: number) {
    this.#superblockSize = superblockSize;
    this.#size = superblockSize;
  }

  /** Puts a block at the end, at a multiple of 8, and returns its address. The bytes may still be changed. */
  allocate(block: Uint8Array): number {
    const address = this.#size;
    this.#blocks.push(block);
    this.#size += 8 * Math.ceil(block.length / 8);
    return address;
  }

  /** Puts an object header of version 1 at the end and returns its address. */
  header(messages: readonly { readonly type: number; readonly body: Uint8Array }[]): number {
    const sizes = messages.map(({ body }) => 8 * Math.ceil(body.length / 8));
    const block = new Uint8Array(sizes.reduce((total, size) => total + 8 + size, 16));
    const view = new DataView(block.buffer);
    block[0] = 1;
    view.setUint16(2, messages.length, true);
    view.setUint32(4, 1, true);
    view.setUint32(8, block.length - 16, true);
    let at = 16;
    messages.forEach(({ type, body }, i) => {
      view.setUint16(at, type, true);
      view.setUint16(at + 2, sizes[i] as number, true);
      block.set(body, at + 8);
      at += 8 + (sizes[i] as number);
    });
    return this.allocate(block);
  }

  /** The whole file, with its superblock in front. */
  finish(root: number): Uint8Array {
    const bytes = new Uint8Array(this.#size);
    const view = new DataView(bytes.buffer);
    bytes.set([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]);
    bytes.set([8, 8], 13);
    view.setUint16(16, leafEntries / 2, true);
    view.setUint16(18, nodeChildren / 2, true);
    bytes.fill(255, 32, 40);
    view.setBigUint64(40, BigInt(bytes.length), true);
    bytes.fill(255, 48, 56);
    view.setBigUint64(64, BigInt(root), true);
    let at = this.#superblockSize;
    for (const block of this.#blocks) {
      bytes.set(block, at);
      at += 8 * Math.ceil(block.length / 8);
    }
    return bytes;
  }
}
