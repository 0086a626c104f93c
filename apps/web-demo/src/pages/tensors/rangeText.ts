/** Ranges as the reader types them, one axis at a time. */
import type { Range } from "@crease/tensor";

/** The range that a text means: nothing or `null` is the whole axis; undefined where it means none. */
export function readRange(text: string): Range | undefined {
  const trimmed = text.trim();
  if (trimmed === "" || trimmed === "null") return null;
  const entry = "(?:null|-?\\d+(?:\\.\\d+)?)";
  if (/^-?\d+$/.test(trimmed)) return Number(trimmed);
  if (!new RegExp(`^\\[\\s*${entry}(?:\\s*,\\s*${entry}){0,3}\\s*\\]$`).test(trimmed)) return undefined;
  return JSON.parse(trimmed) as Range;
}

/** The ranges of all axes without the whole axes at the end; undefined where one means none. */
export function readRanges(texts: readonly string[]): readonly Range[] | undefined {
  const ranges: Range[] = [];
  for (const text of texts) {
    const range = readRange(text);
    if (range === undefined) return undefined;
    ranges.push(range);
  }
  while (ranges.at(-1) === null) ranges.pop();
  return ranges;
}

/** `x.slice([0, 2], null, 1)`, as it runs. */
export function sliceCode(name: string, ranges: readonly Range[]): string {
  return `${name}.slice(${ranges.map((range) => (Array.isArray(range) ? `[${range.map(String).join(", ")}]` : String(range))).join(", ")})`;
}
