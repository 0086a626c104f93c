/** The table that is printed: a line for each subject of a case, details below it. */
import { cases } from "./cases.ts";
import type { CaseOutcome } from "./measure.ts";
import type { Result, Summary } from "./results.ts";

const columns = ["subject", "threads", "min", "median", "max", "runs"] as const;

/** The lines of one case. */
export function formatCase(name: Result["case"], { results, absent }: CaseOutcome): string {
  const { metric, unit } = cases[name];
  const rows = results.flatMap((result) => [
    [result.subject, String(result.threads), ...numbersOf(result)],
    ...result.details.map((detail) => [`  ${detail.metric} [${detail.unit}]`, "", ...numbersOf(detail)]),
  ]);
  const table = rows.length === 0 ? [] : align([columns, ...rows]);
  const missing = absent.map(({ subject, threads, reason }) => `${subject} (${threads}): absent, ${reason}`);
  return [`${name}: ${metric} [${unit}]`, ...[...table, ...missing].map((line) => `  ${line}`)].join("\n");
}

function numbersOf({ min, median, max, runs }: Summary): string[] {
  return [...[min, median, max].map(formatNumber), String(runs)];
}

/** Three significant digits at the least, and no more than whole numbers above 1000. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return Math.abs(value) >= 1000 ? Math.round(value).toLocaleString("en-US") : String(Number(value.toPrecision(3)));
}

/** The first column to the left, the others to the right. */
function align(rows: readonly (readonly string[])[]): string[] {
  const widths = columns.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) =>
    row.map((text, i) => (i === 0 ? text.padEnd(widths[i] ?? 0) : text.padStart(widths[i] ?? 0))).join("  "),
  );
}
