/** The safetensors format: round trips, the reference file, and files that are damaged or hostile. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { bytesPerElement, DataError } from "@crease/backend";
import { readSafetensors, type StoredArray, writeSafetensors } from "@crease/files";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decode, expectClose, type GoldenTensor, goldenFolder, readGolden } from "../../../testdata/golden.ts";
import { tolerances } from "../../../testdata/tolerances.ts";
import { readDamaged } from "./damage.ts";
import { storedArray } from "./storedArrays.ts";

const name = fc.oneof(
  fc.string(),
  fc.constantFrom("__proto__", "constructor", "toString", "layers.0.kernel", "é\u{1F600}"),
);

/** A file of a header and the bytes behind it. */
function fileOf(header: unknown, body = new Uint8Array(0), length?: bigint): Uint8Array {
  const json = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + body.length);
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(body, 8 + json.length);
  return bytes;
}

const headerOf = (bytes: Uint8Array): Record<string, { dtype: string; data_offsets: [number, number] }> =>
  JSON.parse(
    new TextDecoder().decode(
      bytes.subarray(8, 8 + Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true))),
    ),
  );

describe("round trips", () => {
  test("of all element types, shapes and names", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(name, storedArray), { maxLength: 5 }),
        fc.dictionary(
          fc.string().filter((key) => key !== "__proto__"),
          fc.string(),
        ),
        (list, metadata) => {
          const tensors = new Map(list.filter(([key]) => key !== "__metadata__"));
          const read = readSafetensors(writeSafetensors(tensors, metadata));
          expect(new Map([...read.tensors].sort())).toEqual(new Map([...tensors].sort()));
          expect({ ...read.metadata }).toEqual(metadata);
        },
      ),
    );
  });

  test("the layout is the format's: a padded header, each tensor at a multiple of its element size", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ minLength: 1, maxLength: 3 }), storedArray), { maxLength: 4 }),
        (list) => {
          const tensors = new Map(list);
          const bytes = writeSafetensors(tensors);
          expect(Number(new DataView(bytes.buffer).getBigUint64(0, true)) % 8).toBe(0);
          for (const [key, { data_offsets }] of Object.entries(headerOf(bytes))) {
            const { dtype, data } = tensors.get(key) as StoredArray;
            expect(data_offsets[0] % bytesPerElement[dtype]).toBe(0);
            expect(data_offsets[1] - data_offsets[0]).toBe(data.length * bytesPerElement[dtype]);
          }
        },
      ),
    );
  });

  test("bytes in the middle of a buffer are read where they are", () => {
    const bytes = writeSafetensors(new Map([["w", { dtype: "float64", shape: [2], data: new Float64Array([1, 2]) }]]));
    const larger = new Uint8Array(bytes.length + 3);
    larger.set(bytes, 3);
    expect(readSafetensors(larger.subarray(3)).tensors.get("w")?.data).toEqual(new Float64Array([1, 2]));
  });

  test("what the format does not have is refused", () => {
    const encode = (key: string, x: StoredArray) => () => writeSafetensors(new Map([[key, x]]));
    expect(encode("s", { dtype: "string", shape: [1], data: ["a"] })).toThrow(/"s" holds strings/);
    expect(encode("__metadata__", { dtype: "bool", shape: [0], data: new Uint8Array(0) })).toThrow(DataError);
    expect(encode("w", { dtype: "int8", shape: [3], data: new Int8Array(2) })).toThrow(/"w" has 2 elements/);
  });
});

describe("the reference file", () => {
  interface Index {
    readonly safetensors: {
      readonly file: string;
      readonly metadata: Readonly<Record<string, string>>;
      readonly tensors: Readonly<Record<string, GoldenTensor>>;
    };
  }
  const hasFile = existsSync(join(goldenFolder, "models", "index.json"));

  test.runIf(hasFile)("reads right", () => {
    const { safetensors: index } = readGolden<Index>("models/index.json");
    const bytes = new Uint8Array(readFileSync(join(goldenFolder, "models", index.file)));
    const { tensors, metadata } = readSafetensors(bytes);
    expect({ ...metadata }).toEqual(index.metadata);
    expect([...tensors.keys()].sort()).toEqual(Object.keys(index.tensors).sort());
    expect(tensors.size).toBeGreaterThan(0);
    for (const [key, golden] of Object.entries(index.tensors)) {
      const { dtype, shape, data } = tensors.get(key) as StoredArray;
      const isForeign = /^(u?int(16|64)|uint32)$/.test(golden.dtype);
      expect([dtype, shape], key).toEqual([isForeign ? "int32" : golden.dtype, golden.shape]);
      expectClose(data as Float32Array, decode(golden), tolerances.models.values, key);
    }
  });

  // Sets with other seeds may come without the folder of model files; the set of the repository has it.
  test.runIf(!process.env.CREASE_GOLDEN)("is there", () => expect(hasFile).toBe(true));
});

test("integers of types that tensors lack become int32 or float64", () => {
  const body = new Uint8Array(34);
  const view = new DataView(body.buffer);
  view.setBigInt64(0, -7n, true);
  view.setBigUint64(8, 2n ** 63n, true);
  view.setUint32(16, 2 ** 32 - 1, true);
  view.setUint32(20, 9, true);
  view.setInt16(24, -3, true);
  view.setUint16(26, 65535, true);
  const entry = (dtype: string, ...data_offsets: number[]) => ({ dtype, shape: [1], data_offsets });
  const header = {
    a: entry("I64", 0, 8),
    b: entry("U64", 8, 16),
    c: entry("U32", 16, 20),
    d: entry("U32", 20, 24),
    e: entry("I16", 24, 26),
    f: entry("U16", 26, 28),
  };
  const { tensors } = readSafetensors(fileOf(header, body.subarray(0, 28)));
  expect([...tensors.values()].map(({ dtype, data }) => [dtype, data[0]])).toEqual([
    ["int32", -7],
    ["float64", 2 ** 63],
    ["float64", 2 ** 32 - 1],
    ["int32", 9],
    ["int32", -3],
    ["int32", 65535],
  ]);
  view.setBigUint64(8, 2n ** 63n + 1n, true);
  expect(() => readSafetensors(fileOf(header, body.subarray(0, 28)))).toThrow(
    '"b" that holds the integer 9223372036854775809, which neither int32 nor float64 holds exactly',
  );
});

describe("damaged and hostile files raise DataError", () => {
  const body8 = new Uint8Array(8);
  const f32 = (shape: unknown, ...data_offsets: unknown[]) => ({ dtype: "F32", shape, data_offsets });
  const cases: readonly [string, Uint8Array][] = [
    ["nothing", new Uint8Array(0)],
    ["a header length beyond the file", fileOf({}, body8, 1000n)],
    ["a huge header length", fileOf({}, body8, 2n ** 64n - 1n)],
    ["a header length of 2^53 + 1", fileOf({}, body8, 2n ** 53n + 1n)],
    ["no JSON", fileOf("{")],
    ["bytes that are no UTF-8", fileOf("").fill(0xff)],
    ["a list as header", fileOf([])],
    ["null as header", fileOf("null")],
    ["a number as header", fileOf("7")],
    ["deeply nested JSON", fileOf("[".repeat(100_000))],
    ["an entry that is null", fileOf({ w: null })],
    ["an entry that is a list", fileOf({ w: ["F32", [2], [0, 8]] }, body8)],
    ["an entry without dtype", fileOf({ w: { shape: [2], data_offsets: [0, 8] } }, body8)],
    ["an unknown dtype", fileOf({ w: { dtype: "F99", shape: [2], data_offsets: [0, 8] } }, body8)],
    ["the dtype F8_E4M3", fileOf({ w: { dtype: "F8_E4M3", shape: [2], data_offsets: [0, 8] } }, body8)],
    ["the dtype C64", fileOf({ w: { dtype: "C64", shape: [2], data_offsets: [0, 8] } }, body8)],
    ["the dtype F8", fileOf({ w: { dtype: "F8", shape: [2], data_offsets: [0, 8] } }, body8)],
    ["the dtype BF32", fileOf({ w: { dtype: "BF32", shape: [2], data_offsets: [0, 8] } }, body8)],
    ["the dtype BOOL8", fileOf({ w: { dtype: "BOOL8", shape: [2], data_offsets: [0, 8] } }, body8)],
    ["the dtype I", fileOf({ w: { dtype: "I", shape: [2], data_offsets: [0, 8] } }, body8)],
    ["a dtype named like a method", fileOf({ w: { dtype: "toString", shape: [2], data_offsets: [0, 8] } }, body8)],
    ["overlapping tensors", fileOf({ a: f32([2], 0, 8), b: f32([1], 4, 8) }, body8)],
    ["two tensors at one place", fileOf({ a: f32([2], 0, 8), b: f32([2], 0, 8) }, body8)],
    ["a hole", fileOf({ a: f32([1], 0, 4), b: f32([1], 8, 12) }, new Uint8Array(12))],
    ["a hole at the beginning", fileOf({ a: f32([1], 4, 8) }, body8)],
    ["bytes behind the last tensor", fileOf({ a: f32([1], 0, 4) }, body8)],
    ["offsets beyond the file", fileOf({ a: f32([4], 0, 16) }, body8)],
    ["offsets that run backwards", fileOf({ a: f32([2], 8, 0) }, body8)],
    ["negative offsets", fileOf({ a: f32([2], -8, 0) }, body8)],
    ["fractions as offsets", fileOf({ a: f32([2], 0.5, 8.5) }, body8)],
    ["three offsets", fileOf({ a: f32([2], 0, 8, 8) }, body8)],
    ["a shape of another size", fileOf({ a: f32([3], 0, 8) }, body8)],
    ["a shape that overflows", fileOf({ a: f32([2 ** 40, 2 ** 40], 0, 8) }, body8)],
    ["a shape that overflows to 0 in 64 bits", fileOf({ a: f32([2 ** 32, 2 ** 32], 0, 0) })],
    ["a shape that is infinite times 0", fileOf({ a: f32([...Array(25).fill(2 ** 52), 0], 0, 0) })],
    ["a negative size", fileOf({ a: f32([-2, -1], 0, 8) }, body8)],
    ["a size as text", fileOf({ a: f32(["2"], 0, 8) }, body8)],
    ["a shape as text", fileOf({ a: f32("2", 0, 8) }, body8)],
    ["metadata that are text", fileOf({ __metadata__: "hello" })],
    ["metadata that are a list", fileOf({ __metadata__: ["hello"] })],
    ["metadata that hold numbers", fileOf({ __metadata__: { step: 1 } })],
    ["metadata that are null", fileOf({ __metadata__: null })],
  ];
  test.each(cases)("%s", (_, bytes) => {
    expect(() => readSafetensors(bytes, { name: "w.safetensors" })).toThrow(DataError);
    expect(() => readSafetensors(bytes, { name: "w.safetensors" })).toThrow(/^readSafetensors: w\.safetensors /);
  });

  test("keys such as __proto__ are names like any other, and change no prototype", () => {
    const bytes = fileOf(
      `{"__proto__":${JSON.stringify(f32([1], 0, 4))},"__metadata__":{"__proto__":"x"}}`,
      new Uint8Array(4),
    );
    const { tensors, metadata } = readSafetensors(bytes);
    expect([...tensors.keys()]).toEqual(["__proto__"]);
    expect(Object.keys(metadata)).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(metadata)).toBe(null);
    expect(({} as { shape?: unknown }).shape).toBe(undefined);
  });

  test("but an empty tensor may lie where another begins, in any order of the header", () => {
    const { tensors } = readSafetensors(fileOf({ a: f32([2], 0, 8), b: f32([0, 3], 0, 0), c: f32([0], 8, 8) }, body8));
    expect([...tensors].map(([key, { shape }]) => [key, shape]).sort()).toEqual([
      ["a", [2]],
      ["b", [0, 3]],
      ["c", [0]],
    ]);
  });

  test("a file cut at any byte", () => {
    const bytes = writeSafetensors(
      new Map<string, StoredArray>([
        ["a", { dtype: "float32", shape: [2, 2], data: new Float32Array([1, 2, 3, 4]) }],
        ["b", { dtype: "bool", shape: [3], data: new Uint8Array([1, 0, 1]) }],
      ]),
      { note: "x" },
    );
    for (let length = 0; length < bytes.length; length++)
      expect(() => readSafetensors(bytes.slice(0, length)), `${length} bytes`).toThrow(DataError);
    expect(readSafetensors(bytes).tensors.size).toBe(2);
  });

  test("a file with any bytes changed is read or refused, nothing else", async () => {
    const w: StoredArray = { dtype: "float32", shape: [2, 1], data: new Float32Array([1, 2]) };
    await readDamaged(writeSafetensors(new Map([["w", w]])), readSafetensors, 500);
  });

  test("any bytes at all are refused", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect(() => readSafetensors(bytes)).toThrow(DataError);
      }),
    );
  });
});
