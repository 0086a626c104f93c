/** Rows of a CSV as numbers, by a schema. */
import { DataError, suggestName } from "@crease/backend";
import type { CsvColumn, CsvSchema } from "./csvSchema.ts";
import { type CsvContext, cellError, requireWidth, shown } from "./csvWords.ts";
import { booleanOf, numberOf } from "./numberText.ts";
import { missingTest } from "./readCsvSchema.ts";
import type { RowLayout, RowStore } from "./rowStore.ts";

/** A column and the place of its cell in a row. */
interface Placed {
  readonly column: CsvColumn;
  readonly cell: number;
  /** The class of each value of a category. */
  readonly classes: ReadonlyMap<string, number>;
}

/** The columns of a file. */
export interface FileColumns {
  /** Undefined where only their places are known. */
  readonly names: readonly string[] | undefined;
  /** Their number. */
  readonly cells: number;
  /** Whether to leave targets and weights out. */
  readonly inputsOnly: boolean;
}

/** Encodes the rows of one file, whose columns may stand in another order than in the schema. */
export class RowEncoder {
  readonly layout: RowLayout;
  readonly #context: CsvContext;
  readonly #schema: CsvSchema;
  readonly #cells: number;
  readonly #inputs: readonly Placed[];
  readonly #target: Placed | undefined;
  readonly #weight: Placed | undefined;
  readonly #isMissing: (cell: string) => boolean;

  /** @throws DataError where an input is not among the file's columns. */
  constructor(context: CsvContext, schema: CsvSchema, { names, cells, inputsOnly }: FileColumns) {
    this.#context = context;
    this.#schema = schema;
    this.#cells = cells;
    this.#isMissing = missingTest(schema.missingValues);
    const places = new Map(names?.map((name, place) => [name, place]));
    const placed = schema.columns.map((column, i) => {
      const cell = names === undefined ? placeOf(schema, i, cells) : (places.get(column.name) ?? -1);
      return { column, cell, classes: new Map(column.categories?.map((value, place) => [value, place])) };
    });
    const withRole = (role: string): Placed[] => placed.filter(({ column }) => column.role === role);
    this.#inputs = withRole("input");
    for (const { column, cell } of this.#inputs)
      if (cell < 0 || cell >= cells)
        throw new DataError({
          op: context.op,
          problem:
            names === undefined
              ? `${context.name} has ${cells} columns, the schema ${schema.columns.length}`
              : `${context.name} has no column "${column.name}"`,
          fix: names === undefined ? "Give all columns that the schema has" : suggestName(column.name, names),
        });
    const beside = (role: string): Placed | undefined =>
      inputsOnly ? undefined : withRole(role).find(({ cell }) => cell >= 0 && cell < cells);
    this.#target = beside("target");
    this.#weight = beside("sampleWeight");
    const isClass = this.#target?.column.type === "category";
    this.layout = {
      width: this.#inputs.reduce((sum, { column }) => sum + (column.categories?.length ?? 1), 0),
      target: this.#target === undefined ? undefined : isClass ? "class" : "value",
      hasWeight: this.#weight !== undefined,
    };
  }

  /** Whether a row is to be used: it has a cell that is not empty, and a target where there is one. */
  uses(cells: readonly string[]): boolean {
    if (cells.every((cell) => cell === "")) return false;
    return this.#target === undefined || !this.#isMissing(cells[this.#target.cell] ?? "");
  }

  /**
   * Writes a row at a place of a store of this layout.
   *
   * @throws DataError naming line and column of a cell that does not fit.
   */
  encode(cells: readonly string[], line: number, store: RowStore, at: number): void {
    requireWidth(this.#context, cells, line, this.#cells);
    let place = at * this.layout.width;
    store.x.fill(0, place, place + this.layout.width);
    for (const { column, cell, classes } of this.#inputs) {
      const text = cells[cell] as string;
      if (column.type === "category") {
        const found = this.#isMissing(text) ? undefined : classes.get(text);
        if (found !== undefined) store.x[place + found] = 1;
        place += classes.size;
      } else store.x[place++] = this.#input(column, text, line);
    }
    if (this.#target !== undefined) store.y[at] = this.#targetOf(this.#target, cells, line);
    if (this.#weight !== undefined)
      store.weight[at] = this.#number(this.#weight.column, cells[this.#weight.cell] as string, line);
  }

  #input(column: CsvColumn, text: string, line: number): number {
    const { mean = 0, stddev = 1, type } = column;
    const scaled = this.#schema.normalize && type !== "boolean";
    if (this.#isMissing(text)) return scaled ? 0 : mean;
    const value = this.#number(column, text, line);
    return scaled ? (value - mean) / (stddev || 1) : value;
  }

  #targetOf({ column, cell, classes }: Placed, cells: readonly string[], line: number): number {
    const text = cells[cell] as string;
    if (column.type !== "category") return this.#number(column, text, line);
    const found = classes.get(text);
    if (found !== undefined) return found;
    const fix = "Correct it, or read the schema from a file that has all classes";
    throw this.#wrong(column, line, `${shown(text)} is none of the ${classes.size} classes`, fix);
  }

  #number(column: CsvColumn, text: string, line: number): number {
    const isTruth = column.type === "boolean";
    const value = isTruth ? booleanOf(text) : numberOf(text, this.#schema.decimal);
    if (value !== undefined) return value;
    const what = isTruth ? "neither true, false, yes nor no" : "no number";
    const fix = "Correct it, or list it in `missingValues` when the schema is read";
    throw this.#wrong(column, line, `${shown(text)} is ${what}`, fix);
  }

  #wrong(column: CsvColumn, line: number, problem: string, fix: string): DataError {
    return cellError(this.#context, { line, column: column.name }, problem, fix);
  }
}

/** The place of the schema's column `i` in rows known by place, of which the target may be left out. */
function placeOf({ columns }: CsvSchema, i: number, cells: number): number {
  const target = columns.findIndex(({ role }) => role === "target");
  if (target < 0 || cells !== columns.length - 1) return i;
  return i === target ? -1 : i - (i > target ? 1 : 0);
}
