/** A button. */
import type { ComponentChildren, JSX } from "preact";

/** What a button does. */
export interface ButtonProps {
  /** `main` for the one thing to do next; default `plain`. */
  readonly kind?: "main" | "plain" | "quiet";
  readonly disabled?: boolean | undefined;
  /** For a button that stays down. */
  readonly pressed?: boolean | undefined;
  /** The name for screen readers where the children are a picture. */
  readonly label?: string | undefined;
  readonly children: ComponentChildren;
  onClick(): void;
}

/** A button of the page. */
export function Button({ kind = "plain", disabled, pressed, label, children, onClick }: ButtonProps): JSX.Element {
  return (
    <button
      type="button"
      class={`button button-${kind}`}
      disabled={disabled}
      aria-pressed={pressed}
      aria-label={label}
      title={label}
      onClick={onClick}
    >
      {children}
    </button>
  );
}
