/** HDF5: what h5py wrote, what two other libraries read of ours, and files that are damaged or hostile. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataError } from "@crease/backend";
import { type Hdf5Dataset, type Hdf5Group, readHdf5, type StoredArray, writeHdf5 } from "@crease/files";
import fc from "fast-check";
import { File as PureFile } from "jsfive";
import { describe, expect, test } from "vitest";
import { goldenFolder } from "../../../testdata/golden.ts";
import { readDamaged } from "./damage.ts";
import { fixture } from "./fixture.ts";
import { storedArray } from "./storedArrays.ts";

const none = new Map<string, StoredArray>();
const text = (...data: string[]): StoredArray => ({ dtype: "string", shape: [data.length], data });
const dataset = (array: StoredArray, attributes = none): Hdf5Dataset => ({ attributes, array });
const group = (members: Record<string, Hdf5Group | Hdf5Dataset>, attributes = none): Hdf5Group => ({
  attributes,
  members: new Map(Object.entries(members)),
});
const floats = (...values: number[]): StoredArray => ({
  dtype: "float32",
  shape: [values.length],
  data: Float32Array.from(values),
});

function member(parent: Hdf5Group, name: string): Hdf5Group & Hdf5Dataset {
  return parent.members.get(name) as Hdf5Group & Hdf5Dataset;
}

/** The same tree with members in the order of their names, as it is read. */
function sorted(node: Hdf5Group | Hdf5Dataset): Hdf5Group | Hdf5Dataset {
  if ("array" in node) return node;
  const members = [...node.members].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return { attributes: node.attributes, members: new Map(members.map(([name, inner]) => [name, sorted(inner)])) };
}

const name = fc.string({ minLength: 1, unit: "grapheme" }).filter((value) => !/[/\0]|^\.$/.test(value));
const plainText = fc.string({ unit: "grapheme" }).filter((value) => !value.includes("\0"));
const array = fc.oneof(
  storedArray,
  fc.array(plainText, { maxLength: 4 }).map((texts) => text(...texts)),
);
const attributes = fc.dictionary(name, array, { maxKeys: 3 }).map((entries) => new Map(Object.entries(entries)));
const { tree } = fc.letrec<{ tree: Hdf5Group; node: Hdf5Group | Hdf5Dataset }>((tie) => ({
  tree: fc.record({
    attributes,
    members: fc
      .dictionary(name, tie("node") as fc.Arbitrary<Hdf5Group | Hdf5Dataset>, { maxKeys: 12 })
      .map((entries) => new Map(Object.entries(entries))),
  }),
  node: fc.oneof({ maxDepth: 2 }, fc.record({ attributes, array }), tie("tree")),
}));

describe("files of h5py", () => {
  const expected = JSON.parse(new TextDecoder().decode(fixture("h5py.json"))) as Record<
    string,
    { shape: number[]; values: unknown[] }
  >;
  const dtypes: Record<string, string> = {
    float64: "float64",
    float32_big: "float32",
    float16: "float16",
    bfloat16: "float32",
    int64: "int32",
    int64_wide: "float64",
    uint16_big: "int32",
    uint8: "uint8",
    bool: "bool",
    scalar: "float32",
    empty: "float32",
    fixed: "string",
    text: "string",
  };
  const root = readHdf5(fixture("arrays.h5"));

  test.each(Object.keys(dtypes))("an array of %s", (key) => {
    const { dtype, shape, data } = member(member(root, "group"), key).array;
    expect([dtype, shape]).toEqual([dtypes[key], expected[key]?.shape]);
    const values = dtype === "bool" ? Array.from(data as Uint8Array, (bit) => bit === 1) : Array.from<unknown>(data);
    expect(values).toEqual(expected[key]?.values);
  });

  test("have every array that was expected", () => {
    expect(Object.keys(dtypes).sort()).toEqual(Object.keys(expected).sort());
    expect(member(root, "group").members.size).toBe(Object.keys(dtypes).length);
  });

  test("many attributes and many members", () => {
    const { attributes: found } = member(root, "group");
    for (let i = 0; i < 40; i++)
      expect(found.get(`attribute${String(i).padStart(2, "0")}`)?.data).toEqual(["x".repeat(i)]);
    expect([found.get("texts")?.data, found.get("bytes")?.data]).toEqual([
      ["a", "bc"],
      ["a", "bc"],
    ]);
    expect(Array.from(found.get("numbers")?.data as Int32Array)).toEqual([0, 1, 2]);
    const { members } = member(root, "many");
    expect(members.size).toBe(20);
    for (const [key, inner] of members) expect((inner as Hdf5Dataset).array.data[0]).toBe(Number(key));
  });

  test.each([
    ["chunks", "keeps /x in chunks"],
    ["softlink", "has the link /y to another place"],
    ["externallink", "parts of newer HDF5 versions"],
    ["externalfiles", "keeps the elements of /x in other files"],
    ["hardlink", "has two ways to /y"],
    ["cycle", "has two ways to /x/y"],
    ["latest", "superblock of version 3"],
    ["order", "object header of version 2"],
    ["record", "holds records, which have no counterpart here"],
    ["reference", "holds references, which have no counterpart here"],
    ["unwritten", "has no elements for /x"],
  ])("%s: refused with the reason", (key, reason) => {
    const read = () => readHdf5(fixture(`refused-${key}.h5`), { name: `${key}.h5` });
    expect(read).toThrow(DataError);
    expect(read).toThrow(`readHdf5: ${key}.h5 `);
    expect(read).toThrow(reason);
  });
});

describe("what is written", () => {
  test("is read back", () => {
    fc.assert(
      fc.property(tree, (root) => {
        expect(readHdf5(writeHdf5(root))).toEqual(sorted(root));
      }),
      { numRuns: 60 },
    );
  });

  test("groups of many members have trees of several levels", () => {
    const members = Object.fromEntries(Array.from({ length: 700 }, (_, i) => [`k${i}`, dataset(floats(i))]));
    const bytes = writeHdf5(group({ many: group(members) }));
    const read = member(readHdf5(bytes), "many").members;
    expect(read.size).toBe(700);
    for (const [key, inner] of read) expect((inner as Hdf5Dataset).array.data[0]).toBe(Number(key.slice(1)));
    const other = new PureFile(bytes.buffer, "x.h5");
    for (const i of [0, 1, 99, 255, 256, 512, 699]) expect(other.get(`many/k${i}`).value).toEqual([i]);
  });

  test("attributes too large and names with a slash are refused", () => {
    const big = new Map([["big", floats(...new Array(20_000).fill(0))]]);
    expect(() => writeHdf5(group({}, big))).toThrow("writeHdf5: / big is larger than the 64 kB that attributes hold");
    expect(() => writeHdf5(group({ "a/b": group({}) }))).toThrow(DataError);
    expect(() => writeHdf5(group({ "": group({}) }))).toThrow(DataError);
    expect(() => writeHdf5(group({ x: dataset({ dtype: "int32", shape: [2], data: Int32Array.of(1) }) }))).toThrow(
      "writeHdf5: /x has 1 elements. Give as many as the shape [2] holds.",
    );
  });

  test("texts longer than attributes are", () => {
    const long = "é".repeat(100_000);
    const root = readHdf5(writeHdf5(group({}, new Map([["config", text(long)]]))));
    expect(root.attributes.get("config")?.data).toEqual([long]);
  });
});

describe("other libraries read what is written", () => {
  const attributes = new Map([
    ["texts", text("é", "b/c", "")],
    ["one", { dtype: "string", shape: [], data: ["x".repeat(70_000)] } satisfies StoredArray],
  ]);
  const numbers: Record<string, Hdf5Dataset> = {
    float64: dataset({ dtype: "float64", shape: [2], data: Float64Array.of(0.1, -2) }),
    float32: dataset({ dtype: "float32", shape: [1, 2], data: Float32Array.of(0.5, -2) }),
    float16: dataset({ dtype: "float16", shape: [2], data: Float32Array.of(0.5, 65504) }),
    int32: dataset({ dtype: "int32", shape: [2], data: Int32Array.of(-(2 ** 31), 7) }),
    int8: dataset({ dtype: "int8", shape: [2], data: Int8Array.of(-128, 7) }),
    uint8: dataset({ dtype: "uint8", shape: [2], data: Uint8Array.of(255, 7) }),
    scalar: dataset({ dtype: "float32", shape: [], data: Float32Array.of(2.5) }),
  };
  const bytes = writeHdf5(group({ numbers: group(numbers), empty: group({}) }, attributes));

  test("jsfive", () => {
    const file = new PureFile(bytes.buffer, "x.h5");
    expect(file.keys.sort()).toEqual(["empty", "numbers"]);
    for (const [key, { array: stored }] of Object.entries(numbers)) {
      const found = file.get(`numbers/${key}`);
      expect([found.shape, Array.from(found.value)], key).toEqual([stored.shape, Array.from<unknown>(stored.data)]);
    }
    expect(file.attrs.one).toBe("x".repeat(70_000));
  });

  test("h5wasm", async () => {
    const { default: library } = await import("h5wasm/node");
    await library.ready;
    const folder = mkdtempSync(join(tmpdir(), "crease-hdf5-"));
    writeFileSync(join(folder, "x.h5"), bytes);
    const file = new library.File(join(folder, "x.h5"), "r");
    try {
      const found = (path: string): { shape: unknown; dtype: unknown; value: unknown } => file.get(path) as never;
      for (const [key, { array: stored }] of Object.entries(numbers)) {
        // The library knows no half floats.
        if (key === "float16") continue;
        const { shape, value } = found(`numbers/${key}`);
        expect(shape, key).toEqual(stored.shape);
        const values = typeof value === "number" ? [value] : Array.from(value as number[]);
        expect(values, key).toEqual(Array.from<unknown>(stored.data));
      }
      expect(file.attrs.texts?.value).toEqual(["é", "b/c", ""]);
      expect(file.attrs.one?.value).toBe("x".repeat(70_000));
      expect((file.get("empty") as unknown as { keys(): string[] }).keys()).toEqual([]);
    } finally {
      file.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe("damaged and hostile files", () => {
  test("other files are refused", () => {
    for (const bytes of [new Uint8Array(0), new Uint8Array(5000), fixture("arrays.h5").subarray(1)])
      expect(() => readHdf5(bytes)).toThrow("the file does not begin as HDF5 files do");
  });

  test("a file cut short is refused", () => {
    const bytes = fixture("arrays.h5");
    for (let length = 0; length < bytes.length; length += 97)
      expect(() => readHdf5(bytes.subarray(0, length)), `${length} bytes`).toThrow(DataError);
  });

  test("the number of objects is limited", () => {
    const bytes = writeHdf5(group({ a: group({}), b: group({}) }));
    expect(readHdf5(bytes, { maxObjects: 3 }).members.size).toBe(2);
    expect(() => readHdf5(bytes, { maxObjects: 2 })).toThrow("holds more than 2 objects");
  });

  test("groups without end are refused", () => {
    let deep = group({});
    for (let i = 0; i < 100; i++) deep = group({ a: deep });
    expect(() => readHdf5(writeHdf5(deep))).toThrow("has groups more than 64 deep");
  });

  test("many arrays that share one place are refused, since files are larger than what they hold", () => {
    const members: Record<string, Hdf5Dataset> = { big: dataset(floats(...new Array(10_000).fill(1))) };
    for (let i = 0; i < 300; i++) members[`small${i}`] = dataset(floats(i));
    const bytes = writeHdf5(group(members));
    const view = new DataView(bytes.buffer);
    const isMessage = (at: number, type: number, size: number): boolean =>
      view.getUint32(at, true) === type + size * 2 ** 16 && view.getUint32(at + 4, true) === 0;
    let place: bigint | undefined;
    for (let at = 96; at + 32 <= bytes.length; at += 8) {
      const [space, layout] = [isMessage(at, 1, 16), isMessage(at, 8, 24)];
      if (layout && view.getBigUint64(at + 18, true) === 40_000n) place = view.getBigUint64(at + 10, true);
      if (place === undefined) continue;
      if (space) view.setBigUint64(at + 16, 10_000n, true);
      if (layout) {
        view.setBigUint64(at + 10, place, true);
        view.setBigUint64(at + 18, 40_000n, true);
      }
    }
    expect(() => readHdf5(bytes)).toThrow("uses the same bytes many times over");
  });

  test("files of h5py, of Keras and of ours with changed bytes end in a result or DataError", async () => {
    await readDamaged(fixture("arrays.h5"), readHdf5, 1500);
    const ours = writeHdf5(group({ a: group({ b: dataset(floats(1, 2)) }), c: dataset(text("x", "yz")) }));
    await readDamaged(ours, readHdf5, 1500);
    const folder = join(goldenFolder, "models");
    const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(".h5")) : [];
    for (const file of files) {
      const bytes = new Uint8Array(readFileSync(join(folder, file)));
      expect(readHdf5(bytes).members.size).toBeGreaterThan(0);
      await readDamaged(bytes, readHdf5, 100);
    }
  });
});
