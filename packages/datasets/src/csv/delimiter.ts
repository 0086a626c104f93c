/** The character between the cells of a CSV, found by trying. */
import { RecordParser } from "./records.ts";

/** The first that divides all lines alike wins: a comma last but one, as it also stands in numbers. */
const candidates = ["\t", ";", ",", "|"] as const;
const enough = 100;

/** The delimiter that a line `sep=;` at the beginning names, as Excel writes it. */
export function namedDelimiter(text: string): string | undefined {
  return /^sep=(.)(?:\r\n|\r|\n)/i.exec(text)?.[1];
}

/**
 * The delimiter of a text of which `start` is the beginning: of those that give most records the same number of cells,
 * more than one, the one that does so for the most records. A comma where none does.
 */
export function findDelimiter(start: string, isWhole: boolean): string {
  let best = ",";
  let bestShare = 0;
  for (const delimiter of candidates) {
    const share = sharedWidth(start, isWhole, delimiter);
    if (share > bestShare) {
      best = delimiter;
      bestShare = share;
    }
  }
  return best;
}

/** The share of records that have the commonest number of cells, 0 where that is one. */
function sharedWidth(start: string, isWhole: boolean, delimiter: string): number {
  const parser = new RecordParser("", "", delimiter);
  const widths: number[] = [];
  try {
    widths.push(...parser.push(start).rows.map((row) => row.length));
    if (isWhole) widths.push(...parser.end().rows.map((row) => row.length));
  } catch {
    // With a wrong delimiter, quotes may seem misplaced; with the right one, reading says so.
  }
  const seen = widths.slice(0, enough);
  const counts = new Map<number, number>();
  for (const width of seen) counts.set(width, (counts.get(width) ?? 0) + 1);
  const [width = 1, count = 0] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  return width === 1 ? 0 : count / seen.length;
}
