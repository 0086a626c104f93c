/** A step of the tour: a text in each language, and code that runs as it is shown. */

/** The languages of the tour. */
export const languages = ["en", "ko"] as const;

/** One of them. */
export type Language = (typeof languages)[number];

/** What a text says in each language. */
export type InLanguages = { readonly [L in Language]: string };

/** A step. */
export interface Step {
  readonly title: InLanguages;
  /** Paragraphs, with blank lines between them. */
  readonly text: InLanguages;
  /** Names that the code takes, by package. */
  readonly imports: { readonly [packageName: string]: readonly string[] };
  /** JavaScript; `show` writes what it is given. */
  readonly code: string;
  /** What the output tells. */
  readonly lesson: InLanguages;
}
