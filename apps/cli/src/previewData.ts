/** Some samples of a data set in the terminal: pictures, points, columns of a table, or texts. */
import * as datasets from "@crease/datasets";
import { disposeElement } from "@crease/datasets";
import type { Tensor } from "@crease/tensor";
import { useBackend } from "./backends.ts";
import { dataSets } from "./data/dataSets.ts";
import type { TrainingData } from "./data/trainingData.ts";
import { type ExitCode, exitCodes } from "./exitCodes.ts";
import { braillePlot } from "./view/braille.ts";
import { grouped, plainNumber } from "./view/numbers.ts";
import { type Paint, paintFor, type Style } from "./view/paint.ts";
import { drawPictures } from "./view/pictures.ts";

/** The first samples of a data set's training part. */
interface Sample {
  readonly x: Float32Array;
  readonly y: ArrayLike<number>;
  readonly count: number;
  readonly size: number;
}

const styles: readonly Style[] = ["blue", "yellow", "magenta", "green", "red", "cyan"];
const mostPoints = 1000;

/** Shows what a data set is like. @throws DataError where it cannot be fetched. */
export async function previewData(name: string, count: number | undefined): Promise<ExitCode> {
  await useBackend("cpu");
  const load = await (dataSets[name] as (typeof dataSets)[string]).open();
  const data = await load({ data: name, seed: 0 });
  const { stdout } = process;
  const paint = paintFor(stdout);
  const parts = Object.entries(data.counts).filter(([, n]) => n > 0);
  const columns = stdout.columns || 80;
  const lines = [
    `${paint("bold", name)}  ${dataSets[name]?.summary}`,
    paint("dim", `${parts.map(([part, n]) => `${grouped(n)} ${part}`).join(", ")} samples; ${aimOf(data)}`),
    "",
    ...(await bodyOf(data, count, columns, paint)),
  ];
  stdout.write(`${lines.join("\n")}\n`);
  return exitCodes.done;
}

function aimOf({ task }: TrainingData): string {
  if (task.kind === "numbers") return "a number is to be predicted";
  return `${task.classes} classes${task.names === undefined || task.classes > 10 ? "" : `: ${task.names.join(", ")}`}`;
}

async function bodyOf(
  data: TrainingData,
  count: number | undefined,
  columns: number,
  paint: Paint,
): Promise<readonly string[]> {
  const { input, inputShape } = data;
  if (input.kind === "words") return texts(data.name as "imdb" | "reuters", data, count ?? 3, columns, paint);
  if (input.kind === "image") {
    const { width, height, channels } = input;
    const { x, y, size, count: n } = await sampleOf(data, count ?? 6);
    const pictures = Array.from({ length: n }, (_, i) => ({
      ...{ width, height, channels, pixels: x.subarray(i * size, (i + 1) * size) },
      title: classOf(data, y[i] as number),
    }));
    return drawPictures(pictures, columns, process.stdout.isTTY === true ? process.stdout.getColorDepth() : 1);
  }
  if (inputShape.length === 1 && inputShape[0] === 2) return plane(await sampleOf(data, mostPoints), data, paint);
  return table(await sampleOf(data, 100_000), data, count ?? 5, paint);
}

async function sampleOf(data: TrainingData, count: number): Promise<Sample> {
  for await (const element of data.batches("train", Math.min(count, data.counts.train))) {
    const [x, y] = element as readonly [Tensor, Tensor];
    const n = x.shape[0] as number;
    const sample = {
      x: (await x.data()) as Float32Array,
      y: (await y.data()) as ArrayLike<number>,
      count: n,
      size: x.size / n,
    };
    disposeElement(element);
    return sample;
  }
  return { x: new Float32Array(0), y: [], count: 0, size: 0 };
}

function classOf({ task }: TrainingData, y: number): string {
  return task.kind === "classes" ? (task.names?.[y] ?? String(y)) : plainNumber(y);
}

/** Points in the plane, a colour for each class. */
function plane({ x, y, count }: Sample, data: TrainingData, paint: Paint): string[] {
  const xs = Array.from({ length: count }, (_, i) => x[2 * i] as number);
  const ys = Array.from({ length: count }, (_, i) => x[2 * i + 1] as number);
  const series = xs.map((at, i) => ({
    points: [[at, ys[i] as number]] as const,
    style: styles[(y[i] as number) % styles.length] as Style,
  }));
  const ends = (values: readonly number[]): readonly [number, number] => [Math.min(...values), Math.max(...values)];
  const plot = braillePlot(series, { width: 64, height: 20, x: ends(xs), y: ends(ys), paint });
  const classes = data.task.kind === "classes" ? data.task.classes : 0;
  const legend = Array.from({ length: classes }, (_, i) => paint(styles[i % styles.length] as Style, `class ${i}`));
  return [...plot.map((line) => `  ${line}`.trimEnd()), "", `  ${legend.join("  ")}`];
}

/** A line for each column: its ends, how it is spread between them, and the first rows. */
function table({ x, y, count, size }: Sample, data: TrainingData, rows: number, paint: Paint): string[] {
  const { input } = data;
  const { mean, stddev } = input.kind === "array" ? input : {};
  const set = (datasets as unknown as { readonly [name: string]: { readonly featureNames?: readonly string[] } })[
    data.name
  ];
  const names = Array.from({ length: size }, (_, i) => set?.featureNames?.[i] ?? `column ${i + 1}`);
  const value = (row: number, column: number): number => {
    const deviation = stddev?.[column] || 1;
    const original = (x[row * size + column] as number) * deviation + (mean?.[column] ?? 0);
    // What float32 leaves of 0.
    return Math.abs(original) < 1e-5 * deviation ? 0 : original;
  };
  const width = Math.min(Math.max(...names.map((name) => name.length)), 22);
  const shown = Math.min(rows, count, Math.floor((80 - width - 34) / 8) || 1);
  const head = [
    "".padEnd(width),
    "   least",
    "".padEnd(10),
    "    most",
    ...Array.from({ length: shown }, (_, i) => `row ${i + 1}`.padStart(7)),
  ];
  const lines = names.map((name, column) => {
    const values = Array.from({ length: count }, (_, row) => value(row, column));
    const [least, most] = [Math.min(...values), Math.max(...values)];
    const firsts = values.slice(0, shown).map((one) => short(one).padStart(7));
    const cells = [
      name.slice(0, width).padEnd(width),
      short(least).padStart(8),
      paint("cyan", spread(values, least, most)),
      short(most).padStart(8),
    ];
    return [...cells, ...firsts].join(" ");
  });
  const targets = Array.from({ length: shown }, (_, i) =>
    classOf(data, y[i] as number)
      .slice(0, 7)
      .padStart(7),
  );
  const last = [paint("bold", "target".padEnd(width)), "".padEnd(8), "".padEnd(10), "".padEnd(8), ...targets].join(" ");
  return [paint("dim", head.join(" ")), ...lines, last];
}

/** A number in seven characters. */
function short(value: number): string {
  return String(Number(value.toPrecision(4))).slice(0, 7);
}

const levels = " ▁▂▃▄▅▆▇█";

/** Ten bars. */
function spread(values: readonly number[], least: number, most: number): string {
  const counts = new Array<number>(10).fill(0);
  for (const value of values) {
    const bin = Math.min(9, Math.floor(((value - least) / (most - least || 1)) * 10));
    counts[bin] = (counts[bin] as number) + 1;
  }
  const highest = Math.max(...counts);
  return counts.map((n) => levels[n === 0 ? 0 : Math.max(1, Math.round((8 * n) / highest))]).join("");
}

/** The beginnings of some texts in their words. */
async function texts(
  name: "imdb" | "reuters",
  data: TrainingData,
  count: number,
  columns: number,
  paint: Paint,
): Promise<string[]> {
  const { loadData, getWordIndex } = name === "imdb" ? datasets.imdb : datasets.reuters;
  const [[train, labels]] = await loadData();
  const index = await getWordIndex();
  const words = new Map(Array.from(index, ([word, number]) => [number + 3, word]));
  const y = (await labels.data()) as ArrayLike<number>;
  return train.slice(0, count).flatMap((text, i) => {
    const all = text
      .slice(1)
      .map((word) => words.get(word) ?? "…")
      .join(" ");
    return [
      paint("bold", classOf(data, y[i] as number)),
      ...foldedTo(all.slice(0, 4 * columns), columns - 2).map((line) => `  ${line}`),
      "",
    ];
  });
}

function foldedTo(text: string, width: number): string[] {
  return (text.match(new RegExp(`.{1,${width}}(?:\\s|$)`, "g")) ?? [text]).map((line) => line.trimEnd());
}
