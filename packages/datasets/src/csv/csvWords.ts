/** How messages about a CSV name what they are about, and what a row must be. */
import { DataError } from "@crease/backend";

/** Who asks, and what the CSV is called. */
export interface CsvContext {
  readonly op: string;
  readonly name: string;
}

/** A cell in quotes, shortened. */
export function shown(cell: string): string {
  return JSON.stringify(cell.length > 40 ? `${cell.slice(0, 37)}...` : cell);
}

/** An error about one cell. */
export function cellError(
  { op, name }: CsvContext,
  place: { readonly line: number; readonly column: string },
  problem: string,
  fix: string,
): DataError {
  return new DataError({ op, problem: `${name} line ${place.line}, column "${place.column}": ${problem}`, fix });
}

/**
 * Refuses a row with fewer cells than there are columns, or with more of which one is not empty.
 *
 * @throws DataError naming the line.
 */
export function requireWidth({ op, name }: CsvContext, cells: readonly string[], line: number, count: number): void {
  if (cells.length === count || (cells.length > count && cells.slice(count).every((cell) => cell === ""))) return;
  const fix =
    cells.length < count
      ? "Add the missing cells, empty ones too; where another delimiter was meant, name it by `delimiter`"
      : "Put quotes around cells that hold the delimiter; where another one was meant, name it by `delimiter`";
  throw new DataError({
    op,
    problem: `${name} line ${line} has ${cells.length} cells, there are ${count} columns`,
    fix,
  });
}
