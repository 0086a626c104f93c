/** Reading zip archives: stored and deflated entries, every size and checksum tested. */
import { crc32 } from "./crc32.ts";
import { inflateFor } from "./inflate.ts";
import { complaints, type ReadOptions, type Wrong } from "./source.ts";
import { nameProblem } from "./writeZip.ts";

/** How `readZip` reads. */
export interface ReadZipOptions extends ReadOptions {
  /** The most entries to read. Default 10,000. */
  readonly maxEntries?: number;
  /** The largest total size of all entries, in bytes after decompression. Default 2^31. */
  readonly limit?: number;
}

interface Entry {
  readonly name: string;
  readonly rawName: Uint8Array;
  readonly method: number;
  readonly crc: number;
  readonly storedSize: number;
  readonly size: number;
  readonly offset: number;
}

const endSize = 22;
const longestComment = 0xffff;

/**
 * The contents of all files in a zip archive, by name. The archive is treated as hostile: sizes and the number of
 * entries are checked before anything is decompressed, entries may neither overlap nor have the same name, names may
 * not leave the folder (no `..`, no absolute paths), and every content must have the size and CRC-32 that are stated.
 * The contents of stored entries are views of `bytes`.
 *
 * @throws DataError naming what is wrong.
 * @example
 * ```ts
 * import { readZip, writeZip } from "@crease/files";
 * const archive = writeZip(new Map([["folder/a", new Uint8Array([1, 2])], ["b", new Uint8Array(0)]]));
 * [...(await readZip(archive)).keys()]; // => ["folder/a", "b"]
 * ```
 */
export async function readZip(
  bytes: Uint8Array,
  { name, maxEntries = 10_000, limit = 2 ** 31 }: ReadZipOptions = {},
): Promise<ReadonlyMap<string, Uint8Array>> {
  const wrong = complaints("readZip", name);
  const entries = readDirectory(bytes, maxEntries, wrong);
  const total = entries.reduce((size, entry) => size + entry.size, 0);
  if (total > limit)
    throw wrong(`expands to ${total} bytes, the limit is ${limit}`, "Check where it comes from, or raise `limit`");
  const contents = new Map<string, Uint8Array>();
  let free = 0;
  for (const entry of [...entries].sort((a, b) => a.offset - b.offset)) {
    const start = contentStart(bytes, entry, free, wrong);
    free = start + entry.storedSize;
    if (entry.name.endsWith("/")) continue;
    contents.set(entry.name, await readContent(bytes.subarray(start, free), entry, wrong));
  }
  return contents;
}

function readDirectory(bytes: Uint8Array, maxEntries: number, wrong: Wrong): readonly Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === undefined) throw wrong("is no zip archive or cut short: it lacks the directory's end");
  const count = view.getUint16(end + 10, true);
  const size = view.getUint32(end + 12, true);
  const start = view.getUint32(end + 16, true);
  if (count === 0xffff || size === 0xffffffff || start === 0xffffffff)
    throw wrong("has the 64-bit extension of archives over 4 GiB or 65,534 entries", "Split it");
  if (view.getUint16(end + 4, true) !== 0 || view.getUint16(end + 8, true) !== count)
    throw wrong("is one part of an archive in several files", "Join them");
  if (count > maxEntries)
    throw wrong(`has ${count} entries, the limit is ${maxEntries}`, "Check where it comes from, or raise `maxEntries`");
  if (start + size > end) throw wrong("claims a directory that it does not hold");
  const entries: Entry[] = [];
  const names = new Set<string>();
  let at = start;
  for (let i = 0; i < count; i++) {
    const { entry, next } = readEntry(bytes, view, at, start + size, wrong);
    if (names.has(entry.name)) throw wrong(`has two entries ${JSON.stringify(entry.name)}`);
    names.add(entry.name);
    entries.push(entry);
    at = next;
  }
  if (at !== start + size) throw wrong("has a directory of another size than stated");
  return entries;
}

/** Where the directory's end record begins: the last one whose comment reaches just to the end of the file. */
function findEnd(view: DataView): number | undefined {
  const last = view.byteLength - endSize;
  for (let at = last; at >= Math.max(0, last - longestComment); at--)
    if (view.getUint32(at, true) === 0x06054b50 && at + endSize + view.getUint16(at + 20, true) === view.byteLength)
      return at;
  return undefined;
}

function readEntry(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  end: number,
  wrong: Wrong,
): { readonly entry: Entry; readonly next: number } {
  if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50) throw wrong("has a damaged directory");
  const nameSize = view.getUint16(at + 28, true);
  const next = at + 46 + nameSize + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  if (next > end) throw wrong("has a damaged directory");
  const rawName = bytes.subarray(at + 46, at + 46 + nameSize);
  const entry = {
    name: decodeName(rawName, wrong),
    rawName,
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    storedSize: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    offset: view.getUint32(at + 42, true),
  };
  const problem = nameProblem(entry.name);
  if (problem !== undefined) throw wrong(`has an entry ${JSON.stringify(entry.name)} that ${problem}`);
  if ((view.getUint16(at + 8, true) & 1) !== 0) throw wrong(`has the encrypted entry ${entry.name}`, "Decrypt it");
  if (entry.method !== 0 && entry.method !== 8)
    throw wrong(`compresses ${entry.name} by the method ${entry.method}`, "Use deflate, or store it uncompressed");
  return { entry, next };
}

function decodeName(rawName: Uint8Array, wrong: Wrong): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(rawName);
  } catch (cause) {
    throw wrong("has an entry whose name is no UTF-8", undefined, cause);
  }
}

/** Where an entry's content begins, behind its own header, which must lie behind the entries before it. */
function contentStart(bytes: Uint8Array, entry: Entry, free: number, wrong: Wrong): number {
  const { name, rawName, offset, method, storedSize } = entry;
  const damaged = (): Error => wrong(`has a damaged entry ${name}`);
  if (offset < free || offset + 30 > bytes.length) throw damaged();
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, 30);
  const nameSize = view.getUint16(26, true);
  const start = offset + 30 + nameSize + view.getUint16(28, true);
  if (view.getUint32(0, true) !== 0x04034b50 || view.getUint16(8, true) !== method) throw damaged();
  if (nameSize !== rawName.length || start + storedSize > bytes.length) throw damaged();
  for (let i = 0; i < nameSize; i++) if (bytes[offset + 30 + i] !== rawName[i]) throw damaged();
  return start;
}

async function readContent(stored: Uint8Array, { name, method, size, crc }: Entry, wrong: Wrong): Promise<Uint8Array> {
  const own: Wrong = (problem, fix, cause) => wrong(`has an entry ${name} that ${problem}`, fix, cause);
  const content = method === 0 ? stored : await inflateFor(own, stored, { format: "deflate-raw", limit: size });
  if (content.length !== size) throw own(`has ${content.length} bytes, not the ${size} stated`);
  if (crc32(content) !== crc) throw own("does not have its checksum");
  return content;
}
