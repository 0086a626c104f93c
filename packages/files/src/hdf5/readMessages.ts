/** Object headers of HDF5 files: the messages that say what a group or an array is. */
import type { Cursor, Source } from "./cursor.ts";

/** One message of a header. */
export interface Message {
  readonly type: number;
  readonly body: Cursor;
}

/** The numbers of the messages that are read. */
export const messageTypes = {
  dataspace: 0x1,
  datatype: 0x3,
  fillValue: 0x5,
  externalFiles: 0x7,
  layout: 0x8,
  filters: 0xb,
  attribute: 0xc,
  continuation: 0x10,
  symbolTable: 0x11,
} as const;

/** Messages of newer groups and of many attributes, which are kept elsewhere. */
const newer: readonly number[] = [0x2, 0x6, 0xa, 0x15];

/** All messages of the header at an address, those in continuation blocks too. */
export function readMessages(source: Source, address: number): readonly Message[] {
  const { wrong } = source;
  const head = source.at(address, 16);
  const version = head.u8();
  if (version !== 1)
    throw wrong(
      `has an object header of version ${version === 0x4f ? 2 : version}`,
      "Write it with the default settings of h5py, without `libver` and `track_order`",
    );
  head.skip(1);
  const count = head.u16();
  head.skip(4);
  const blocks = [source.at(address + 16, head.u32())];
  const messages: Message[] = [];
  let read = 0;
  for (let block = blocks.shift(); block !== undefined && read < count; block = blocks.shift()) {
    while (block.left >= 8 && read < count) {
      read++;
      const type = block.u16();
      const size = block.u16();
      const isShared = (block.u8() & 2) !== 0;
      block.skip(3);
      const start = block.skip(size);
      if (newer.includes(type)) throw wrong("has parts of newer HDF5 versions", "Write it without `libver`");
      if (!Object.values<number>(messageTypes).includes(type)) continue;
      if (isShared) throw wrong("has named element types", "Write it without them");
      const body = source.at(start, size);
      if (type !== messageTypes.continuation) messages.push({ type, body });
      else blocks.push(source.at(body.size(), body.size()));
    }
  }
  return messages;
}
