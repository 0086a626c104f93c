/** Writing HDF5 files in the form that all readers know: superblock 0, symbol tables, arrays in one piece. */
import { bytesPerElement, DataError, type Shape, sizeOf } from "@crease/backend";
import { type Numbers, writeNumbers } from "../numbers.ts";
import type { StoredArray } from "../storedArray.ts";
import { writeDatatype } from "./datatype.ts";
import { HeapWriter } from "./globalHeap.ts";
import { messageTypes } from "./readMessages.ts";
import type { Hdf5Dataset, Hdf5Group } from "./tree.ts";
import { writeMembers } from "./writeMembers.ts";
import { Writer } from "./writer.ts";

const superblockSize = 96;
/** Messages say their size in 16 bits. */
const largestMessage = 65_528;

/**
 * The bytes of an HDF5 file with this root group, to be read by every HDF5 library. Texts become UTF-8 of any length,
 * bool NumPy's enumeration of FALSE and TRUE.
 *
 * @throws DataError for elements that do not fill their shape, names with `/` or a zero, and attributes over 64 kB (texts count 16
 *   bytes each there): those belong into arrays.
 * @example
 * ```ts
 * import { readHdf5, writeHdf5 } from "@crease/files";
 * const title = { dtype: "string", shape: [], data: ["weights"] } as const;
 * const bytes = writeHdf5({ attributes: new Map([["title", title]]), members: new Map() });
 * readHdf5(bytes).attributes.get("title")?.data; // => ["weights"]
 * ```
 */
export function writeHdf5(root: Hdf5Group): Uint8Array {
  const writer = new Writer(superblockSize);
  const heap = new HeapWriter(textsOf(root), (block) => writer.allocate(block));

  const write = (node: Hdf5Group | Hdf5Dataset, path: string): number => {
    const messages = [...node.attributes].map(([name, array]) => attributeMessage(name, array, heap, path));
    if ("array" in node) return writer.header([...arrayMessages(node.array, heap, writer, path), ...messages]);
    const addresses = new Map<string, number>();
    for (const [name, member] of node.members) {
      if (name === "" || name === "." || /[/\0]/.test(name))
        throw wrong(`${path}/${name}`, "has a forbidden name", "Use a name without /");
      addresses.set(name, write(member, `${path}/${name}`));
    }
    return writer.header([{ type: messageTypes.symbolTable, body: writeMembers(addresses, writer) }, ...messages]);
  };

  return writer.finish(write(root, ""));
}

function wrong(what: string, problem: string, fix: string): DataError {
  return new DataError({ op: "writeHdf5", problem: `${what || "/"} ${problem}`, fix });
}

/** All texts in the order in which they are written. */
function textsOf(node: Hdf5Group | Hdf5Dataset): readonly string[] {
  const texts: string[] = [];
  const visit = ({ dtype, data }: StoredArray): void => {
    if (dtype === "string") for (const text of data as readonly string[]) texts.push(text);
  };
  const walk = (each: Hdf5Group | Hdf5Dataset): void => {
    for (const array of each.attributes.values()) visit(array);
    if ("array" in each) visit(each.array);
    else for (const member of each.members.values()) walk(member);
  };
  walk(node);
  return texts;
}

function elementsOf({ dtype, shape, data }: StoredArray, heap: HeapWriter, what: string): Uint8Array {
  if (data.length !== sizeOf(shape))
    throw wrong(what, `has ${data.length} elements`, `Give as many as the shape [${shape.join(",")}] holds`);
  if (dtype !== "string") {
    const bytes = new Uint8Array(data.length * bytesPerElement[dtype]);
    writeNumbers(bytes, 0, dtype, data as Numbers["data"]);
    return bytes;
  }
  const bytes = new Uint8Array(16 * data.length);
  for (let i = 0; i < data.length; i++) bytes.set(heap.next(), 16 * i);
  return bytes;
}

/** A dataspace message of version 1: rank and sizes. */
function spaceOf(shape: Shape): Uint8Array {
  const bytes = new Uint8Array(8 + 8 * shape.length);
  bytes.set([1, shape.length]);
  const view = new DataView(bytes.buffer);
  shape.forEach((size, axis) => {
    view.setBigUint64(8 + 8 * axis, BigInt(size), true);
  });
  return bytes;
}

interface HeaderMessage {
  readonly type: number;
  readonly body: Uint8Array;
}

function attributeMessage(name: string, array: StoredArray, heap: HeapWriter, path: string): HeaderMessage {
  const what = `${path || "/"} ${name}`;
  const parts = [
    new TextEncoder().encode(`${name}\0`),
    Uint8Array.from(writeDatatype(array.dtype)),
    spaceOf(array.shape),
  ];
  const elements = elementsOf(array, heap, what);
  const size = parts.reduce((total, part) => total + roundUp(part.length), 8) + roundUp(elements.length);
  if (size > largestMessage || array.shape.length > 255)
    throw wrong(what, "is larger than the 64 kB that attributes hold", "Split it, or store it as an array");
  const body = new Uint8Array(size);
  body[0] = 1;
  const view = new DataView(body.buffer);
  let at = 8;
  parts.forEach((part, i) => {
    view.setUint16(2 + 2 * i, part.length, true);
    body.set(part, at);
    at += roundUp(part.length);
  });
  body.set(elements, at);
  return { type: messageTypes.attribute, body };
}

function arrayMessages(array: StoredArray, heap: HeapWriter, writer: Writer, path: string): readonly HeaderMessage[] {
  const elements = elementsOf(array, heap, path);
  const layout = new Uint8Array(18).fill(255, 2, 10);
  layout.set([3, 1]);
  const view = new DataView(layout.buffer);
  if (elements.length > 0) view.setBigUint64(2, BigInt(writer.allocate(elements)), true);
  view.setBigUint64(10, BigInt(elements.length), true);
  return [
    { type: messageTypes.dataspace, body: spaceOf(array.shape) },
    { type: messageTypes.datatype, body: Uint8Array.from(writeDatatype(array.dtype)) },
    // Version 2: space allocated early, nothing filled in.
    { type: messageTypes.fillValue, body: Uint8Array.of(2, 1, 2, 0) },
    { type: messageTypes.layout, body: layout },
  ];
}

function roundUp(size: number): number {
  return 8 * Math.ceil(size / 8);
}
