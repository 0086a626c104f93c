/** Texts as lists of tokens: what is done to each before its tokens are looked up. */

/** How texts are made alike, by name or by a function of one text. */
export type Standardize = "lowerAndStripPunctuation" | "lower" | "stripPunctuation" | ((text: string) => string);
/** How a text becomes tokens, by name or by a function of one text. */
export type Split = "whitespace" | "character" | ((text: string) => readonly string[]);

/** The names of ways to make texts alike. */
export const standardizeNames: readonly string[] = ["lowerAndStripPunctuation", "lower", "stripPunctuation"];
/** The names of ways to split them. */
export const splitNames: readonly string[] = ["whitespace", "character"];

/** Only A to Z become small, and only ASCII punctuation goes, as in TensorFlow; null changes nothing. */
export function standardized(text: string, how: Standardize | null): string {
  if (typeof how === "function") return how(text);
  const lower = how === "lower" || how === "lowerAndStripPunctuation";
  const small = lower ? text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : text;
  const bare = how === "stripPunctuation" || how === "lowerAndStripPunctuation";
  return bare ? small.replace(/[!-/:-@[-`{-~]/g, "") : small;
}

/** The tokens of a text: what stands between ASCII white space, or each character. */
export function splitText(text: string, how: Split): readonly string[] {
  if (typeof how === "function") return how(text);
  return how === "character" ? [...text] : text.split(/[ \t\n\v\f\r]+/).filter((token) => token !== "");
}

/** For each width, all runs of that many tokens, joined with spaces. */
export function ngramsOf(tokens: readonly string[], widths: readonly number[]): string[] {
  return widths.flatMap((width) =>
    Array.from({ length: Math.max(tokens.length - width + 1, 0) }, (_, i) => tokens.slice(i, i + width).join(" ")),
  );
}
