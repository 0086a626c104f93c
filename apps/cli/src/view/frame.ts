/** The live view as lines of text: what a training looks like at one moment. */
import { stripVTControlCharacters } from "node:util";
import { braillePlot, type PlotSeries } from "./braille.ts";
import { bytes, clock, duration, grouped, shortNumber } from "./numbers.ts";
import { type Paint, plain } from "./paint.ts";

/** One number while training and, where there is one, over the validation data. */
export interface Chart {
  readonly name: string;
  readonly training: readonly (readonly [epoch: number, value: number])[];
  readonly validation: readonly (readonly [epoch: number, value: number])[];
}

/** All that the view shows. */
export interface Progress {
  readonly title: string;
  readonly place: string;
  readonly folder: string;
  readonly state: "starting" | "training" | "validating" | "paused" | "stopping" | "stopped" | "done";
  /** The epoch under way, from 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** The epoch that the curves begin with, from 0. */
  readonly firstEpoch: number;
  readonly step: number;
  readonly steps: number | undefined;
  /** The newest numbers by name. */
  readonly numbers: Readonly<Record<string, number>>;
  readonly charts: readonly Chart[];
  readonly learningRate: number;
  /** Samples and steps a second, of late; undefined before the first. */
  readonly samplesPerSecond: number | undefined;
  readonly secondsPerStep: number | undefined;
  readonly memory: number;
  readonly elapsed: number;
  readonly left: number | undefined;
  /** What was best, in words. */
  readonly best: string;
}

/** Where it is shown. */
export interface FrameSize {
  readonly columns: number;
  readonly rows: number;
  readonly paint: Paint;
  /** Whether keys are listened to, and so listed. */
  readonly hasKeys: boolean;
}

const margin = 1;
/** Characters left of a plot: its labels and axis. */
const labelWidth = 8;
const leastPlotHeight = 3;
const leastChartWidth = 34;
const gap = 2;

/** The view in at most `rows` lines of less than `columns` characters: none reaches the edge, where terminals wrap. */
export function frameOf(progress: Progress, size: FrameSize): string[] {
  const width = Math.max(size.columns - 2 * margin, 1);
  const top = [
    headline(progress, width, size),
    barLine(progress, width, size),
    "",
    ...numberLines(progress, width, size),
  ];
  const bottom = [...statLines(progress, width), ...(size.hasKeys ? ["", keyLine(progress, width, size)] : [])];
  const room = size.rows - top.length - bottom.length - 2;
  const middle = chartLines(progress, width, room, size);
  const lines = middle.length === 0 ? [...top, "", ...bottom] : [...top, "", ...middle, "", ...bottom];
  return lines.slice(0, size.rows).map((line) => cut(`${" ".repeat(margin)}${line}`, size.columns - 1).trimEnd());
}

function headline({ title, place, state, epoch, epochs }: Progress, width: number, { paint }: FrameSize): string {
  const color = state === "paused" || state.startsWith("stop") ? "yellow" : state === "done" ? "green" : "cyan";
  const right = `epoch ${Math.max(epoch, 1)}/${epochs}  ${paint(color, `● ${state}`)}`;
  return spread(`${paint("bold", title)}  ${paint("dim", place)}`, right, width);
}

function barLine({ step, steps, epoch, epochs, state }: Progress, width: number, { paint }: FrameSize): string {
  const inEpoch = steps === undefined || steps === 0 ? 0 : Math.min(step / steps, 1);
  const done = epochs === 0 ? 0 : Math.min((Math.max(epoch - 1, 0) + inEpoch) / epochs, 1);
  const right = `${String(step).padStart(String(steps ?? step).length)}/${steps ?? "?"}  ${String(Math.floor(done * 100)).padStart(3)}%`;
  const length = Math.max(width - right.length - 2, 0);
  // The whole training, the epoch's share of it brighter.
  const full = Math.round(done * length);
  const before = Math.min(Math.round((Math.max(epoch - 1, 0) / Math.max(epochs, 1)) * length), full);
  const bar =
    state === "done"
      ? paint("green", "━".repeat(full))
      : paint("blue", "━".repeat(before)) + paint("cyan", "━".repeat(full - before));
  return `${bar}${paint("dim", "─".repeat(length - full))}  ${right}`;
}

function numberLines({ numbers }: Progress, width: number, { paint }: FrameSize): string[] {
  const parts = Object.entries(numbers).map(
    ([name, value]) => `${paint("dim", name)} ${paint("bold", shortNumber(value))}`,
  );
  return parts.length === 0 ? [paint("dim", "waiting for the first step")] : flow(parts, "   ", width).slice(0, 2);
}

function statLines(progress: Progress, width: number): string[] {
  const { learningRate, samplesPerSecond, secondsPerStep, memory, elapsed, left, best } = progress;
  const parts = [
    `learning rate ${learningRate > 0 && learningRate < 1e-4 ? learningRate.toExponential(1) : Number(learningRate.toPrecision(3))}`,
    samplesPerSecond === undefined ? "" : `${grouped(samplesPerSecond)} samples/s`,
    secondsPerStep === undefined ? "" : `${duration(secondsPerStep)}/step`,
    `memory ${bytes(memory)}`,
    `elapsed ${clock(elapsed)}`,
    left === undefined ? "" : `left ${clock(left)}`,
    best,
  ];
  return flow(
    parts.filter((part) => part !== ""),
    "   ",
    width,
  ).slice(0, 3);
}

function keyLine({ folder, state }: Progress, width: number, { paint }: FrameSize): string {
  const key = (letter: string, does: string): string => `${paint("bold", letter)} ${paint("dim", does)}`;
  const keys = [
    key("p", state === "paused" ? "go on" : "pause"),
    key("s", "stop and keep"),
    key("n", "next epoch"),
    key("^C", "stop"),
  ];
  return spread(keys.join("   "), paint("dim", folder), width);
}

/** Plots side by side in `room` lines, as many as fit; none where there is no room. */
function chartLines(
  { charts, firstEpoch, epoch, step, steps }: Progress,
  width: number,
  room: number,
  size: FrameSize,
): string[] {
  const height = Math.min(room - 2, 16);
  const count = Math.min(charts.length, Math.max(Math.floor((width + gap) / (leastChartWidth + gap)), 1), 3);
  if (height < leastPlotHeight || count === 0 || width < leastChartWidth) return [];
  const chartWidth = Math.floor((width - gap * (count - 1)) / count);
  const now = Math.max(epoch - 1, firstEpoch) + (steps === undefined || steps === 0 ? 1 : step / steps);
  const x: readonly [number, number] = [firstEpoch, Math.max(now, firstEpoch + 1e-3)];
  const drawn = charts.slice(0, count).map((chart) => drawChart(chart, chartWidth, height, x, size.paint));
  return Array.from({ length: height + 2 }, (_, i) =>
    drawn.map((lines) => padded(lines[i] ?? "", chartWidth)).join(" ".repeat(gap)),
  );
}

function drawChart(chart: Chart, width: number, height: number, x: readonly [number, number], paint: Paint): string[] {
  const { name, training, validation } = chart;
  const plotWidth = width - labelWidth;
  const values = [...training, ...validation].map(([, value]) => value);
  const y = rangeOf(values);
  const inside = ([epoch, value]: readonly [number, number]): readonly [number, number] => [
    epoch,
    Math.min(Math.max(value, y[0]), y[1]),
  ];
  // Marks tell the two apart without colours; where there are many points colours do.
  const isDense = validation.length > plotWidth / 3 && paint !== plain;
  const series: PlotSeries[] = [
    { points: training.map(inside), style: "cyan" },
    { points: validation.map(inside), style: "yellow", ...(isDense ? {} : { mark: "•" }) },
  ];
  const rows = braillePlot(series, { width: plotWidth, height, x, y, paint });
  const label = (i: number): string => {
    if (values.length === 0) return "";
    return i === 0 ? shortNumber(y[1]) : i === height - 1 ? shortNumber(y[0]) : "";
  };
  const title = `${" ".repeat(labelWidth)}${paint("bold", name)}`;
  const legends = [
    `${paint("cyan", "training")}${validation.length === 0 ? "" : ` ${paint("yellow", "• validation")}`}`,
    validation.length === 0 ? "" : paint("yellow", "• valid."),
  ];
  const legend = legends.find((text) => lengthOf(title) + 1 + lengthOf(text) <= width) ?? "";
  return [
    spread(title, legend, width),
    ...rows.map(
      (row, i) => `${paint("dim", `${label(i).padStart(labelWidth - 2)} ${label(i) === "" ? "│" : "┤"}`)}${row}`,
    ),
    `${" ".repeat(labelWidth - 1)}${paint("dim", `└${axis(plotWidth, x)}`)}`,
  ];
}

/** What a plot spans: all values, but for few at the beginning or the end that are far away from the others. */
function rangeOf(values: readonly number[]): readonly [least: number, most: number] {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] as number;
  if (sorted.length === 0) return [0, 1];
  const [least, low, high, most] = [at(0), at(0.05), at(0.95), at(1)];
  const spread = high - low;
  const bottom = spread > 0 && least < low - spread ? low - spread / 4 : least;
  const top = spread > 0 && most > high + spread ? high + spread / 4 : most;
  const spare = top > bottom ? 0 : Math.abs(top) * 0.05 || 1;
  return [bottom - spare, top + spare];
}

/** The axis below a plot with the epochs at its ends. */
function axis(width: number, [first, last]: readonly [number, number]): string {
  const [left, right] = [` ${first} `, ` epoch ${Number(last.toFixed(1))} `];
  const between = width - left.length - right.length;
  return between < 0 ? "─".repeat(width) : `${left}${"─".repeat(between)}${right}`;
}

/** Two texts at the two ends of a line; the right one goes where there is no room. */
function spread(left: string, right: string, width: number): string {
  const space = width - lengthOf(left) - lengthOf(right);
  return space >= 1 ? `${left}${" ".repeat(space)}${right}` : left;
}

/** Parts one after the other in as many lines as they need. */
function flow(parts: readonly string[], between: string, width: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const line = lines.at(-1);
    if (line === undefined || lengthOf(line) + between.length + lengthOf(part) > width) lines.push(part);
    else lines[lines.length - 1] = `${line}${between}${part}`;
  }
  return lines;
}

function lengthOf(text: string): number {
  return stripVTControlCharacters(text).length;
}

function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(width - lengthOf(text), 0));
}

/** Text cut to `columns` characters; one that is too long loses its colours. */
function cut(text: string, columns: number): string {
  if (lengthOf(text) <= columns) return text;
  return columns < 1 ? "" : `${stripVTControlCharacters(text).slice(0, columns - 1)}…`;
}
