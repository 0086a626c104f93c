/** How CSVs are read and what is made of them. */
import type { Backend } from "@crease/backend";
import type { CsvSchema, CsvType } from "./csvSchema.ts";
import type { Decimal } from "./numberText.ts";

/** How a CSV is taken apart; all of it is found out where it is not given. */
export interface CsvFormatOptions {
  /** The character between cells. */
  readonly delimiter?: string;
  /** The character before a number's fraction. */
  readonly decimal?: Decimal;
  /** Whether the first line holds names. Without it: whether none of its cells is a number. */
  readonly header?: boolean;
  /** Such as "windows-1252". Without it: UTF-8, or UTF-16 where the file looks like it. */
  readonly encoding?: string;
  /** Words that stand for no value, as the empty cell always does. Default: NA, N/A, NaN, null, None, -, ?, and the error values of spreadsheets. */
  readonly missingValues?: readonly string[];
}

/** Which columns are used as what. */
export interface CsvSchemaOptions extends CsvFormatOptions {
  /** The column to predict. Without one, data sets yield inputs only. */
  readonly target?: string;
  /** A column of numbers that weigh the samples. */
  readonly sampleWeight?: string;
  /** The columns to predict from. Default: all others. */
  readonly inputs?: readonly string[];
  /** Columns to leave out. */
  readonly ignore?: readonly string[];
  /** The types of columns by name, where another one is wanted than is found. */
  readonly types?: { readonly [column: string]: CsvType };
  /** The most values that a category has. Default 100. */
  readonly maxCategories?: number;
  /** Whether numbers are brought to mean 0 and standard deviation 1. Default true. */
  readonly normalize?: boolean;
  /** The fraction of rows held back for validation, at random in each stretch of the file: statistics leave them out. Default 0. */
  readonly validationSplit?: number;
  /** Decides which rows are held back, and the order of rows. Without it one is drawn from the random stream. */
  readonly seed?: number;
}

/** Which rows a data set yields, in which order. */
export interface CsvDatasetOptions extends CsvSchemaOptions {
  /** A schema read before, for rows of the same columns: it stands for all options that decide how rows are read. */
  readonly schema?: CsvSchema;
  /** Whether to leave targets and weights out, so that each row of the file gives a row of inputs. Default false. */
  readonly inputsOnly?: boolean;
  /** Default 32. */
  readonly batchSize?: number;
  /** Whether each pass has an order of its own. Default: true without a `schema`; validation rows are never shuffled. */
  readonly shuffle?: boolean;
  /** Which part of a `validationSplit` to yield; "both" gives the two. */
  readonly subset?: "training" | "validation" | "both";
  /** The most bytes of encoded rows to keep. A larger file is read anew in each pass, rows are then drawn from the next ones only. Default 2^28. */
  readonly memoryLimit?: number;
  /** Where the tensors live. Default: the default backend. */
  readonly backend?: Backend;
}

/** What `missingValues` is by default. */
export const usualMissingValues: readonly string[] = [
  ...["NA", "N/A", "n/a", "NaN", "nan", "null", "NULL", "None", "-", "?"],
  ...["#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NUM!", "#NAME?", "#NULL!"],
];
