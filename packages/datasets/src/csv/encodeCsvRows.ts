/** New rows encoded as those that a model was trained on. */
import { type Backend, DataError } from "@crease/backend";
import type { Tensor } from "@crease/tensor";
import { checkSchema } from "./checkSchema.ts";
import type { CsvSchema } from "./csvSchema.ts";
import { RowEncoder } from "./rowEncoder.ts";
import { RowStore } from "./rowStore.ts";

/** A row's values by the names of their columns; one that is null or not there is missing. */
export interface CsvRow {
  readonly [column: string]: string | number | boolean | null | undefined;
}

/**
 * Rows as the float32 tensor `[rows, inputs]` that a model trained with this schema takes.
 *
 * @throws DataError naming row and column of a value that does not fit, and for a schema that is none.
 * @example
 * ```ts
 * import { encodeCsvRows, readCsvSchema } from "@crease/datasets";
 * const schema = await readCsvSchema({ text: "size,colour\n1,red\n3,blue\n1,red\n3,blue" });
 * const x = encodeCsvRows(schema, [{ size: 3, colour: "red" }, { colour: "green" }]);
 * x.toString(); // => [[1. 0. 1.]
 * //  [0. 0. 0.]]
 * ```
 */
export function encodeCsvRows(
  schema: CsvSchema,
  rows: readonly CsvRow[],
  { backend }: { readonly backend?: Backend } = {},
): Tensor {
  const op = "encodeCsvRows";
  const { columns, decimal } = checkSchema(op, schema);
  const names = columns.filter(({ role }) => role === "input").map(({ name }) => name);
  const encoder = new RowEncoder({ op, name: "rows:" }, schema, { names, cells: names.length, inputsOnly: true });
  const store = new RowStore(encoder.layout, rows.length);
  rows.forEach((row, i) => {
    for (const name of Object.keys(row))
      if (!columns.some((column) => column.name === name))
        throw new DataError({
          op,
          problem: `row ${i + 1} has a column "${name}", which the schema has not`,
          fix: `Its inputs are ${names.join(", ")}`,
        });
    const cells = names.map((name) => textOf(Object.hasOwn(row, name) ? row[name] : undefined, decimal));
    encoder.encode(cells, i + 1, store, store.add());
  });
  return store.tensors(backend)[0];
}

function textOf(value: CsvRow[string], decimal: string): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "";
  return typeof value === "number" ? String(value).replace(".", decimal) : String(value).trim();
}
