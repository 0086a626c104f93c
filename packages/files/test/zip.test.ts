/** Zip archives: what Python wrote, round trips, and archives that lie, overlap or hide paths. */
import { DataError } from "@crease/backend";
import { crc32, inflate, type ReadZipOptions, readZip, writeZip } from "@crease/files";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readDamaged } from "./damage.ts";
import { fixture } from "./fixture.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

async function compress(bytes: Uint8Array, format: "gzip" | "deflate" | "deflate-raw"): Promise<Uint8Array> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new CompressionStream(format));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** An archive of one deflated entry `a` whose stated size may be wrong. */
async function deflated(content: Uint8Array, statedSize: number = content.length): Promise<Uint8Array> {
  const data = await compress(content, "deflate-raw");
  const archive = writeZip(new Map([["a", data]]));
  const view = new DataView(archive.buffer);
  const directory = 31 + data.length;
  for (const at of [0, directory + 2]) {
    view.setUint16(at + 8, 8, true);
    view.setUint32(at + 14, crc32(content), true);
    view.setUint32(at + 22, statedSize, true);
  }
  return archive;
}

/** A copy in which all places with the bytes of `from` have those of `to`. */
function replaced(bytes: Uint8Array, from: string, to: string): Uint8Array {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return Uint8Array.from(text.replaceAll(from, to), (letter) => letter.charCodeAt(0));
}

const refusal = async (bytes: Uint8Array, options?: ReadZipOptions): Promise<string> => {
  try {
    await readZip(bytes, options);
  } catch (error) {
    expect(error).toBeInstanceOf(DataError);
    return (error as DataError).problem;
  }
  throw new Error("it was read");
};

describe("archives", () => {
  test("of Python are read: deflated, stored, UTF-8 names, folders, a comment", async () => {
    const entries = await readZip(fixture("python.zip"));
    expect([...entries.keys()]).toEqual(["folder/long.txt", "café.txt"]);
    const texts = [...entries.values()].map((content) => new TextDecoder().decode(content));
    expect(texts).toEqual(["crease ".repeat(100), "stored"]);
  });

  test("that were written are read back", async () => {
    const name = fc.string({ minLength: 1, unit: "grapheme" }).filter((text) => !/[\\/\0:]|^\.+$/.test(text));
    await fc.assert(
      fc.asyncProperty(fc.dictionary(name, fc.uint8Array({ maxLength: 50 })), async (entries) => {
        const archive = writeZip(new Map(Object.entries(entries)));
        const read = await readZip(archive);
        expect([...read.keys()]).toEqual(Object.keys(entries));
        for (const [key, content] of read) expect(content).toEqual(entries[key]);
      }),
    );
  });

  test("of nothing are archives", async () => {
    expect((await readZip(writeZip(new Map()))).size).toBe(0);
  });

  test("lying behind an offset of a larger buffer are read", async () => {
    const archive = writeZip(new Map([["a", utf8("text")]]));
    const around = new Uint8Array(archive.length + 20);
    around.set(archive, 7);
    const read = await readZip(around.subarray(7, 7 + archive.length));
    expect(read.get("a")).toEqual(utf8("text"));
  });
});

describe("hostile archives", () => {
  const two = writeZip(new Map(Object.entries({ aaaa: utf8("first"), bbbb: utf8("other") })));

  test.each(["../x", "/etc", "a//b", "./xx", "C:/x", "a\\bc", "x\0yz"])("the name %j is refused", async (name) => {
    expect(await refusal(replaced(two, "aaaa", name.padEnd(4, "x").slice(0, 4)))).toMatch(/^the file has an entry/);
    expect(() => writeZip(new Map([[name, utf8("")]]))).toThrow(DataError);
  });

  test("two entries of one name are refused", async () => {
    expect(await refusal(replaced(two, "bbbb", "aaaa"))).toContain('has two entries "aaaa"');
  });

  test("overlapping entries are refused", async () => {
    const copy = two.slice();
    const view = new DataView(copy.buffer);
    const end = copy.length - 22;
    const second = view.getUint32(end + 16, true) + 50;
    view.setUint32(second + 42, 0, true);
    expect(await refusal(copy)).toContain("has a damaged entry");
  });

  test("a changed content does not have its checksum", async () => {
    expect(await refusal(replaced(two, "first", "fisrt"))).toContain("an entry aaaa that does not have its checksum");
  });

  test("limits count before anything is decompressed", async () => {
    expect(await refusal(two, { maxEntries: 1 })).toContain("has 2 entries, the limit is 1");
    expect(await refusal(two, { limit: 9 })).toContain("expands to 10 bytes, the limit is 9");
    const zeros = await deflated(new Uint8Array(100_000));
    expect(zeros.length).toBeLessThan(300);
    expect(await refusal(zeros, { limit: 99_999 })).toContain("expands to 100000 bytes");
    expect((await readZip(zeros)).get("a")?.length).toBe(100_000);
  });

  test("a stated size below or above the real one is refused", async () => {
    const content = new Uint8Array(10_000);
    expect(await refusal(await deflated(content, 9_999))).toContain("expands to more than the 9999 bytes expected");
    expect(await refusal(await deflated(content, 10_001))).toContain("has 10000 bytes, not the 10001 stated");
  });

  test("encryption, other methods and the 64-bit extension are named", async () => {
    const set16 = (at: number, value: number): Uint8Array => {
      const copy = two.slice();
      new DataView(copy.buffer).setUint16(at, value, true);
      return copy;
    };
    const directory = new DataView(two.buffer).getUint32(two.length - 6, true);
    expect(await refusal(set16(directory + 8, 1))).toContain("has the encrypted entry aaaa");
    expect(await refusal(set16(directory + 10, 12))).toContain("compresses aaaa by the method 12");
    expect(await refusal(set16(two.length - 12, 0xffff))).toContain("64-bit extension");
  });

  test("what is no archive is refused", async () => {
    for (const bytes of [new Uint8Array(0), new Uint8Array(21), new Uint8Array(70_000)])
      expect(await refusal(bytes, { name: "x.zip" })).toBe(
        "x.zip is no zip archive or cut short: it lacks the directory's end",
      );
  });

  test("too much of damaged data is still too much", async () => {
    const data = Uint8Array.from([...(await compress(new Uint8Array(9), "deflate-raw")), 1, 2, 3]);
    await expect(inflate(data, { format: "deflate-raw", limit: 1 })).rejects.toThrow(DataError);
  });

  test("damaged archives end in a result or DataError", async () => {
    await readDamaged(fixture("python.zip"), (bytes) => readZip(bytes));
    await readDamaged(two, (bytes) => readZip(bytes));
  });
});

describe("inflate", () => {
  test("gives back what was compressed, up to its limit", async () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => (i * i) % 251);
    for (const format of ["gzip", "deflate", "deflate-raw"] as const) {
      const data = await compress(bytes, format);
      expect(await inflate(data, { format, limit: bytes.length })).toEqual(bytes);
      await expect(inflate(data, { format, limit: bytes.length - 1, name: "x" })).rejects.toThrow(
        "inflate: x expands to more than the 99999 bytes expected",
      );
      await expect(inflate(data.subarray(0, -20), { format, limit: 1e6 })).rejects.toThrow(DataError);
      await expect(inflate(data.subarray(0, 0), { format, limit: 1e6 })).rejects.toThrow(DataError);
    }
  });
});

test("the checksum is zlib's", async () => {
  const { crc32: reference } = await import("node:zlib");
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(crc32(bytes)).toBe(reference(bytes));
    }),
  );
});
