/** What is known of a CSV's columns, and how its rows become numbers: plain values that JSON holds. */
import type { Decimal } from "./numberText.ts";

/**
 * What a column holds: `number`, `integer`, `boolean` (true/false, yes/no), `category` (few words, or numbers that are
 * names), `text` (anything else).
 */
export type CsvType = "number" | "integer" | "boolean" | "category" | "text";

/** What a column is used for. */
export type CsvRole = "input" | "target" | "sampleWeight" | "ignored";

/** One column. */
export interface CsvColumn {
  readonly name: string;
  readonly type: CsvType;
  readonly role: CsvRole;
  /** Why the column is ignored. */
  readonly reason?: string;
  /** Rows without a value. */
  readonly missing: number;
  /** Some different values, as the file spells them. */
  readonly examples: readonly string[];
  /** Of numbers, integers and booleans (1 and 0), over the training rows: mean, standard deviation, smallest, largest. */
  readonly mean?: number;
  readonly stddev?: number;
  readonly min?: number;
  readonly max?: number;
  /** Of a category: its values in order; a value's place is its class. */
  readonly categories?: readonly string[];
}

/**
 * The columns of a CSV and the encoding of its rows.
 *
 * A row becomes a float32 vector, its inputs one after the other: a number or integer as `(value - mean) / stddev` (as
 * it is where `normalize` is false), 0 where it is missing (the mean where `normalize` is false); a boolean as 1 or 0,
 * its mean where it is missing; a category as one number for each of its values, 1 at its own, all 0 where it is missing or unknown.
 * The target becomes an int32 class for a category, a float32 vector of size 1 for all else.
 */
export interface CsvSchema {
  readonly version: 1;
  /** The character between cells; files read with this schema may have another. */
  readonly delimiter: string;
  readonly decimal: Decimal;
  /** Whether the first line holds names. Without one, columns are known by their place. */
  readonly header: boolean;
  /** Words that stand for no value. */
  readonly missingValues: readonly string[];
  readonly normalize: boolean;
  /** How many rows there were. */
  readonly rows: number;
  /** How many of them have no target, and are left out. */
  readonly rowsWithoutTarget: number;
  readonly columns: readonly CsvColumn[];
}

/**
 * The name of each number in an encoded row, such as `age` or `colour=red`; as many as the vectors are long.
 *
 * @example
 * ```ts
 * import { csvFeatureNames, readCsvSchema } from "@crease/datasets";
 * const schema = await readCsvSchema({ text: "size,colour\n1,red\n2,blue\n3,red\n4,blue" });
 * csvFeatureNames(schema); // => ["size","colour=blue","colour=red"]
 * ```
 */
export function csvFeatureNames(schema: CsvSchema): string[] {
  return schema.columns
    .filter(({ role }) => role === "input")
    .flatMap(({ name, categories }) => categories?.map((value) => `${name}=${value}`) ?? [name]);
}
