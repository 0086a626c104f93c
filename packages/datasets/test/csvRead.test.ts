/** CSVs as spreadsheets save and break them: read right, or refused with line, column and way out. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataError, ValueError } from "@crease/backend";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvRows } from "../src/csv/csvRows.ts";
import { type CsvSchemaOptions, type CsvSource, readCsvSchema } from "../src/index.ts";

const good = 'name,age,sex\n"Ann, the first",41,f\nBob,23,m\nCid,35,m\nDot,58,f\n';
const summary = async (source: CsvSource, options?: CsvSchemaOptions): Promise<string[]> => {
  const { columns } = await readCsvSchema(source, options);
  return columns.map(({ name, type, missing }) => `${name}:${type}${missing > 0 ? `-${missing}` : ""}`);
};
const readBytes = (bytes: Uint8Array, options?: CsvSchemaOptions): Promise<string[]> => summary(bytes, options);
const read = (text: string, options?: CsvSchemaOptions): Promise<string[]> => summary({ text }, options);

async function rowsOf(text: string, pieceLength: number, delimiter: string): Promise<string[][]> {
  const bytes = new TextEncoder().encode(text);
  const source = async function* (): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += pieceLength) yield bytes.subarray(at, at + pieceLength);
  };
  const found: string[][] = [];
  for await (const { rows } of csvRows({ op: "test", source, encoding: undefined, delimiter })) found.push(...rows);
  return found;
}

describe("records", () => {
  const cell = fc.oneof(
    fc.string({ unit: fc.constantFrom("a", "é", "1", " ", ",", ";", '"', "\n", "\r", "\r\n"), maxLength: 6 }),
    fc.constantFrom("", "12.5", "long enough to cross a piece"),
  );
  const table = fc
    .integer({ min: 2, max: 4 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }));

  test.each([",", ";", "\t", "|"])(
    "divided by %j, any line ends, cut anywhere: as csv-parse reads them",
    async (delimiter) => {
      await fc.assert(
        fc.asyncProperty(
          table,
          fc.constantFrom("\n", "\r\n", "\r"),
          fc.integer({ min: 1, max: 9 }),
          fc.boolean(),
          async (rows, lineEnd, pieceLength, endsWithLine) => {
            const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
            const lines = rows.map((row) =>
              row
                .map((text, i) => ((i + text.length) % 2 && /^[a-z0-9.]+$/.test(text) ? text : quoted(text)))
                .join(delimiter),
            );
            const text = lines.join(lineEnd) + (endsWithLine ? lineEnd : "");
            const expected = parse(text, { delimiter, record_delimiter: lineEnd });
            expect(expected).toEqual(rows);
            expect(await rowsOf(text, pieceLength, delimiter)).toEqual(expected);
          },
        ),
        { numRuns: 60 },
      );
    },
  );

  test("quotes inside unquoted cells, spaces around cells, blank lines, no line's end at the end", async () => {
    expect(await rowsOf('5" pipe , x\n\n\r\n "a b" ,"c"', 3, ",")).toEqual([
      ['5" pipe', "x"],
      ["a b", "c"],
    ]);
  });
});

describe("encodings", () => {
  const expected = ["name:category", "age:integer", "sex:category"];
  const utf16 = (text: string, swap: boolean): Buffer => {
    const bytes = Buffer.from(text, "utf16le");
    return swap ? bytes.swap16() : bytes;
  };

  test.each<[string, Uint8Array]>([
    ["UTF-8", Buffer.from(good)],
    ["UTF-8 with a byte order mark", Buffer.from(`\ufeff${good}`)],
    ["UTF-16 little-endian with a mark", utf16(`\ufeff${good}`, false)],
    ["UTF-16 big-endian with a mark", utf16(`\ufeff${good}`, true)],
    ["UTF-16 little-endian without one", utf16(good, false)],
    ["UTF-16 big-endian without one", utf16(good, true)],
    ["CRLF", Buffer.from(good.replaceAll("\n", "\r\n"))],
    ["lone CR", Buffer.from(good.replaceAll("\n", "\r"))],
    ["tabs", Buffer.from(good.replaceAll(/,(?! )/g, "\t"))],
    ["semicolons", Buffer.from(good.replaceAll(/,(?! )/g, ";"))],
    ["bars", Buffer.from(good.replaceAll(/,(?! )/g, "|"))],
    ["Excel's sep line", Buffer.from(`sep=;\r\n${good.replaceAll(/,(?! )/g, ";")}`)],
  ])("%s", async (_name, bytes) => {
    expect(await readBytes(bytes)).toEqual(expected);
  });

  test("windows-1252 is named as a way out, and read where named", async () => {
    const bytes = Buffer.from("caf\xe9,1\nth\xe9,2\n", "latin1");
    await expect(readBytes(bytes)).rejects.toThrow(DataError);
    await expect(readBytes(bytes)).rejects.toThrow(/bytes after line 1 that are not utf-8.*"windows-1252"/);
    const { columns } = await readCsvSchema(bytes, { encoding: "windows-1252" });
    expect(columns[0]?.examples).toEqual(["café", "thé"]);
    await expect(readBytes(bytes, { encoding: "latin-99" })).rejects.toThrow(ValueError);
  });

  test("a first line longer than what is looked at for the delimiter", async () => {
    const names = Array.from({ length: 20000 }, (_, i) => `measure${i}`);
    const rows = [1, 2].map((row) => names.map((_, i) => i * row).join(";"));
    const { columns, delimiter } = await readCsvSchema({ text: `${names.join(";")}\n${rows.join("\n")}` });
    expect([delimiter, columns.length, columns.at(-1)?.max]).toEqual([";", 20000, 39998]);
  });

  test("a byte sequence cut by pieces is one character", async () => {
    expect((await rowsOf("é,ü\n日本,b", 1, ",")).flat()).toEqual(["é", "ü", "日本", "b"]);
  });
});

test("a pass that is left early, or fails, gives its source up", async () => {
  let open = 0;
  const source = async function* (): AsyncGenerator<Uint8Array> {
    open++;
    try {
      for (let i = 0; ; i++) yield Buffer.from(i === 3 ? '1,"a"b\n' : "1,x\n".repeat(20000));
    } finally {
      open--;
    }
  };
  await expect(summary(source)).rejects.toThrow(/text follows the closing quote/);
  expect(open).toBe(0);
  for await (const _ of csvRows({ op: "test", source, encoding: undefined, delimiter: undefined })) break;
  expect(open).toBe(0);
});

describe("numbers", () => {
  test.each<[string, string, readonly string[]]>([
    ["decimal commas beside semicolons", "a;b\n1,5;2\n2,25;3", ["a:number", "b:integer"]],
    ["decimal commas in quotes", 'a,b\n"1,5",2\n"2,25",3', ["a:number", "b:integer"]],
    ["thousands by commas", 'a,b\n"1,234,567.5",2\n"2,250",3', ["a:number", "b:integer"]],
    ["thousands by points", "a;b\n1.234.567,5;2\n2.250,75;3", ["a:number", "b:integer"]],
    ["exponents and signs", "a,b\n1e3,-2\n.5E-2,+3", ["a:number", "b:integer"]],
    ["truth values", "a,b\nTRUE,no\nfalse,Yes", ["a:boolean", "b:boolean"]],
    ["missing in all spellings", "a,b\n1,x\n,y\nNA,x\n#N/A,y\n#DIV/0!,\nnull,x", ["a:integer-5", "b:category-1"]],
    ["an empty column", "a,b\n1,\n2,", ["a:integer", "b:text-2"]],
  ])("%s", async (_name, text, expected) => {
    expect(await read(text)).toEqual(expected);
  });

  test("statistics are those of the values, whatever the decimal mark", async () => {
    const { columns, decimal } = await readCsvSchema({ text: "a;b\n1,5;x\n2,5;x\n5;y\n;y" });
    const { mean, stddev, min, max } = columns[0] as { mean: number; stddev: number; min: number; max: number };
    expect(decimal).toBe(",");
    expect([mean, min, max]).toEqual([3, 1.5, 5]);
    expect(stddev).toBeCloseTo(Math.sqrt((1.5 ** 2 + 0.5 ** 2 + 2 ** 2) / 3), 12);
  });

  test("a text among numbers names line, column and three ways out", async () => {
    const text = "age,height\n41,1.80\n23,tall\n35,1.75\n";
    await expect(read(text)).rejects.toThrow(DataError);
    await expect(read(text)).rejects.toThrow(
      /^readCsvSchema: the CSV line 3, column "height": "tall" is no number, 2 of the column's 3 values are\. .*missingValues: \["tall"\].*types: \{ "height": "category" \}/,
    );
    expect(await read(text, { missingValues: ["tall"] })).toEqual(["age:integer", "height:number-1"]);
    expect(await read(text, { types: { height: "category" } })).toEqual(["age:integer", "height:category"]);
  });

  test("numbers beyond all bounds are none, and a second decimal mark is named", async () => {
    await expect(read("a,b\n1e400,1\n2,2\n3,3")).rejects.toThrow(/line 2, column "a": "1e400" is no number/);
    const mixed = 'a,b\n1.5,"2,5"\n2.5,3.5\n3.5,4.5';
    await expect(read(mixed)).rejects.toThrow(
      /line 2, column "b": "2,5" is no number.*one decimal mark.*`decimal: "\."`/,
    );
  });

  test("the line counts lines inside quotes", async () => {
    const text = 'note,age\r\n"two\r\nlines",41\r\n"a\rb",x\r\nc,5\r\nd,6\r\n';
    await expect(read(text)).rejects.toThrow(/line 4, column "age": "x" is no number/);
  });
});

describe("headers", () => {
  test.each<[string, string, CsvSchemaOptions, readonly string[]]>([
    ["none: a number in the first line", "1,x\n2,y\n3,x\n4,y", {}, ["column1:integer", "column2:category"]],
    ["none, said so", "a,b\nc,d", { header: false }, ["column1:category", "column2:category"]],
    ["numbers as names, said so", "2019,2020\n1,2\n3,4", { header: true }, ["2019:integer", "2020:integer"]],
    ["empty names", ",b,\n1,2,3", {}, ["column1:integer", "b:integer", "column3:integer"]],
    ["repeated names", "a,a,a_2\n1,2,3", {}, ["a:integer", "a_3:integer", "a_2:integer"]],
    ["a name like a prototype's", "__proto__,constructor\n1,2", {}, ["__proto__:integer", "constructor:integer"]],
    ["empty cells beyond the header", "a,b\n1,2,\n3,4,,", {}, ["a:integer", "b:integer"]],
    ["rows of empty cells", "a,b\n1,2\n,\n,\n3,4\n", {}, ["a:integer", "b:integer"]],
    [
      "words that repeat, said to be no header",
      "p,x\np,y\ne,x",
      { header: false },
      ["column1:category", "column2:category"],
    ],
    ["words that repeat, said to be one", "p,x\np,y\ne,x", { header: true }, ["p:category", "x:category"]],
    ["one row", "a,b\n1,x", {}, ["a:integer", "b:category"]],
    ["one column", "a\n1\n\n2", {}, ["a:integer"]],
  ])("%s", async (_name, text, options, expected) => {
    expect(await read(text, options)).toEqual(expected);
  });

  test.each<[string, string, CsvSchemaOptions, RegExp]>([
    ["nothing", "", {}, /the CSV is empty\. /],
    ["blank lines only", "\n\n\r\n", {}, /the CSV is empty\. /],
    ["a header only", "a,b\n", {}, /a header but no rows.*header: false/],
    ["a row too short", "a,b,c\n1,2,3\n4,5\n", {}, /line 3 has 2 cells, there are 3 columns.*Add the missing cells/],
    ["a row too long", "a,b\n1,2\n3,4,5\n", {}, /line 3 has 3 cells, there are 2 columns.*quotes around/],
    ["a quote never closed", 'a,b\n1,"x\n2,y\n', {}, /line 2, cell 2: the quote is never closed/],
    ["text behind a quote", 'a,b\n"x"y,1\n', {}, /line 2, cell 1: text follows the closing quote.*""/],
    ["a first line that is a row", "p,x,1a\ne,x,2b\np,y,3c\n", {}, /begins with "p", "x", which also.*`header: false`/],
    ["an unknown target", "age,sex\n1,2\n", { target: "sec" }, /no column "sec"\. Did you mean "sex"\?/],
    ["a target named twice", "a,a\n1,2\n", { target: "a" }, /several columns named "a"/],
    ["no target anywhere", "a,b\n1,\n2,NA\n", { target: "b" }, /no value of the target "b" in any row/],
    ["only a target", "b\n1\n2\n", { target: "b" }, /no column to predict from/],
    [
      "too many classes",
      `a,b\n${Array.from({ length: 40 }, (_, i) => `1,w${i}`).join("\n")}`,
      { target: "b" },
      /more different texts in the target "b"/,
    ],
    ["weights in words", "a,w\n1,x\n2,y\n", { sampleWeight: "w" }, /no numbers in the column of weights "w"/],
    [
      "fractions as integers",
      "a,b\n1.5,1\n2,2",
      { types: { a: "integer" } },
      /column "a" holds numbers that are not whole/,
    ],
    [
      "a word as truth value",
      "a,b\nyes,1\nmaybe,2",
      { types: { a: "boolean" } },
      /line 3, column "a": "maybe" is neither/,
    ],
    ["a delimiter of two characters", "a,b\n1,2", { delimiter: "::" }, /delimiter "::" cannot divide/],
  ])("%s is refused", async (_name, text, options, message) => {
    await expect(read(text, options)).rejects.toThrow(message);
  });
});

describe("types", () => {
  const lines = (count: number, line: (i: number) => string): string =>
    `a,b\n${Array.from({ length: count }, (_, i) => line(i)).join("\n")}`;

  test("words that repeat are a category, others a text, which is ignored with the reason", async () => {
    expect(await read(lines(60, (i) => `word${i % 30},${i}`))).toEqual(["a:category", "b:integer"]);
    const { columns } = await readCsvSchema({ text: lines(200, (i) => `word${i},${i}`) });
    expect(columns[0]).toMatchObject({ type: "text", role: "ignored", reason: "more than 100 different texts" });
  });

  test("a column can be called a text", async () => {
    const { columns } = await readCsvSchema({ text: lines(8, (i) => `${i % 2},${i}`) }, { types: { a: "text" } });
    expect(columns[0]).toMatchObject({ type: "text", role: "ignored", reason: "text" });
  });

  test("whole numbers with few values are classes in a target, in order of size; a type wanted wins", async () => {
    const text = lines(90, (i) => `${i},${(i % 3) + 9}`);
    const { columns } = await readCsvSchema({ text }, { target: "b" });
    expect(columns[1]).toMatchObject({ type: "category", categories: ["9", "10", "11"] });
    expect(await read(text, { target: "b", types: { b: "number" } })).toEqual(["a:integer", "b:number"]);
  });

  test("rows without a target count for nothing", async () => {
    const schema = await readCsvSchema({ text: "a,b\n1,x\n100,\n3,y" }, { target: "b" });
    expect(schema).toMatchObject({ rows: 3, rowsWithoutTarget: 1 });
    expect(schema.columns[0]).toMatchObject({ mean: 2, max: 3 });
  });

  test("the schema is plain JSON", async () => {
    const schema = await readCsvSchema({ text: good }, { target: "sex" });
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
  });
});

describe("sources", () => {
  test("a path, a Blob, bytes, text and a function that opens a stream", async () => {
    const folder = await mkdtemp(join(tmpdir(), "crease-csv-"));
    try {
      const path = join(folder, "good.csv");
      await writeFile(path, good);
      const blob = new Blob([good]);
      const sources: CsvSource[] = [path, blob, Buffer.from(good), { text: good }, () => blob.stream()];
      for (const source of sources) expect(await summary(source)).toEqual(await read(good));
      await expect(summary(join(folder, "gone.csv"))).rejects.toThrow(/gone\.csv could not be read.*Check the path/);
      await expect(summary(folder)).rejects.toThrow(DataError);
      await writeFile(path, "a,b\n1,x,y\n");
      await expect(summary(path)).rejects.toThrow(`${path} line 2 has 3 cells`);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test("text without its braces is taken for a path", async () => {
    await expect(summary("a,b\n1,2")).rejects.toThrow(/the text of a CSV is given as `\{ text \}`/);
    await expect(summary(7 as unknown as CsvSource)).rejects.toThrow(ValueError);
  });
});
