/** The names of a chart's curves with their colours. */
import type { JSX } from "preact";

/** Names with positions in the palette's `series`, and the values now where there are any. */
export interface LegendProps {
  readonly entries: readonly { readonly label: string; readonly color: number; readonly value?: string | undefined }[];
}

/** One line, or two where there is no room. */
export function Legend({ entries }: LegendProps): JSX.Element {
  return (
    <ul class="legend">
      {entries.map(({ label, color, value }) => (
        <li key={label}>
          <span class="legend-mark" style={{ background: `var(--series-${color + 1})` }} aria-hidden="true" />
          {label}
          {value !== undefined && <strong>{value}</strong>}
        </li>
      ))}
    </ul>
  );
}
