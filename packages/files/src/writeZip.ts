/** Writing zip archives, entries stored as they are. */
import { DataError } from "@crease/backend";
import { crc32 } from "./crc32.ts";

/** 1980-01-01, the earliest date of the format: equal entries give equal archives. */
const date = 0x0021;
/** Names are UTF-8. */
const flags = 0x0800;
const version = 20;

/**
 * The bytes of a zip archive that holds the entries uncompressed, in their order. Equal entries give equal bytes.
 *
 * @throws DataError for more entries or bytes than archives without the 64-bit extension hold, and for names that
 *   `readZip` refuses.
 * @example
 * ```ts
 * import { readZip, writeZip } from "@crease/files";
 * const bytes = writeZip(new Map([["a.txt", new Uint8Array([104, 105])]]));
 * (await readZip(bytes)).get("a.txt"); // => [104, 105]
 * ```
 */
export function writeZip(entries: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const encoder = new TextEncoder();
  const parts = [...entries].map(([name, content]) => ({ name: encoder.encode(name), content, crc: crc32(content) }));
  const bodySize = parts.reduce((size, { name, content }) => size + 30 + name.length + content.length, 0);
  const directorySize = parts.reduce((size, { name }) => size + 46 + name.length, 0);
  const wrong = (problem: string, fix: string): DataError => new DataError({ op: "writeZip", problem, fix });
  for (const name of entries.keys()) {
    const problem = nameProblem(name);
    if (problem !== undefined)
      throw wrong(`the entry ${JSON.stringify(name)} ${problem}`, "Use a relative path with /");
  }
  if (parts.length >= 0xffff || bodySize + directorySize >= 0xffffffff)
    throw wrong(
      `${parts.length} entries of ${bodySize} bytes are too much for one archive`,
      "Keep below 65535 entries and 4 GiB",
    );
  const bytes = new Uint8Array(bodySize + directorySize + 22);
  const view = new DataView(bytes.buffer);
  let at = 0;
  let directory = bodySize;
  for (const { name, content, crc } of parts) {
    view.setUint32(at, 0x04034b50, true);
    writeFields(view, at + 4, content.length, crc, name.length);
    bytes.set(name, at + 30);
    bytes.set(content, at + 30 + name.length);
    view.setUint32(directory, 0x02014b50, true);
    view.setUint16(directory + 4, version, true);
    writeFields(view, directory + 6, content.length, crc, name.length);
    view.setUint32(directory + 42, at, true);
    bytes.set(name, directory + 46);
    at += 30 + name.length + content.length;
    directory += 46 + name.length;
  }
  view.setUint32(directory, 0x06054b50, true);
  view.setUint16(directory + 8, parts.length, true);
  view.setUint16(directory + 10, parts.length, true);
  view.setUint32(directory + 12, directorySize, true);
  view.setUint32(directory + 16, bodySize, true);
  return bytes;
}

/** The fields that an entry has in front of its content and in the directory: version needed to length of extra data. */
function writeFields(view: DataView, at: number, size: number, crc: number, nameSize: number): void {
  view.setUint16(at, version, true);
  view.setUint16(at + 2, flags, true);
  view.setUint16(at + 8, date, true);
  view.setUint32(at + 10, crc, true);
  view.setUint32(at + 14, size, true);
  view.setUint32(at + 18, size, true);
  view.setUint16(at + 22, nameSize, true);
}

/** What is wrong with the name of an entry: nothing that could leave the folder it is extracted to is taken. */
export function nameProblem(name: string): string | undefined {
  if (name === "") return "has no name";
  if (name.includes("\0") || name.includes("\\")) return "has a forbidden character";
  if (name.startsWith("/") || /^[A-Za-z]:/.test(name)) return "is an absolute path";
  const parts = name.replace(/\/$/, "").split("/");
  return parts.some((part) => part === "" || part === "." || part === "..") ? "is no plain path" : undefined;
}
