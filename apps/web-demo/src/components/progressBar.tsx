/** How far something is. */
import type { JSX } from "preact";
import { useId } from "preact/hooks";

/** What is under way, and how much of it is done. */
export interface ProgressBarProps {
  readonly label: string;
  /** From 0 to 1; undefined where nobody knows. */
  readonly value: number | undefined;
  /** Such as "3.1 of 11.6 MB". */
  readonly detail?: string | undefined;
}

/** A bar with its label. */
export function ProgressBar({ label, value, detail }: ProgressBarProps): JSX.Element {
  const id = useId();
  return (
    <div class="progress">
      <label for={id}>{label}</label>
      {detail !== undefined && <span class="progress-detail">{detail}</span>}
      <progress id={id} max={1} value={value} />
    </div>
  );
}
