/** The colours of the style sheet, for canvases and charts. */

/** Colours by the names that `styles/tokens.css` gives them. */
export interface Palette {
  readonly paper: string;
  readonly surface: string;
  readonly ink: string;
  readonly inkSoft: string;
  readonly line: string;
  readonly accent: string;
  /** Colours that can be told apart, also by those who do not see red or green. */
  readonly series: readonly string[];
}

/** The colours of the scheme in use. */
export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    paper: read("paper"),
    surface: read("surface"),
    ink: read("ink"),
    inkSoft: read("ink-soft"),
    line: read("line"),
    accent: read("accent"),
    series: Array.from({ length: 6 }, (_, i) => read(`series-${i + 1}`)),
  };
}
