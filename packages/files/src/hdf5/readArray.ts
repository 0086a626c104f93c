/** Arrays and attributes of HDF5 files: element type, shape, and where the elements are. */
import type { Shape } from "@crease/backend";
import { elementCount } from "../elementCount.ts";
import { readNumbers } from "../numbers.ts";
import type { Wrong } from "../source.ts";
import type { StoredArray } from "../storedArray.ts";
import { type Cursor, decodeText } from "./cursor.ts";
import { type ElementFormat, readDatatype } from "./datatype.ts";
import type { GlobalHeap } from "./globalHeap.ts";
import { type Message, messageTypes } from "./readMessages.ts";

/** An attribute with its name. */
export interface Attribute {
  readonly name: string;
  readonly array: StoredArray;
}

/** The attribute in a message of version 1, 2 or 3. */
export function readAttribute(cursor: Cursor, heap: GlobalHeap, path: string): Attribute {
  const { wrong } = cursor.source;
  const start = cursor.position;
  const version = cursor.u8();
  const flags = cursor.u8();
  if (version < 1 || version > 3 || (version > 1 && flags !== 0))
    throw wrong(`has an attribute at ${path || "/"} of a kind that is not read`);
  const [nameSize, typeSize, spaceSize] = [cursor.u16(), cursor.u16(), cursor.u16()];
  if (version === 3) cursor.skip(1);
  // Version 1 pads each part to a multiple of 8 bytes.
  const part = (size: number): Cursor => {
    const at = cursor.skip(size);
    if (version === 1) cursor.align(start);
    return cursor.source.at(at, size);
  };
  const name = part(nameSize).text(nameSize);
  const format = readDatatype(part(typeSize));
  const shape = readShape(part(spaceSize));
  return { name, array: readElements(cursor, format, shape, heap, `${path || "/"} ${name}`) };
}

/** The array that the messages of a header describe. */
export function readArray(messages: readonly Message[], heap: GlobalHeap, path: string): StoredArray {
  const find = (type: number): Cursor | undefined => messages.find((message) => message.type === type)?.body;
  const [space, type, layout] = [messageTypes.dataspace, messageTypes.datatype, messageTypes.layout].map(find);
  if (space === undefined || type === undefined || layout === undefined)
    throw heap.source.wrong(`has something at ${path} that is neither a group nor an array`);
  if (find(messageTypes.externalFiles) !== undefined)
    throw heap.source.wrong(`keeps the elements of ${path} in other files`, "Write them into this one");
  const format = readDatatype(type);
  const shape = readShape(space);
  return readElements(readLayout(layout, path, elementCount(shape) * format.bytes), format, shape, heap, path);
}

/** The sizes of all axes. */
function readShape(cursor: Cursor): Shape {
  const { wrong } = cursor.source;
  const version = cursor.u8();
  const rank = cursor.u8();
  cursor.skip(1);
  const type = cursor.u8();
  if (version === 1) cursor.skip(4);
  else if (version !== 2) throw wrong(`has a dataspace of version ${version}`);
  if (version === 2 && type === 2) throw wrong("holds an array without elements or shape");
  const shape = Array.from({ length: rank }, () => cursor.size());
  if (!shape.every(Number.isSafeInteger)) throw wrong("has an axis longer than any memory");
  return shape;
}

/** Where the elements are: in the message itself, or in one piece elsewhere. */
function readLayout(cursor: Cursor, path: string, bytes: number): Cursor {
  const { source } = cursor;
  const { wrong } = source;
  const version = cursor.u8();
  if (version !== 3 && version !== 4) throw wrong(`has a layout of version ${version} at ${path}`);
  const kind = cursor.u8();
  if (kind === 0) {
    const size = cursor.u16();
    return source.at(cursor.skip(size), size);
  }
  if (kind !== 1)
    throw wrong(
      `keeps ${path} in ${kind === 2 ? "chunks" : "other places"}`,
      "Write it in one piece, without chunks and compression: `h5repack -l CONTI -f NONE`",
    );
  const address = cursor.u64();
  const size = cursor.u64();
  if (bytes === 0) return source.at(0, 0);
  if (address === undefined || size === undefined) throw wrong(`has no elements for ${path}`);
  return source.at(address, size);
}

function readElements(
  cursor: Cursor,
  format: ElementFormat,
  shape: Shape,
  heap: GlobalHeap,
  path: string,
): StoredArray {
  const { source } = cursor;
  const wrong: Wrong = (problem, fix, cause) => source.wrong(`has an array ${path} that ${problem}`, fix, cause);
  const count = elementCount(shape);
  if (cursor.left < count * format.bytes || (format.bytes === 0 && count > 0))
    throw wrong(`takes ${count * format.bytes} bytes of ${cursor.left}`);
  if (format.kind === "text") {
    const data = Array.from({ length: count }, () => decodeText(heap.read(cursor), wrong));
    return { dtype: "string", shape, data };
  }
  if (format.kind === "fixedText") {
    const data = Array.from({ length: count }, () => {
      const text = decodeText(cursor.take(format.bytes), wrong);
      return format.spacePadded ? text.replace(/ +$/, "") : text;
    });
    return { dtype: "string", shape, data };
  }
  return { shape, ...readNumbers(source.bytes, cursor.position, count, format, wrong) };
}
