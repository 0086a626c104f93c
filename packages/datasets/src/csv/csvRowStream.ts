/** The rows of a CSV as they come, each with the encoder of its file and the part that it belongs to. */

import { validationRows } from "../validationRows.ts";
import { namesIn } from "./columnNames.ts";
import { csvRows } from "./csvRows.ts";
import type { CsvSchema } from "./csvSchema.ts";
import { RowEncoder } from "./rowEncoder.ts";
import { type CsvSource, nameOf } from "./source.ts";

/** What is read, and how. */
export interface RowStream {
  readonly op: string;
  readonly source: CsvSource;
  readonly schema: CsvSchema;
  readonly encoding: string | undefined;
  readonly delimiter: string | undefined;
  readonly inputsOnly: boolean;
  readonly validationSplit: number;
  /** Decides which rows are held back. */
  readonly seed: number;
}

/** Some rows of one file. */
export interface EncodableRows {
  readonly encoder: RowEncoder;
  readonly rows: readonly {
    readonly cells: readonly string[];
    readonly line: number;
    readonly isHeld: boolean;
  }[];
}

/**
 * The usable rows of one pass, many at a time: none without anything in it, none without a target where there is one.
 *
 * @throws DataError for a file that is no CSV, and where it lacks a column of the schema.
 */
export async function* encodableRows(stream: RowStream): AsyncGenerator<EncodableRows, void, undefined> {
  const { op, source, schema, inputsOnly, validationSplit, seed } = stream;
  const context = { op, name: nameOf(source) };
  const isHeld = validationRows(op, validationSplit, seed);
  let encoder: RowEncoder | undefined;
  for await (const { rows, lines } of csvRows(stream)) {
    const usable: EncodableRows["rows"][number][] = [];
    rows.forEach((cells, i) => {
      if (encoder === undefined) {
        const names = schema.header ? namesIn(cells).names : undefined;
        encoder = new RowEncoder(context, schema, { names, cells: cells.length, inputsOnly });
        if (schema.header) return;
      }
      if (encoder.uses(cells)) usable.push({ cells, line: lines[i] as number, isHeld: isHeld() });
    });
    if (usable.length > 0) yield { encoder: encoder as unknown as RowEncoder, rows: usable };
  }
}
