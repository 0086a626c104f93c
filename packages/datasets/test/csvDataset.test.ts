/** Rows of CSVs as batches: encoding, parts, orders, memory, and the same encoding later. */
import { DataError, ValueError } from "@crease/backend";
import { cpuBackend } from "@crease/backend-cpu";
import { getBackend } from "@crease/tensor";
import { describe, expect, test } from "vitest";
import {
  type CsvDataset,
  type CsvSchema,
  type CsvSource,
  csvDataset,
  csvFeatureNames,
  disposeElement,
  encodeCsvRows,
  readCsvSchema,
} from "../src/index.ts";

const text = "age,sex,vip,note,income\n40,f,yes,a b,52\n20,m,no,c,31\n,f,no,d,47\n60,,yes,e,60\n";
const numbered = (rows: number): CsvSource => ({
  text: `i,even\n${Array.from({ length: rows }, (_, i) => `${i},${i % 2 === 0 ? "yes" : "no"}`).join("\n")}`,
});
const plain = { normalize: false, inputs: ["i"] };

async function all(data: CsvDataset, pass = {}): Promise<unknown[][][]> {
  const batches: unknown[][][] = [];
  for await (const batch of data.iterate(pass)) {
    batches.push(await Promise.all(batch.map(async (x) => (await x?.array()) as unknown[])));
    disposeElement(batch);
  }
  return batches;
}
const firstColumn = async (data: CsvDataset, pass = {}): Promise<number[]> =>
  (await all(data, pass)).flatMap(([x]) => (x as number[][]).map((row) => row[0] as number));

describe("encoding", () => {
  test("numbers, categories, truth values, missing ones and a target", async () => {
    const before = getBackend().memory();
    const options = { target: "income", ignore: ["note"], shuffle: false } as const;
    const data = await csvDataset({ text }, options);
    const spread = Math.sqrt((20 ** 2 + 20 ** 2) / 3);
    const [[x, y]] = (await all(data)) as [[number[][], number[][]]];
    expect(csvFeatureNames(data.schema)).toEqual(["age", "sex=f", "sex=m", "vip"]);
    expect(x.map((row) => row.slice(1))).toEqual([
      [1, 0, 1],
      [0, 1, 0],
      [1, 0, 0],
      [0, 0, 1],
    ]);
    for (const [i, age] of [0, -20, 0, 20].entries()) expect(x[i]?.[0]).toBeCloseTo(age / spread, 6);
    expect(y).toEqual([[52], [31], [47], [60]]);
    expect(getBackend().memory()).toEqual(before);
  });

  test("classes are int32, weights come third, without normalization numbers stay and missing ones are the mean", async () => {
    const data = await csvDataset(
      { text },
      { target: "sex", sampleWeight: "income", inputs: ["age"], normalize: false, shuffle: false, batchSize: 2 },
    );
    expect(data.size).toBe(2);
    expect(await all(data)).toEqual([
      [
        [[40], [20]],
        [0, 1],
        [52, 31],
      ],
      [[[30]], [0], [47]],
    ]);
    for await (const [x, y, weight] of data)
      expect([x, y, weight].map((t) => t?.dtype)).toEqual(["float32", "int32", "float32"]);
  });

  test("no target gives inputs only; weights alone leave its place empty", async () => {
    for await (const batch of await csvDataset({ text })) expect(batch).toHaveLength(1);
    for await (const batch of await csvDataset({ text }, { sampleWeight: "income" })) {
      expect(batch[1]).toBeUndefined();
      expect(batch[2]?.shape).toEqual([4]);
    }
  });

  test("a column of one value is zeros, and rows without a target count for inputs only", async () => {
    const source = { text: "a,b,c\n7,1,x\n7,2,\n7,3,y" };
    for (const memoryLimit of [0, 2 ** 20]) {
      const data = await csvDataset(source, { target: "c", inputsOnly: true, shuffle: false, memoryLimit });
      expect(data.size).toBe(memoryLimit === 0 ? undefined : 1);
      const [[x]] = (await all(data)) as [[number[][]]];
      expect(x.map((row) => row[0])).toEqual([0, 0, 0]);
    }
  });

  test("goes to the backend asked for", async () => {
    const backend = cpuBackend();
    for await (const [x] of await csvDataset({ text }, { backend })) {
      expect(x.backend).toBe(backend);
      x.dispose();
    }
    expect(backend.memory().buffers).toBe(0);
  });
});

describe("parts", () => {
  test.each([0.1, 0.2, 0.25, 0.5, 0.9])(
    "a split of %d is exact to one row, disjoint, spread over the file, and again the same",
    async (validationSplit) => {
      const options = { ...plain, validationSplit, seed: 3 } as const;
      const [train, validation] = await csvDataset(numbered(200), { ...options, subset: "both" });
      const held = await firstColumn(validation);
      const rest = await firstColumn(train);
      expect([train.rows, validation.rows]).toEqual([rest.length, held.length]);
      expect(Math.abs(held.length - 200 * validationSplit)).toBeLessThanOrEqual(1);
      expect([...held, ...rest].sort((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, i) => i));
      expect(Math.abs(held.filter((i) => i < 100).length - held.length / 2)).toBeLessThanOrEqual(1);
      expect(await firstColumn(await csvDataset(numbered(200), { ...options, subset: "validation" }))).toEqual(held);
      const other = await csvDataset(numbered(200), { ...options, seed: 4, subset: "validation" });
      expect(await firstColumn(other)).not.toEqual(held);
    },
  );

  test("statistics leave the rows held back out", async () => {
    const [train, validation] = await csvDataset(numbered(50), { validationSplit: 0.2, seed: 1, subset: "both" });
    const mean = (list: number[]): number => list.reduce((sum, x) => sum + x, 0) / list.length;
    expect(train.schema).toBe(validation.schema);
    expect(mean(await firstColumn(train))).toBeCloseTo(0, 5);
    expect(Math.abs(mean(await firstColumn(validation)))).toBeGreaterThan(1e-4);
  });

  test.each([
    [{ subset: "training" }, /belong together/],
    [{ validationSplit: 0.2 }, /belong together/],
    [{ validationSplit: 0.2, subset: "training" }, /without a seed/],
    [{ validationSplit: 1, subset: "both" }, /validationSplit is 1\./],
    [{ validationSplit: 0.2, subset: "all" }, /subset is "all"/],
    [{ validationSplit: 0.01, subset: "both" }, /holds none back/],
    [{ batchSize: 0 }, /batchSize is 0/],
    [{ memoryLimit: Number.NaN }, /memoryLimit is NaN/],
    [{ seed: -1 }, /seed -1/],
    [{ maxCategories: 1 }, /maxCategories is 1/],
  ])("%j is refused", async (options, message) => {
    const opened = csvDataset({ text }, options as { subset: "both" });
    await expect(opened).rejects.toThrow(ValueError);
    await expect(opened).rejects.toThrow(message);
  });
});

describe.each([
  ["kept", 2 ** 28],
  ["read anew in each pass", 0],
])("%s", (_name, memoryLimit) => {
  const options = { ...plain, memoryLimit, batchSize: 7 };

  test("passes hold each row once, each in an order of its own, the same again by seed and pass", async () => {
    const data = await csvDataset(numbered(100), { ...options, seed: 5 });
    expect(data.size).toBe(15);
    const first = await firstColumn(data);
    const second = await firstColumn(data);
    expect([...first].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect(second).not.toEqual(first);
    expect(await firstColumn(data, { epoch: 0 })).toEqual(first);
    expect(await firstColumn(data, { epoch: 0, start: 3 })).toEqual(first.slice(21));
    const other = await csvDataset(numbered(100), options);
    other.setState(data.getState());
    expect(await firstColumn(other, { epoch: 1 })).toEqual(second);
    expect(await firstColumn(data, { start: 100 })).toEqual([]);
  });

  test("a row keeps its category and its target, wherever it is held meanwhile", async () => {
    const words = ["red", "green", "blue"];
    const rows = Array.from({ length: 2000 }, (_, i) => `${i},${words[i % 3]},${i}`).join("\n");
    const data = await csvDataset(
      { text: `i,colour,i2\n${rows}` },
      { target: "i2", types: { i2: "number" }, normalize: false, memoryLimit, batchSize: 7 },
    );
    for (const [x, y] of (await all(data)) as [number[][], number[][]][])
      for (const [k, [i, ...hot]] of x.entries()) {
        expect(hot).toEqual(["blue", "green", "red"].map((word) => (word === words[(i as number) % 3] ? 1 : 0)));
        expect(y[k]).toEqual([i]);
      }
  });

  test("in the file's order without shuffling", async () => {
    const data = await csvDataset(numbered(30), { ...options, shuffle: false });
    expect(await firstColumn(data)).toEqual(Array.from({ length: 30 }, (_, i) => i));
  });

  test("parts", async () => {
    const [train, validation] = await csvDataset(numbered(40), {
      ...options,
      validationSplit: 0.25,
      seed: 2,
      subset: "both",
    });
    expect([train.size, validation.size]).toEqual([5, 2]);
    expect([train.rows, validation.rows]).toEqual([30, 10]);
    const rows = [...(await firstColumn(train)), ...(await firstColumn(validation))];
    expect(rows.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, i) => i));
  });

  test("leaving a pass early leaves nothing behind", async () => {
    const before = getBackend().memory();
    for await (const batch of await csvDataset(numbered(100), options)) {
      disposeElement(batch);
      break;
    }
    expect(getBackend().memory()).toEqual(before);
  });
});

test("rows beyond the pool stay near their place in the file, and all come", async () => {
  const data = await csvDataset(numbered(4000), { ...plain, memoryLimit: 100, batchSize: 64, seed: 1 });
  const order = await firstColumn(data);
  expect(new Set(order).size).toBe(4000);
  // 1024 rows are held at least: what comes first is among the first 1024 and those that came in meanwhile.
  expect(Math.max(...order.slice(0, 100))).toBeLessThan(1124);
});

describe("later", () => {
  const trained = async (): Promise<CsvSchema> =>
    JSON.parse(JSON.stringify(await readCsvSchema({ text }, { target: "income", ignore: ["note"] })));

  test("columns are found by name, in any order, the target may be missing, unknown classes are none", async () => {
    const schema = await trained();
    const [[expected, y]] = (await all(await csvDataset({ text }, { schema }))) as [[number[][], number[][]]];
    expect(y).toEqual([[52], [31], [47], [60]]);
    const other = { text: "vip;extra;sex;age\r\nyes;1;f;40\r\nno;2;x;20\r\n" };
    const [[x, none]] = (await all(await csvDataset(other, { schema }))) as [[number[][], undefined]];
    expect(none).toBeUndefined();
    expect(x[0]).toEqual(expected[0]);
    expect(x[1]).toEqual([expected[1]?.[0], 0, 0, 0]);
  });

  test("inputsOnly: each row counts, whatever stands in the target", async () => {
    const schema = await trained();
    const rows = "age,sex,vip,note,income\n40,f,yes,a,\n20,m,no,c,soon\n";
    const batches = await all(await csvDataset({ text: rows }, { schema, inputsOnly: true }));
    expect(batches.map((batch) => [batch.length, batch[0]?.length])).toEqual([[1, 2]]);
    const headless = await readCsvSchema({ text: "1,x\n2,y\n3,x\n4,y" }, { target: "column2" });
    expect(
      (await all(await csvDataset({ text: "1,\n2,z" }, { schema: headless, inputsOnly: true })))[0]?.[0],
    ).toHaveLength(2);
    expect(
      (await all(await csvDataset({ text: "1\n2" }, { schema: headless, inputsOnly: true })))[0]?.[0],
    ).toHaveLength(2);
    expect(await all(await csvDataset({ text }, { target: "income", inputsOnly: true, shuffle: false }))).toHaveLength(
      1,
    );
  });

  test.each([{ target: "age" }, { inputs: ["age"] }, { normalize: false }, { header: true }, { missingValues: [] }])(
    "a schema beside %j is refused",
    async (options) => {
      const opened = csvDataset({ text }, { schema: await trained(), ...options });
      await expect(opened).rejects.toThrow(/is decided by the schema/);
    },
  );

  test("without a header by place, with or without the target", async () => {
    const source = { text: "1,x,5\n2,y,6\n3,x,7\n4,y,8" };
    const schema = await readCsvSchema(source, { target: "column2" });
    const [first] = await all(await csvDataset(source, { schema }));
    const [expected] = first ?? [];
    expect(await all(await csvDataset({ text: "1,5\n2,6\n3,7\n4,8" }, { schema }))).toEqual([[expected]]);
    await expect(csvDataset({ text: "1\n2" }, { schema })).rejects.toThrow(/has 1 columns, the schema 3/);
  });

  test.each<[string, string, RegExp]>([
    ["a column is missing", "sex,vip\nf,yes", /has no column "age"\. Known names: sex, vip/],
    ["a word for a number", "age,sex,vip\n40,f,yes\nold,f,no", /line 3, column "age": "old" is no number/],
    ["a word for a truth value", "age,sex,vip\n40,f,perhaps", /line 2, column "vip": "perhaps" is neither/],
    ["a row too short", "age,sex,vip\n40,f", /line 2 has 2 cells, there are 3 columns/],
    ["an unknown class in the target", "age,sex,vip,income\n1,f,yes,low", /column "income": "low" is no number/],
  ])("%s", async (_name, given, message) => {
    const opened = csvDataset({ text: given }, { schema: await trained() });
    await expect(opened).rejects.toThrow(DataError);
    await expect(opened).rejects.toThrow(message);
  });

  test("single rows give the same vectors", async () => {
    const schema = await trained();
    const [[expected]] = (await all(await csvDataset({ text }, { schema }))) as [[number[][]]];
    const rows = [
      { age: 40, sex: "f", vip: true },
      { age: "20", sex: "m", vip: "no" },
      { sex: "f", vip: false, age: null },
    ];
    expect(await encodeCsvRows(schema, rows).array()).toEqual(expected.slice(0, 3));
    expect(encodeCsvRows(schema, []).shape).toEqual([0, 4]);
    expect(() => encodeCsvRows(schema, [{ agee: 1 }])).toThrow(/row 1 has a column "agee".*age, sex, vip/);
    expect(() => encodeCsvRows(schema, [{ age: "x" }])).toThrow(/rows: line 1, column "age": "x" is no number/);
  });

  test("fractions fit a schema with decimal commas", async () => {
    const schema = await readCsvSchema({ text: "a;b\n1,5;1\n2,5;2" }, { normalize: false });
    expect(await encodeCsvRows(schema, [{ a: 0.25, b: 1e-7 }, { a: "1,5" }]).array()).toEqual([
      [0.25, Math.fround(1e-7)],
      [1.5, 1.5],
    ]);
  });

  test.each<[string, (schema: Record<string, unknown>) => unknown]>([
    ["null", () => null],
    ["another version", (schema) => ({ ...schema, version: 2 })],
    ["no columns", (schema) => ({ ...schema, columns: [] })],
    ["a column that is none", (schema) => ({ ...schema, columns: [null] })],
    [
      "classes twice",
      (schema) => ({ ...schema, columns: [{ name: "a", role: "input", type: "category", categories: ["x", "x"] }] }),
    ],
    ["no mean", (schema) => ({ ...schema, columns: [{ name: "a", role: "input", type: "number" }] })],
    ["no inputs", (schema) => ({ ...schema, columns: [{ name: "a", role: "ignored", type: "text" }] })],
  ])("a schema with %s is refused", async (_name, change) => {
    const schema = change({ ...(await trained()) }) as CsvSchema;
    await expect(csvDataset({ text }, { schema })).rejects.toThrow(DataError);
    expect(() => encodeCsvRows(schema, [])).toThrow(DataError);
  });
});
