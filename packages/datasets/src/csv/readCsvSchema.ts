/** The columns of a CSV, found out in one pass. */
import { DataError, requireInteger, suggestName, ValueError } from "@crease/backend";
import { shuffleKey } from "../shuffleKey.ts";
import { validationRows } from "../validationRows.ts";
import { type ColumnNames, looksLikeHeader, namesIn, numberedNames } from "./columnNames.ts";
import { ColumnStatistics } from "./columnStatistics.ts";
import { describe, typeOf } from "./columnType.ts";
import { type CsvSchemaOptions, usualMissingValues } from "./csvOptions.ts";
import { csvRows } from "./csvRows.ts";
import type { CsvColumn, CsvRole, CsvSchema } from "./csvSchema.ts";
import { type CsvContext, requireWidth, shown } from "./csvWords.ts";
import type { Decimal } from "./numberText.ts";
import { type CsvSource, nameOf } from "./source.ts";

/**
 * What the columns of a CSV are and how its rows become numbers, found out in one pass that holds no more than some
 * values of each column: delimiter, header, decimal mark, the type of each column from all of its cells, classes,
 * statistics of the training rows, missing values. `JSON.stringify` keeps it, for `csvDataset` and `encodeCsvRows`.
 *
 * @throws DataError for a file that is no CSV or has a cell that does not fit its column, with line, column and way out;
 * ValueError for names of columns that it does not have.
 * @example
 * ```ts
 * import { readCsvSchema } from "@crease/datasets";
 * const text = "age;height;sex\n41;1,80;f\n23;1,65;m\n35;;f\n58;1,71;m";
 * const { delimiter, decimal, columns } = await readCsvSchema({ text }, { target: "sex" });
 * delimiter + decimal; // => ;,
 * columns.map(({ name, type, role }) => `${name}: ${type}, ${role}`); // => ["age: integer, input","height: number, input","sex: category, target"]
 * columns[1]?.missing; // => 1
 * columns[2]?.categories; // => ["f","m"]
 * ```
 */
export async function readCsvSchema(source: CsvSource, options: CsvSchemaOptions = {}): Promise<CsvSchema> {
  return (await inferSchema("readCsvSchema", source, options, shuffleKey(options.seed, true).seed)).schema;
}

/** A schema, and how many rows of the file are for what. */
export interface Inferred {
  readonly schema: CsvSchema;
  readonly training: number;
  readonly validation: number;
}

/** `readCsvSchema` for whoever asks, with the seed of the split. */
export async function inferSchema(
  op: string,
  source: CsvSource,
  options: CsvSchemaOptions,
  seed: number,
): Promise<Inferred> {
  const { validationSplit = 0, maxCategories = 100, missingValues = usualMissingValues, normalize = true } = options;
  requireInteger(op, "maxCategories", maxCategories, { min: 2 });
  const context = { op, name: nameOf(source) };
  const isMissing = missingTest(missingValues);
  const isHeld = validationRows(op, validationSplit, seed);
  let names: ColumnNames | undefined;
  let header = false;
  let delimiter = ",";
  let statistics: ColumnStatistics[] = [];
  let target = -1;
  const counts = { training: 0, validation: 0, withoutTarget: 0 };
  for await (const { rows, lines, delimiter: found } of csvRows({ ...options, op, source, ...formatOf(options) })) {
    delimiter = found;
    rows.forEach((cells, i) => {
      const line = lines[i] as number;
      if (names === undefined) {
        header = options.header ?? looksLikeHeader(cells);
        names = header ? namesIn(cells) : numberedNames(cells.length);
        requireColumns(context, names, options);
        statistics = names.names.map(() => new ColumnStatistics(maxCategories));
        target = options.target === undefined ? -1 : names.names.indexOf(options.target);
        if (header) return;
      }
      if (cells.every((cell) => cell === "")) return;
      requireWidth(context, cells, line, statistics.length);
      if (target >= 0 && isMissing(cells[target] as string)) {
        counts.withoutTarget++;
        return;
      }
      const isTraining = !isHeld();
      counts[isTraining ? "training" : "validation"]++;
      statistics.forEach((column, j) => {
        const cell = cells[j] as string;
        if (isMissing(cell)) column.missing++;
        else column.take(cell, line, isTraining);
      });
    });
  }
  const used = counts.training + counts.validation;
  if (used === 0) throw noRows(context, header, counts.withoutTarget, options.target);
  if (header && options.header === undefined) refuseRowAsHeader(context, names as unknown as ColumnNames, statistics);
  const decimal = options.decimal ?? decimalOf(statistics, delimiter);
  const columns = statistics.map((column, i) => {
    const name = (names as ColumnNames).names[i] as string;
    return columnOf(context, name, column, decimal, { ...options, maxCategories });
  });
  if (!columns.some(({ role }) => role === "input"))
    throw new DataError({
      op,
      problem: `${context.name} has no column to predict from`,
      fix: "Give at least one column of numbers, truth values or categories beside the target",
    });
  const schema: CsvSchema = {
    version: 1,
    delimiter,
    decimal,
    header,
    missingValues,
    normalize,
    rows: used + counts.withoutTarget,
    rowsWithoutTarget: counts.withoutTarget,
    columns,
  };
  return { schema, training: counts.training, validation: counts.validation };
}

/** Tells whether a cell stands for no value. */
export function missingTest(words: readonly string[]): (cell: string) => boolean {
  const known = new Set(words);
  return (cell) => cell === "" || known.has(cell);
}

function formatOf({ encoding, delimiter }: CsvSchemaOptions): {
  encoding: string | undefined;
  delimiter: string | undefined;
} {
  return { encoding, delimiter };
}

function noRows(
  { op, name }: CsvContext,
  header: boolean,
  withoutTarget: number,
  target: string | undefined,
): DataError {
  if (withoutTarget > 0)
    return new DataError({
      op,
      problem: `${name} has no value of the target "${target}" in any row`,
      fix: "Fill it in",
    });
  return new DataError({
    op,
    problem: `${name} has ${header ? "a header but " : ""}no rows`,
    fix: header ? "Add rows; if the first line is one, pass `header: false`" : "Add rows",
  });
}

/** Refuses names of columns that are not there, or not known by their name alone. */
function requireColumns({ op, name }: CsvContext, { names, repeated }: ColumnNames, options: CsvSchemaOptions): void {
  const { target, sampleWeight, inputs = [], ignore = [], types = {} } = options;
  const asked = [target, sampleWeight, ...inputs, ...ignore, ...Object.keys(types)];
  for (const column of asked) {
    if (column === undefined) continue;
    if (repeated.has(column))
      throw new DataError({
        op,
        problem: `${name} has several columns named "${column}"`,
        fix: `Rename them in the file's first line`,
      });
    if (!names.includes(column))
      throw new ValueError({ op, problem: `${name} has no column "${column}"`, fix: suggestName(column, names) });
  }
}

/** Words that also stand below them, in most columns, are no names. */
function refuseRowAsHeader(
  { op, name }: CsvContext,
  { names }: ColumnNames,
  statistics: readonly ColumnStatistics[],
): void {
  const repeated = names.filter((column, i) => statistics[i]?.values.has(column));
  if (repeated.length * 2 < names.length) return;
  throw new DataError({
    op,
    problem: `${name} begins with ${repeated.slice(0, 3).map(shown).join(", ")}, which also stand below in the same columns`,
    fix: "Say whether the first line holds names: `header: false` or `header: true`",
  });
}

/** By the numbers that can be read in one way only; where none tells, a file with semicolons has decimal commas. */
function decimalOf(statistics: readonly ColumnStatistics[], delimiter: string): Decimal {
  let [point, comma] = [0, 0];
  for (const { only } of statistics) {
    point += only["."];
    comma += only[","];
  }
  if (comma === point) return delimiter === ";" && comma === 0 ? "," : ".";
  return comma > point ? "," : ".";
}

function roleOf(name: string, { target, sampleWeight, inputs, ignore }: CsvSchemaOptions): CsvRole {
  if (name === target) return "target";
  if (name === sampleWeight) return "sampleWeight";
  if (ignore?.includes(name) || (inputs !== undefined && !inputs.includes(name))) return "ignored";
  return "input";
}

function columnOf(
  context: CsvContext,
  name: string,
  statistics: ColumnStatistics,
  decimal: Decimal,
  options: CsvSchemaOptions & { readonly maxCategories: number },
): CsvColumn {
  const role = roleOf(name, options);
  const { maxCategories, types = {} } = options;
  const wanted = Object.hasOwn(types, name) ? types[name] : role === "ignored" ? "text" : undefined;
  const question = { context, name, statistics, decimal, maxCategories, wanted, isTarget: role === "target" };
  const type = typeOf(question);
  const about = describe(statistics, type, decimal);
  if (role === "ignored") return { name, role, reason: "not asked for", ...about };
  if (role === "input" && type === "text") {
    const reason =
      statistics.present === 0
        ? "empty"
        : wanted === "text"
          ? "text"
          : `more than ${statistics.values.size - 1} different texts`;
    return { name, role: "ignored", reason, ...about };
  }
  if (role === "target" && type === "text")
    throw new DataError({
      ...context,
      problem: `${context.name} has more different texts in the target "${name}" than make classes`,
      fix: `Name another target; or make it a category, \`types: { ${JSON.stringify(name)}: "category" }\`, with \`maxCategories\` above their number`,
    });
  if (role === "sampleWeight" && type !== "number" && type !== "integer")
    throw new DataError({
      ...context,
      problem: `${context.name} holds no numbers in the column of weights "${name}"`,
      fix: "Name a column of numbers by `sampleWeight`",
    });
  return { name, role, ...about };
}
