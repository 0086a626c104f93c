/** Reading HDF5 files as h5py writes them by default and Keras uses them. */
import { complaints, type ReadOptions } from "../source.ts";
import type { StoredArray } from "../storedArray.ts";
import { Source } from "./cursor.ts";
import { GlobalHeap } from "./globalHeap.ts";
import { readArray, readAttribute } from "./readArray.ts";
import { readMembers } from "./readMembers.ts";
import { messageTypes, readMessages } from "./readMessages.ts";
import type { Hdf5Dataset, Hdf5Group } from "./tree.ts";

/** How `readHdf5` reads. */
export interface ReadHdf5Options extends ReadOptions {
  /** The most groups and arrays to read. Default 100,000. */
  readonly maxObjects?: number;
}

const signature: readonly number[] = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
/** Groups in groups, at most. */
const deepest = 64;

/**
 * What an HDF5 file holds: its root group. Read is what h5py writes unless told otherwise (superblock 0 or 1, groups as
 * symbol tables, arrays in one piece, texts of fixed and of any length), which is what all versions of Keras write.
 * The file is treated as hostile: every address and size is checked before use, nothing is read twice, no cycle is
 * followed, links to other places and files are refused. The arrays share no memory with `bytes`.
 *
 * @throws DataError naming what is wrong: damage, newer parts of the format, chunked or compressed arrays, element types
 *   without counterpart.
 * @example
 * ```ts
 * import { readHdf5, writeHdf5 } from "@crease/files";
 * const x = { dtype: "float32", shape: [2], data: new Float32Array([1, 2]) } as const;
 * const bytes = writeHdf5({ attributes: new Map(), members: new Map([["x", { attributes: new Map(), array: x }]]) });
 * [...readHdf5(bytes).members.keys()]; // => ["x"]
 * ```
 */
export function readHdf5(bytes: Uint8Array, { name, maxObjects = 100_000 }: ReadHdf5Options = {}): Hdf5Group {
  const wrong = complaints("readHdf5", name);
  const source = new Source(bytes, wrong);
  const heap = new GlobalHeap(source);
  const seen = new Set<number>();

  const read = (address: number, path: string, depth: number): Hdf5Group | Hdf5Dataset => {
    if (seen.has(address)) throw wrong(`has two ways to ${path}`, "Write it without links");
    if (seen.size >= maxObjects) throw wrong(`holds more than ${maxObjects} objects`, "Raise `maxObjects`");
    if (depth > deepest) throw wrong(`has groups more than ${deepest} deep`);
    seen.add(address);
    const messages = readMessages(source, address);
    const attributes = new Map<string, StoredArray>();
    for (const { type, body } of messages) {
      if (type !== messageTypes.attribute) continue;
      const attribute = readAttribute(body, heap, path);
      attributes.set(attribute.name, attribute.array);
    }
    const table = messages.find(({ type }) => type === messageTypes.symbolTable)?.body;
    if (table === undefined) return { attributes, array: readArray(messages, heap, path) };
    const members = new Map<string, Hdf5Group | Hdf5Dataset>();
    for (const [key, member] of readMembers(source, table.size(), table.size(), path))
      members.set(key, read(member, `${path}/${key}`, depth + 1));
    return { attributes, members };
  };

  const root = read(rootAddress(source), "", 0);
  if ("array" in root) throw wrong("has an array in the place of its root group");
  return root;
}

/** Reads the superblock: where the root group is. */
function rootAddress(source: Source): number {
  const { bytes, wrong } = source;
  if (signature.some((byte, i) => bytes[i] !== byte)) throw wrong("does not begin as HDF5 files do");
  const cursor = source.at(8, Math.min(bytes.length - 8, 96));
  const version = cursor.u8();
  if (version > 1)
    throw wrong(
      `has a superblock of version ${version}`,
      "Write it with the default settings of h5py, without `libver`",
    );
  cursor.skip(4);
  if (cursor.u8() !== 8 || cursor.u8() !== 8) throw wrong("has addresses of other than 8 bytes");
  cursor.skip(version === 0 ? 9 : 13);
  if (cursor.u64() !== 0) throw wrong("does not begin at its base address");
  cursor.skip(8);
  if (cursor.size() > bytes.length) throw wrong("is cut short");
  cursor.skip(16);
  return cursor.size();
}
