/** Schemas of CSVs that were read from somewhere, checked before use. */
import { DataError } from "@crease/backend";
import type { CsvColumn, CsvSchema } from "./csvSchema.ts";

const types: readonly unknown[] = ["number", "integer", "boolean", "category", "text"];
const roles: readonly unknown[] = ["input", "target", "sampleWeight", "ignored"];

/**
 * Returns `value` where it is a schema that rows can be encoded with.
 *
 * @throws DataError naming what is wrong.
 */
export function checkSchema(op: string, value: unknown): CsvSchema {
  const require = (isRight: boolean, problem: string): void => {
    if (!isRight)
      throw new DataError({ op, problem: `the schema ${problem}`, fix: "Give what `readCsvSchema` returned" });
  };
  const schema = value as CsvSchema;
  require(typeof value === "object" && value !== null && schema.version === 1, "is none of version 1");
  require(schema.decimal === "." || schema.decimal === ",", "has no decimal mark");
  require(typeof schema.header === "boolean" && typeof schema.normalize === "boolean", "lacks header or normalize");
  require(isWords(schema.missingValues), "has no list of missing values");
  require(Array.isArray(schema.columns) && schema.columns.length > 0, "has no columns");
  const isNumber = (x: unknown): boolean => typeof x === "number" && Number.isFinite(x);
  const isWhole = ({ type, categories, mean, stddev }: CsvColumn): boolean =>
    type === "text" ||
    (type === "category" ? isWords(categories) && isDistinct(categories) : isNumber(mean) && isNumber(stddev));
  schema.columns.forEach((column: CsvColumn | null, i) => {
    const isColumn = typeof column?.name === "string" && types.includes(column.type) && roles.includes(column.role);
    require(isColumn && (column.role === "ignored" || isWhole(column)), `is wrong in column ${i + 1}`);
  });
  require(schema.columns.some(({ role }) => role === "input"), "has no inputs");
  require(schema.columns.filter(({ role }) => role === "target").length <= 1, "has several targets");
  return schema;
}

function isWords(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((word) => typeof word === "string");
}

function isDistinct(words: readonly string[]): boolean {
  return new Set(words).size === words.length;
}
