/** The two languages of the pages, and which one a reader gets. */

/** Codes as `lang` attributes have them. */
export const languages = ["en", "ko"] as const;

/** A language of the pages. */
export type Language = (typeof languages)[number];

/** The language that was chosen before, else the first of the browser's that there is, else English. */
export function chooseLanguage(stored: string | null, preferred: readonly string[]): Language {
  const known = (tag: string | null): Language | undefined =>
    languages.find((language) => tag?.toLowerCase().split("-")[0] === language);
  for (const tag of [stored, ...preferred]) {
    const language = known(tag);
    if (language !== undefined) return language;
  }
  return "en";
}
