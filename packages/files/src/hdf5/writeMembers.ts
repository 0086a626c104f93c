/** Groups of HDF5 files as symbol tables: a heap of names, leaves of entries in the order of names, and a B-tree over them. */
import type { Writer } from "./writer.ts";

/** Most entries of a leaf and most children of a node, as the superblock says by half. */
export const leafEntries = 8;
/** See `leafEntries`. */
export const nodeChildren = 32;

/** A subtree: where it is, and the place of its last name in the heap. */
interface Subtree {
  readonly address: number;
  readonly lastName: number;
}

/** Writes the table of a group and returns the body of the message that leads to it. */
export function writeMembers(addresses: ReadonlyMap<string, number>, writer: Writer): Uint8Array {
  const encoder = new TextEncoder();
  const entries = [...addresses]
    .map(([name, address]) => ({ name: encoder.encode(name), address }))
    .sort((a, b) => compareBytes(a.name, b.name));
  const heap = new Uint8Array(entries.reduce((size, { name }) => size + roundUp(name.length + 1), 8));
  let free = 8;
  const placed = entries.map(({ name, address }) => {
    const at = free;
    heap.set(name, at);
    free += roundUp(name.length + 1);
    return { name: at, address };
  });
  let subtrees: readonly Subtree[] = chunks(placed, leafEntries).map((leaf) => writeLeaf(leaf, writer));
  let level = 0;
  do {
    subtrees = writeLevel(subtrees, level, writer);
    level++;
  } while (subtrees.length > 1);
  const body = new Uint8Array(16);
  const view = new DataView(body.buffer);
  view.setBigUint64(0, BigInt(subtrees[0]?.address as number), true);
  view.setBigUint64(8, BigInt(writeHeap(heap, writer)), true);
  return body;
}

function writeHeap(names: Uint8Array, writer: Writer): number {
  const head = new Uint8Array(32);
  const view = new DataView(head.buffer);
  head.set([0x48, 0x45, 0x41, 0x50]);
  view.setBigUint64(8, BigInt(names.length), true);
  // 1 stands for no free space.
  view.setBigUint64(16, 1n, true);
  view.setBigUint64(24, BigInt(writer.allocate(names)), true);
  return writer.allocate(head);
}

function writeLeaf(entries: readonly { readonly name: number; readonly address: number }[], writer: Writer): Subtree {
  const leaf = new Uint8Array(8 + 40 * leafEntries);
  const view = new DataView(leaf.buffer);
  leaf.set([0x53, 0x4e, 0x4f, 0x44, 1]);
  view.setUint16(6, entries.length, true);
  entries.forEach(({ name, address }, i) => {
    view.setBigUint64(8 + 40 * i, BigInt(name), true);
    view.setBigUint64(16 + 40 * i, BigInt(address), true);
  });
  return { address: writer.allocate(leaf), lastName: entries.at(-1)?.name ?? 0 };
}

/** Nodes over all subtrees of a level; a key between two children is the last name of the left one. */
function writeLevel(subtrees: readonly Subtree[], level: number, writer: Writer): readonly Subtree[] {
  const size = 24 + 16 * nodeChildren + 8;
  const groups = subtrees.length === 0 ? [[]] : chunks(subtrees, nodeChildren);
  let before = 0;
  let left: DataView | undefined;
  let leftAddress: number | undefined;
  return groups.map((children) => {
    const node = new Uint8Array(size).fill(255, 8, 24);
    const view = new DataView(node.buffer);
    node.set([0x54, 0x52, 0x45, 0x45, 0, level]);
    view.setUint16(6, children.length, true);
    view.setBigUint64(24, BigInt(before), true);
    children.forEach(({ address, lastName }, i) => {
      view.setBigUint64(32 + 16 * i, BigInt(address), true);
      view.setBigUint64(40 + 16 * i, BigInt(lastName), true);
      before = lastName;
    });
    const address = writer.allocate(node);
    if (leftAddress !== undefined) view.setBigUint64(8, BigInt(leftAddress), true);
    left?.setBigUint64(16, BigInt(address), true);
    [left, leftAddress] = [view, address];
    return { address, lastName: before };
  });
}

function chunks<T>(list: readonly T[], size: number): readonly T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) return (a[i] as number) - (b[i] as number);
  return a.length - b.length;
}

function roundUp(size: number): number {
  return 8 * Math.ceil(size / 8);
}
