/** Texts as codes: what the tweets' tensor is made of. */

/** Places in a tweet. */
export const tweetLength = 280;
/** Characters of ASCII. */
export const tweetSymbols = 128;

/** The tweets before the reader's own. */
export const tweetTexts: readonly string[] = [
  "A tensor is a container for data, almost always numbers.",
  "Deep learning: uncrumpling paper balls, one fold at a time!",
];

/** The code of each place: that of its character, or -1 for none, or for one that ASCII does not have. */
export function tweetCodes(text: string): number[] {
  const codes = new Array<number>(tweetLength).fill(-1);
  [...text].slice(0, tweetLength).forEach((character, place) => {
    const code = character.codePointAt(0) as number;
    if (code < tweetSymbols) codes[place] = code;
  });
  return codes;
}

/** How many of the characters that fit are not in ASCII. */
export function countOutside(text: string): number {
  return [...text].slice(0, tweetLength).filter((character) => (character.codePointAt(0) as number) >= tweetSymbols)
    .length;
}
