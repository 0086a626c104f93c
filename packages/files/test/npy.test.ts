/** npy and npz: what NumPy wrote, round trips, and files that are damaged or hold what tensors cannot. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DataError } from "@crease/backend";
import { readNpy, readNpz, readZip, type StoredArray, writeNpy, writeNpz } from "@crease/files";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decode, expectClose, type GoldenTensor, goldenFolder, readGolden } from "../../../testdata/golden.ts";
import { tolerances } from "../../../testdata/tolerances.ts";
import { readDamaged } from "./damage.ts";
import { fixture } from "./fixture.ts";
import { storedArray } from "./storedArrays.ts";

const expected = JSON.parse(new TextDecoder().decode(fixture("arrays.json"))) as Record<
  string,
  { shape: number[]; values: unknown[] }
>;

/** What NumPy's element types become. */
const dtypes: Record<string, string> = {
  float64: "float64",
  float32: "float32",
  float32_big: "float32",
  float16: "float16",
  bool: "bool",
  int8: "int8",
  uint8: "uint8",
  int16_big: "int32",
  uint16: "int32",
  int32: "int32",
  int64: "int32",
  int64_wide: "float64",
  int64_wide_big: "float64",
  uint32: "int32",
  uint32_wide: "float64",
  uint64: "int32",
  uint64_wide: "float64",
  fortran: "float32",
  fortran_text: "string",
  scalar: "float32",
  empty: "float32",
  bytes: "string",
  text_big: "string",
};

/** A version-1 file with this header text. */
function npy(header: string, body: Uint8Array = new Uint8Array(0)): Uint8Array {
  const size = header.length;
  return Uint8Array.from([
    ...Array.from("\x93NUMPY\x01\x00", (letter) => letter.charCodeAt(0)),
    size & 255,
    size >> 8,
    ...new TextEncoder().encode(header),
    ...body,
  ]);
}

const header = (descr: string, shape: string, order = "False"): string =>
  `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }\n`;

describe("files of NumPy", () => {
  test("a compressed npz holds what NumPy put into it", async () => {
    const arrays = await readNpz(fixture("arrays.npz"));
    expect([...arrays.keys()].sort()).toEqual(Object.keys(dtypes).sort());
    for (const [name, { dtype, shape, data }] of arrays) {
      expect(dtype, name).toBe(dtypes[name]);
      expect(shape, name).toEqual(expected[name]?.shape);
      // Python wrote each number as the shortest text of its double.
      const values = dtype === "bool" ? Array.from(data as Uint8Array, (bit) => bit === 1) : Array.from<unknown>(data);
      expect(values, name).toEqual(expected[name]?.values);
    }
  });

  test("an uncompressed npz is read too", async () => {
    const arrays = await readNpz(fixture("stored.npz"));
    expect(Array.from(arrays.get("a")?.data as Float32Array)).toEqual(expected.fortran?.values);
  });

  test.each([
    ["inexact", "the integer 9223372036854775809, which neither int32 nor float64 holds exactly"],
    ["objects", "Python objects, and to read them means to run code"],
    ["records", "records with several fields"],
    ["complex", "'<c16', which has no counterpart"],
    ["date", "'<M8[D]', which has no counterpart"],
  ])("%s are refused with the reason", (name, reason) => {
    const read = () => readNpy(fixture(`refused-${name}.npy`), { name: `${name}.npy` });
    expect(read).toThrow(DataError);
    expect(read).toThrow(`readNpy: ${name}.npy`);
    expect(read).toThrow(reason);
  });
});

describe("reference files", () => {
  interface Index {
    readonly npy: Readonly<Record<string, { readonly value: GoldenTensor }>>;
    readonly npz: Readonly<Record<string, Readonly<Record<string, GoldenTensor>>>>;
  }
  const folder = join(goldenFolder, "models");
  const hasFiles = existsSync(join(folder, "index.json"));
  const read = (file: string): Uint8Array => new Uint8Array(readFileSync(join(folder, file)));

  /** Foreign integers are int32 where all of them fit, else float64. */
  function dtypeOf({ dtype, data }: GoldenTensor): string {
    if (!/^(u?int(16|64)|uint32)$/.test(dtype)) return dtype;
    return data.every((value) => Math.abs(Number(value)) < 2 ** 31) ? "int32" : "float64";
  }

  function expectGolden({ dtype, shape, data }: StoredArray, golden: GoldenTensor, what: string): void {
    expect([dtype, shape], what).toEqual([dtypeOf(golden), golden.shape]);
    expectClose(data as Float32Array, decode(golden), tolerances.models.values, what);
  }

  test.runIf(hasFiles)("npy files hold the reference's numbers", () => {
    const files = Object.entries(readGolden<Index>("models/index.json").npy);
    expect(files.length).toBeGreaterThan(0);
    for (const [file, { value }] of files) expectGolden(readNpy(read(file)), value, file);
  });

  test.runIf(hasFiles)("npz files hold the reference's numbers", async () => {
    const files = Object.entries(readGolden<Index>("models/index.json").npz);
    expect(files.length).toBeGreaterThan(0);
    for (const [file, values] of files) {
      const arrays = await readNpz(read(file));
      expect([...arrays.keys()].sort()).toEqual(Object.keys(values).sort());
      for (const [name, array] of arrays) expectGolden(array, values[name] as GoldenTensor, `${file} ${name}`);
    }
  });

  // Sets with other seeds may come without the folder of model files; the set of the repository has it.
  test.runIf(!process.env.CREASE_GOLDEN)("are there", () => expect(hasFiles).toBe(true));
});

describe("what is written", () => {
  test("is read back", () => {
    fc.assert(
      fc.property(storedArray, (array) => {
        expect(readNpy(writeNpy(array))).toEqual(array);
      }),
    );
  });

  test("strings are read back", () => {
    const text = fc.string({ unit: "binary" }).filter((value) => !value.endsWith("\0"));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 5 }), (texts) => {
        const array: StoredArray = { dtype: "string", shape: [texts.length], data: texts };
        expect(readNpy(writeNpy(array))).toEqual(array);
      }),
    );
  });

  test("begins its elements at a multiple of 64 and ends its header with a line", () => {
    for (const shape of [[], [1], [2, 3], new Array(30).fill(1)]) {
      const count = shape.reduce((size: number, next: number) => size * next, 1);
      const bytes = writeNpy({ dtype: "float64", shape, data: new Float64Array(count) });
      const start = bytes.length - 8 * count;
      expect(start % 64).toBe(0);
      expect(bytes[start - 1]).toBe(10);
    }
  });

  test("an npz holds its arrays in order under their names", async () => {
    const x: StoredArray = { dtype: "float32", shape: [2], data: Float32Array.of(1, 2) };
    const bytes = writeNpz(new Map(Object.entries({ "layers.0.kernel": x, "a/b": x })));
    expect([...(await readNpz(bytes))]).toEqual([
      ["layers.0.kernel", x],
      ["a/b", x],
    ]);
    expect([...(await readZip(bytes)).keys()]).toEqual(["layers.0.kernel.npy", "a/b.npy"]);
  });

  test("elements that do not fill the shape, and texts that cannot be told from padding, are refused", () => {
    expect(() => writeNpy({ dtype: "int32", shape: [2], data: Int32Array.of(1) })).toThrow(
      "writeNpy: 1 elements do not fill the shape, got int32[2].",
    );
    expect(() => writeNpy({ dtype: "string", shape: [1], data: ["a\0"] })).toThrow(DataError);
  });
});

describe("headers", () => {
  test("keys may come in any order, and spaces are free", () => {
    const body = new Uint8Array([1, 0, 0, 0]);
    const text = "{ 'shape':(1 , ),'fortran_order': False, 'descr': '<i4' }";
    expect(readNpy(npy(text, body))).toEqual({ dtype: "int32", shape: [1], data: Int32Array.of(1) });
  });

  test.each([
    ["", "without a valid descr"],
    ["{}", "without a valid descr"],
    [header("<f4", "(2,)").replace("}", "} + exec('x')"), "without a valid descr"],
    [header("<f4", "(-2,)"), "without a valid descr"],
    [header("<f4", "(2 3)"), "has the shape (2 3)"],
    [header("<f4", "(99999999999999999999,)"), "has the shape"],
    [header("<f4", "(9007199254740991, 9007199254740991, 9007199254740991)"), "has 4 bytes of elements"],
    [header("<f4", "(2,)"), "has 4 bytes of elements, <f4[2] takes 8"],
    [header("<f4", "()").replace("descr", "dexcr"), "without a valid descr"],
    [header("<U0", "(1000000000,)"), "has 4 bytes of elements"],
    [header("<f3", "()"), "'<f3', which has no counterpart"],
    [header("<f1", "()"), "'<f1', which has no counterpart"],
    [header("<f", "()"), "'<f', which has no counterpart"],
  ])("%s", (text, problem) => {
    const read = () => readNpy(npy(text, new Uint8Array(4)));
    expect(read).toThrow(DataError);
    expect(read).toThrow(problem);
  });

  test("texts of no width cannot stand for elements without end", () => {
    expect(() => readNpy(npy(header("<U0", "(1000000000,)")))).toThrow(DataError);
  });

  test("a size of 0 takes no bytes however large the others are", () => {
    const sizes = "(0, 9007199254740991, 9007199254740991)";
    expect(readNpy(npy(header("<f4", sizes))).data.length).toBe(0);
  });

  test("other files are refused", () => {
    for (const bytes of [new Uint8Array(0), new Uint8Array(200), new TextEncoder().encode("\x93NUMPX\x01\x00ab")])
      expect(() => readNpy(bytes)).toThrow("the file does not begin as npy files do");
    const future = npy(header("<f4", "()"), new Uint8Array(4));
    future[6] = 4;
    expect(() => readNpy(future)).toThrow("version 4 of the npy format");
  });
});

describe("damaged files", () => {
  test("npy ends in a result or DataError", async () => {
    await readDamaged(writeNpy({ dtype: "float32", shape: [2, 3], data: new Float32Array(6) }), readNpy);
    await readDamaged(writeNpy({ dtype: "string", shape: [2], data: ["ab", "c\u{1F600}"] }), readNpy);
  });

  test("npz ends in a result or DataError", async () => {
    await readDamaged(fixture("stored.npz"), (bytes) => readNpz(bytes), 200);
    await readDamaged(fixture("arrays.npz"), (bytes) => readNpz(bytes), 200);
  });

  test("other entries of an npz are named", async () => {
    await expect(readNpz(fixture("python.zip"), { name: "a.npz" })).rejects.toThrow("a.npz holds folder/long.txt");
  });
});
