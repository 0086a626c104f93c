/** Symbol tables of HDF5 files: the names in a group and where their objects are. */
import type { Source } from "./cursor.ts";

/** Trees are never this deep. */
const deepest = 8;

/** Names and header addresses of a group, from its B-tree and its heap of names. */
export function readMembers(source: Source, tree: number, heap: number, path: string): ReadonlyMap<string, number> {
  const { wrong } = source;
  const names = namesIn(source, heap);
  const members = new Map<string, number>();

  const readNode = (address: number, level: number | undefined): void => {
    const head = source.at(address, 24);
    head.expect("TREE");
    if (head.u8() !== 0) throw wrong(`has a damaged group ${path}`);
    const own = head.u8();
    if (own > deepest || (level !== undefined && own !== level)) throw wrong(`has a damaged group ${path}`);
    const count = head.u16();
    const entries = source.at(address + 24, 16 * count);
    for (let i = 0; i < count; i++) {
      entries.skip(8);
      const child = entries.size();
      if (own > 0) readNode(child, own - 1);
      else readLeaf(child);
    }
  };

  const readLeaf = (address: number): void => {
    const head = source.at(address, 8);
    head.expect("SNOD");
    head.skip(2);
    const count = head.u16();
    const entries = source.at(address + 8, 40 * count);
    for (let i = 0; i < count; i++) {
      const name = names(entries.size());
      const object = entries.u64();
      const isLink = entries.u32() === 2;
      entries.skip(20);
      if (isLink || object === undefined)
        throw wrong(`has the link ${path}/${name} to another place`, "Write a copy in its place");
      if (name === "" || name.includes("/") || members.has(name)) throw wrong(`has a damaged group ${path}`);
      members.set(name, object);
    }
  };

  readNode(tree, undefined);
  return members;
}

/** The local heap of a group: names by their offset. */
function namesIn(source: Source, address: number): (offset: number) => string {
  const head = source.at(address, 32);
  head.expect("HEAP");
  head.skip(4);
  const size = head.size();
  head.skip(8);
  const start = head.size();
  source.at(start, size);
  return (offset) => {
    const end = source.bytes.indexOf(0, start + offset);
    if (offset >= size || end < 0 || end >= start + size) throw source.wrong("has a damaged heap of names");
    return source.at(start + offset, end - start - offset).text(end - start - offset);
  };
}
