/** The type of a CSV's column, told from all of its cells. */

import { DataError } from "@crease/backend";
import type { ColumnStatistics } from "./columnStatistics.ts";
import type { CsvColumn, CsvType } from "./csvSchema.ts";
import { type CsvContext, cellError, shown } from "./csvWords.ts";
import { type Decimal, numberOf } from "./numberText.ts";

/** The question: which type has this column, read with this decimal mark? */
export interface ColumnQuestion {
  readonly context: CsvContext;
  readonly name: string;
  readonly statistics: ColumnStatistics;
  readonly decimal: Decimal;
  readonly maxCategories: number;
  /** The type that the caller wants. */
  readonly wanted: CsvType | undefined;
  readonly isTarget: boolean;
}

/** As many different values always make a category, whatever the number of rows. */
const fewValues = 10;
/** Whole numbers up to so many different ones in a target are classes. */
const mostClasses = 20;
const shownExamples = 3;

/**
 * The type of the column: the wanted one, else the one that all cells have.
 *
 * @throws DataError where cells do not fit the wanted type, and where numbers and words are mixed.
 */
export function typeOf(question: ColumnQuestion): CsvType {
  const { statistics, decimal, wanted, isTarget } = question;
  if (wanted !== undefined) return requireType(question, wanted);
  const { present, values, overflows } = statistics;
  const reading = statistics.readings[decimal];
  const repeats = !overflows && values.size * 2 <= present;
  if (present === 0) return "text";
  if (reading.count === present) {
    if (isTarget && reading.isWhole && repeats && values.size <= mostClasses) return "category";
    return reading.isWhole ? "integer" : "number";
  }
  if (statistics.firstOther === undefined) return "boolean";
  if (reading.count * 2 >= present) throw mixed(question);
  return !overflows && (values.size <= fewValues || repeats) ? "category" : "text";
}

function requireType(question: ColumnQuestion, wanted: CsvType): CsvType {
  const { context, name, statistics, decimal, maxCategories } = question;
  const reading = statistics.readings[decimal];
  if (wanted === "category" && statistics.overflows)
    throw new DataError({
      ...context,
      problem: `${context.name} column "${name}" has more than ${maxCategories} different values`,
      fix: "Raise `maxCategories`, or leave the column out by `ignore`",
    });
  if (wanted === "boolean" && statistics.firstOther !== undefined) {
    const { cell, line } = statistics.firstOther;
    throw cellError(
      context,
      { line, column: name },
      `${shown(cell)} is neither true, false, yes nor no`,
      "Correct it, or list it in `missingValues`",
    );
  }
  if ((wanted === "number" || wanted === "integer") && reading.firstOther !== undefined) throw mixed(question);
  if (wanted === "integer" && !reading.isWhole)
    throw new DataError({
      ...context,
      problem: `${context.name} column "${name}" holds numbers that are not whole`,
      fix: 'Give it the type "number"',
    });
  return wanted;
}

function mixed({ context, name, statistics, decimal }: ColumnQuestion): DataError {
  const reading = statistics.readings[decimal];
  const { cell, line } = reading.firstOther as { cell: string; line: number };
  const word = JSON.stringify(cell.slice(0, 40));
  const other = decimal === "." ? "," : ".";
  const fix =
    numberOf(cell, other) !== undefined
      ? `Write all numbers with one decimal mark; this file is read with \`decimal: "${decimal}"\``
      : `Correct the cell; or list it as missing, \`missingValues: [${word}]\`; or make the column a category, \`types: { ${JSON.stringify(name)}: "category" }\``;
  return cellError(
    context,
    { line, column: name },
    `${shown(cell)} is no number, ${reading.count} of the column's ${statistics.present} values are`,
    fix,
  );
}

/** What a schema says of the column beside its name and role. */
export function describe(
  statistics: ColumnStatistics,
  type: CsvType,
  decimal: Decimal,
): Omit<CsvColumn, "name" | "role"> {
  const examples = [...statistics.values].slice(0, shownExamples);
  const known = { type, missing: statistics.missing, examples };
  if (type === "text") return known;
  if (type === "category") return { ...known, categories: inOrder([...statistics.values], decimal) };
  const spread = type === "boolean" ? statistics.truths : statistics.readings[decimal].spread;
  // Without a training row that has a value there is nothing to centre on.
  if (spread.count === 0) return { ...known, mean: 0, stddev: 0, min: 0, max: 0 };
  return { ...known, mean: spread.mean, stddev: spread.stddev, min: spread.min, max: spread.max };
}

/** Numbers by size, words by their characters. */
function inOrder(values: readonly string[], decimal: Decimal): string[] {
  const numbers = new Map(values.map((value) => [value, numberOf(value, decimal)]));
  const areNumbers = values.every((value) => numbers.get(value) !== undefined);
  const bySize = (a: string, b: string): number => (numbers.get(a) as number) - (numbers.get(b) as number);
  return areNumbers ? [...values].sort(bySize) : [...values].sort();
}
