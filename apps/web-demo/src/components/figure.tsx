/** A figure with its caption. */
import type { ComponentChildren, JSX } from "preact";
import { Rich } from "./rich.tsx";

/** What a figure shows. */
export interface FigureProps {
  /** Markup as in `Rich`. */
  readonly caption?: string | undefined;
  /** Wider than the text; default false. */
  readonly wide?: boolean;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** Puts its children on a sheet of their own. */
export function Figure({ caption, wide = false, class: extra = "", children }: FigureProps): JSX.Element {
  return (
    <figure class={`figure${wide ? " wide" : ""} ${extra}`}>
      {children}
      {caption !== undefined && (
        <figcaption>
          <Rich text={caption} />
        </figcaption>
      )}
    </figure>
  );
}
