/** Runs side by side, for people in the terminal, as JSON, or as a page. */
import { DataError, suggestName } from "@crease/backend";
import { writeWhole } from "@crease/datasets";
import { comparePage } from "./comparePage.ts";
import { type ExitCode, exitCodes } from "./exitCodes.ts";
import { UsageError } from "./failure.ts";
import { isLoss } from "./isLoss.ts";
import { type Difference, differencesOf } from "./runDifferences.ts";
import { explained } from "./runFolder.ts";
import { type RunHistory, runHistory } from "./runHistory.ts";
import { braillePlot } from "./view/braille.ts";
import { clock, grouped, shortNumber } from "./view/numbers.ts";
import { type Paint, paintFor, type Style } from "./view/paint.ts";

/** What the options ask for. */
export interface CompareSettings {
  readonly sort: string | undefined;
  readonly html: string | undefined;
  readonly json: boolean;
}

const styles: readonly Style[] = ["blue", "yellow", "magenta", "green", "red", "cyan"];
const plotHeight = 8;
const numberWidth = 10;

/** Compares and reports. @throws UsageError for a number that no run has; DataError for folders that are no runs. */
export async function compareRuns(folders: readonly string[], settings: CompareSettings): Promise<ExitCode> {
  const found = await Promise.all(folders.map(runHistory));
  const names = [...new Set(found.flatMap(({ result }) => Object.keys(result)))];
  if (names.length === 0)
    throw new DataError({ op: folders.join(", "), problem: "no epoch has ended yet", fix: "Compare runs later" });
  const runs = sorted(found, settings.sort, names);
  const differences = differencesOf(runs);
  const { stdout } = process;
  if (settings.html !== undefined) {
    const page = comparePage(runs, names, differences);
    await explained(settings.html, () => writeWhole(settings.html as string, new TextEncoder().encode(page)));
  }
  if (settings.json)
    for (const { name, run, parameters, seconds, state, epochs, result } of runs)
      stdout.write(
        `${JSON.stringify({ run: name, state, epochs: epochs.length, seconds, parameters, ...result, config: run.config })}\n`,
      );
  else stdout.write(`${shown(runs, names, differences, paintFor(stdout)).join("\n")}\n`);
  if (settings.html !== undefined) process.stderr.write(`The page is in ${settings.html}.\n`);
  return exitCodes.done;
}

function sorted(runs: readonly RunHistory[], by: string | undefined, names: readonly string[]): readonly RunHistory[] {
  if (by === undefined) return runs;
  if (!names.includes(by)) throw new UsageError(`there is no "${by}" to sort by. ${suggestName(by, names)}.`);
  const direction = isLoss(by) ? 1 : -1;
  const worst = direction * Number.POSITIVE_INFINITY;
  return [...runs].sort((a, b) => direction * ((a.result[by] ?? worst) - (b.result[by] ?? worst)) || 0);
}

function shown(
  runs: readonly RunHistory[],
  names: readonly string[],
  differences: readonly Difference[],
  paint: Paint,
): string[] {
  return [
    ...table(runs, names, paint),
    "",
    ...differenceLines(runs, differences, paint),
    ...curves(runs, names, paint),
  ];
}

/** As many numbers as fit in 80 columns: those of the judgement first, they are what counts. */
function table(runs: readonly RunHistory[], names: readonly string[], paint: Paint): string[] {
  const width = Math.min(Math.max(3, ...runs.map(({ name }) => name.length)), 24);
  const fitting = Math.max(1, Math.floor((78 - width - 6 - 8 - 11) / (numberWidth + 1)));
  const order = (name: string): number => (name.startsWith("test") ? 0 : name.startsWith("val") ? 1 : 2);
  const columns = [...names].sort((a, b) => order(a) - order(b)).slice(0, fitting);
  const cells = (values: readonly string[]): string =>
    values.map((text) => text.slice(0, numberWidth).padStart(numberWidth)).join(" ");
  const head = `  ${"run".padEnd(width)} ${"epochs".padStart(6)} ${"time".padStart(7)} ${"params".padStart(10)} ${cells(columns.map(short))}`;
  const best = columns.map((name) => {
    const values = runs.flatMap(({ result }) => (result[name] === undefined ? [] : [result[name]]));
    return isLoss(name) ? Math.min(...values) : Math.max(...values);
  });
  const lines = runs.map(({ name, epochs, seconds, parameters, result, state }, i) => {
    const numbers = columns.map((column, j) => {
      const value = result[column];
      const text = (value === undefined ? "-" : shortNumber(value)).padStart(numberWidth);
      return value !== undefined && value === best[j] && runs.length > 1 ? paint("bold", text) : text;
    });
    const mark = paint(styles[i % styles.length] as Style, "●");
    const size = parameters === null ? "-" : grouped(parameters);
    const line = `${mark} ${end(name, width)} ${String(epochs.length).padStart(6)} ${clock(seconds).padStart(7)} ${size.padStart(10)} ${numbers.join(" ")}`;
    return state === "done" ? line : `${line} ${paint("yellow", state)}`;
  });
  return [paint("dim", head), ...lines];
}

/** `testAcc.` for `testAccuracy`: a heading as wide as its numbers. */
function short(name: string): string {
  return name.length <= numberWidth ? name : `${name.slice(0, numberWidth - 1)}.`;
}

function differenceLines(runs: readonly RunHistory[], differences: readonly Difference[], paint: Paint): string[] {
  if (runs.length < 2) return [];
  if (differences.length === 0) return ["They have the same settings.", ""];
  const keys = Math.max(...differences.map(({ key }) => key.length));
  const width = Math.max(8, Math.floor((78 - keys) / runs.length) - 2);
  return [
    paint("dim", "What differs"),
    ...differences.map(({ key, values }) => {
      const cells = values.map((value, i) =>
        paint(
          styles[i % styles.length] as Style,
          (value.length <= width ? value : `${value.slice(0, width - 1)}…`).padEnd(width),
        ),
      );
      return `  ${key.padEnd(keys)}  ${cells.join("  ")}`.trimEnd();
    }),
    "",
  ];
}

/** The curve that best tells how training went: of the validation loss where all have it. */
function curves(runs: readonly RunHistory[], names: readonly string[], paint: Paint): string[] {
  const name =
    names.includes("valLoss") && runs.every(({ epochs }) => epochs[0]?.valLoss !== undefined) ? "valLoss" : "loss";
  const series = runs.map(({ epochs }, i) => ({
    points: epochs.map(
      (numbers, epoch) => [epoch + 1, Math.log10(Math.max(numbers[name] ?? Number.NaN, 1e-12))] as const,
    ),
    style: styles[i % styles.length] as Style,
  }));
  const values = series.flatMap(({ points }) => points.map(([, y]) => y)).filter(Number.isFinite);
  const longest = Math.max(...series.map(({ points }) => points.length));
  if (longest < 2 || values.length === 0) return [];
  const y: [number, number] = [Math.min(...values), Math.max(...values)];
  const plot = braillePlot(series, { width: 64, height: plotHeight, x: [1, longest], y, paint });
  const label = (row: number): string =>
    row === 0 ? shortNumber(10 ** y[1]) : row === plotHeight - 1 ? shortNumber(10 ** y[0]) : "";
  return [
    paint("dim", `${name} by epoch, logarithmic`),
    ...plot.map((line, row) => `${label(row).padStart(10)} │${line}`.trimEnd()),
    `${"".padStart(10)} └${"─".repeat(64)}`,
    `${"".padStart(12)}1${String(longest).padStart(63)}`,
  ];
}

/** The end of a path tells more than its beginning. */
function end(text: string, width: number): string {
  return (text.length <= width ? text : `…${text.slice(1 - width)}`).padEnd(width);
}
