/** The names of a CSV's columns. */
import { booleanOf, numberOf } from "./numberText.ts";

/** A name for each cell of the first line; `repeated` are those that stand there more than once. */
export interface ColumnNames {
  readonly names: readonly string[];
  readonly repeated: ReadonlySet<string>;
}

/** True where a first line reads like names: none of its cells is a number or a truth value, and not all are empty. */
export function looksLikeHeader(cells: readonly string[]): boolean {
  return (
    cells.some((cell) => cell !== "") &&
    cells.every(
      (cell) => numberOf(cell, ".") === undefined && numberOf(cell, ",") === undefined && booleanOf(cell) === undefined,
    )
  );
}

/** The names in a header; an empty one becomes `column3` by its place, the second `price` becomes `price_2`. */
export function namesIn(header: readonly string[]): ColumnNames {
  const given = header.map((cell) => cell.trim());
  const owned = new Set<string>();
  const repeated = new Set<string>();
  for (const name of given) {
    if (name !== "" && owned.has(name)) repeated.add(name);
    owned.add(name);
  }
  const taken = new Set<string>();
  const names = given.map((name, i) => {
    const plain = name === "" ? `column${i + 1}` : name;
    let unique = plain;
    // A name that another column has by right is left to it.
    for (let n = 2; taken.has(unique) || (unique !== name && owned.has(unique)); n++) unique = `${plain}_${n}`;
    taken.add(unique);
    return unique;
  });
  return { names, repeated };
}

/** `column1`, `column2`, ... for a file without a header. */
export function numberedNames(count: number): ColumnNames {
  return { names: Array.from({ length: count }, (_, i) => `column${i + 1}`), repeated: new Set() };
}
