/** Rows of numbers as cells. */
import type { JSX } from "preact";
import type { Rows } from "./calls.ts";

/** What is shown, and how each cell looks. */
export interface NumberGridProps {
  readonly rows: Rows;
  readonly label: string;
  /** Classes of a cell: `is-hot`, `is-ghost`, `is-hidden`. */
  mark?(row: number, column: number): string;
}

/** The table. */
export function NumberGrid({ rows, label, mark }: NumberGridProps): JSX.Element {
  return (
    <table class="operations-grid" aria-label={label}>
      <tbody>
        {rows.map((row, i) => (
          <tr key={i}>
            {row.map((value, j) => (
              <td key={j} class={mark?.(i, j)}>
                {short(value)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** At most six figures, with a true minus sign. */
export function short(value: number): string {
  return String(Number(value.toPrecision(6))).replace("-", "−");
}
