/** A vector or a matrix as a table of numbers, those of the slice in full ink. */
import type { JSX } from "preact";
import type { Exhibit } from "./session.ts";

/** The tensor, and what the table is called. */
export interface CellsProps {
  readonly exhibit: Exhibit;
  readonly label: string;
}

/** The table. */
export function Cells({ exhibit, label }: CellsProps): JSX.Element | null {
  const whole = exhibit.whole.ready.value?.output;
  const places = exhibit.part.ready.value?.output.places;
  if (whole === undefined) return null;
  const { shape } = whole.facts;
  const columns = shape.at(-1) ?? 1;
  const rows = shape.length < 2 ? 1 : (shape[0] ?? 1);
  const taken = (row: number, column: number): boolean =>
    places === undefined ||
    (shape.length < 2
      ? places[0]?.includes(column) === true
      : places[0]?.includes(row) === true && places[1]?.includes(column) === true);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long vector scrolls, by keyboard too.
    <section class="tensors-cells" tabIndex={0} aria-label={label}>
      <table>
        <thead>
          <tr>
            {shape.length === 2 && <td />}
            {Array.from({ length: columns }, (_, column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: rows }, (_, row) => (
            <tr key={row}>
              {shape.length === 2 && <th scope="row">{row}</th>}
              {Array.from({ length: columns }, (_, column) => (
                <td key={column} class={taken(row, column) ? "is-taken" : undefined}>
                  {Number((whole.values[row * columns + column] ?? 0).toPrecision(6))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
