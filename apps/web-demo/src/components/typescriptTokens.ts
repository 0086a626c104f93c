/** Splits TypeScript into what is coloured alike: enough for the short programs that pages show. */

/** A piece of a program. */
export interface Token {
  readonly kind: "comment" | "string" | "keyword" | "number" | "type" | "plain";
  readonly text: string;
}

const keywords: ReadonlySet<string> = new Set(
  "import from export const let for of await async new return if else function type class extends true false null undefined".split(
    " ",
  ),
);

const pattern =
  /(?<comment>\/\/.*)|(?<string>"[^"\n]*"|`[^`]*`)|(?<number>\b\d[\d_.]*(?:e[+-]?\d+)?\b)|(?<word>[A-Za-z_$][\w$]*)/g;

/** The tokens in order; joined, their texts are the program. */
export function tokensOf(code: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of code.matchAll(pattern)) {
    if (match.index > end) tokens.push({ kind: "plain", text: code.slice(end, match.index) });
    end = match.index + match[0].length;
    tokens.push({ kind: kindOf(match.groups ?? {}), text: match[0] });
  }
  if (end < code.length) tokens.push({ kind: "plain", text: code.slice(end) });
  return tokens;
}

function kindOf({ comment, string, number, word }: Readonly<Record<string, string | undefined>>): Token["kind"] {
  if (comment !== undefined) return "comment";
  if (string !== undefined) return "string";
  if (number !== undefined) return "number";
  if (word !== undefined && keywords.has(word)) return "keyword";
  return word !== undefined && /^[A-Z]/.test(word) ? "type" : "plain";
}
