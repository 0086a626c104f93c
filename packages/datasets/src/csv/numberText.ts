/** Numbers as people and spreadsheets write them, with a decimal point or a decimal comma. */

/** The character before a number's fraction. */
export type Decimal = "." | ",";

const plain = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const withComma = /^[+-]?(?:\d+,?\d*|,\d+)(?:[eE][+-]?\d+)?$/;
const groupedByComma = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$/;
const groupedByPoint = /^[+-]?\d{1,3}(?:\.\d{3})+(?:,\d*)?$/;

/** The finite number that `text` is, thousands grouped or not; undefined where it is none. */
export function numberOf(text: string, decimal: Decimal): number | undefined {
  const value = Number(decimal === "." ? withPoint(text) : withPointForComma(text));
  return Number.isFinite(value) ? value : undefined;
}

/** The number in JavaScript's spelling, "NaN" where it is none. */
function withPoint(text: string): string {
  if (plain.test(text)) return text;
  return groupedByComma.test(text) ? text.replaceAll(",", "") : "NaN";
}

function withPointForComma(text: string): string {
  if (withComma.test(text)) return text.replace(",", ".");
  return groupedByPoint.test(text) ? text.replaceAll(".", "").replace(",", ".") : "NaN";
}

const truths: { readonly [word: string]: 0 | 1 } = { true: 1, yes: 1, false: 0, no: 0 };

/** 1 for true and yes, 0 for false and no, in any case; undefined for anything else. */
export function booleanOf(text: string): 0 | 1 | undefined {
  const word = text.toLowerCase();
  return Object.hasOwn(truths, word) ? truths[word] : undefined;
}
