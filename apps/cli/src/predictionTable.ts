/** Predictions as a table for people, or as JSON or CSV for programs. */
import { drawDigits } from "./digits.ts";
import type { InputBatch } from "./predictInputs.ts";
import type { Task } from "./task.ts";
import { shortNumber } from "./view/numbers.ts";
import { type Paint, paintFor } from "./view/paint.ts";

/** How predictions are written. */
export type TableForm = "table" | "json" | "csv";

/** What of them is written. */
export interface TableSettings {
  readonly form: TableForm;
  /** Classes named for each input. */
  readonly top: number;
}

/** Up to so many digits are drawn. */
const mostDrawn = 12;
const barWidth = 10;
const longestName = 36;

/** Writes predictions as they come. */
export class PredictionTable {
  readonly #stream: NodeJS.WriteStream;
  readonly #task: Task;
  readonly #settings: TableSettings;
  readonly #paint: Paint;
  readonly #classes: readonly string[];
  #isBegun = false;
  #nameWidth = 0;
  #drawn: Parameters<typeof drawDigits>[0][number][] = [];

  constructor(stream: NodeJS.WriteStream, task: Task, settings: TableSettings) {
    this.#stream = stream;
    this.#task = task;
    this.#settings = settings;
    this.#paint = paintFor(stream);
    this.#classes =
      task.kind === "classes" ? Array.from({ length: task.classes }, (_, i) => task.names?.[i] ?? String(i)) : [];
  }

  /** Writes a batch: `width` outputs for each of its inputs. */
  add({ names, digits }: InputBatch, outputs: Float32Array, width: number): void {
    if (!this.#isBegun) this.#begin(names, width);
    const draws = digits !== undefined && this.#settings.form === "table" && this.#stream.isTTY === true;
    const lines = names.map((name, i) => {
      const row = outputs.subarray(i * width, (i + 1) * width);
      if (draws && width === 10 && this.#drawn.length <= mostDrawn)
        this.#drawn.push({
          pixels: digits.subarray(i * 784, (i + 1) * 784),
          label: undefined,
          probabilities: row,
          title: name.split(/[/\\]/).at(-1) as string,
        });
      return this.#line(name, row);
    });
    this.#stream.write(`${lines.join("\n")}\n`);
  }

  /** Draws the digits below the table, where they are few and somebody looks. */
  end(): void {
    if (this.#drawn.length === 0 || this.#drawn.length > mostDrawn) return;
    const columns = this.#stream.columns || 80;
    this.#stream.write(`\n${drawDigits(this.#drawn, columns, this.#stream.hasColors())}\n`);
  }

  #begin(names: readonly string[], width: number): void {
    this.#isBegun = true;
    const least = this.#task.kind === "numbers" || this.#stream.isTTY !== true ? 4 : 0;
    this.#nameWidth = Math.min(Math.max(least, ...names.map((name) => name.length)), longestName);
    if (this.#settings.form !== "csv") return;
    const columns =
      this.#task.kind === "classes"
        ? ["prediction", "probability", ...this.#classes]
        : Array.from({ length: width }, (_, i) => (width === 1 ? "prediction" : `prediction${i + 1}`));
    this.#stream.write(`${["input", ...columns].map(csvCell).join(",")}\n`);
  }

  #line(input: string, outputs: Float32Array): string {
    const { form } = this.#settings;
    if (this.#task.kind === "numbers") return this.#numberLine(input, Array.from(outputs));
    const probabilities = outputs.length === 1 ? [1 - (outputs[0] as number), outputs[0] as number] : [...outputs];
    const ranked = probabilities
      .map((probability, i) => ({ name: this.#classes[i] ?? String(i), probability }))
      .sort((a, b) => b.probability - a.probability);
    const [best] = ranked as [(typeof ranked)[number]];
    if (form === "csv") return [input, best.name, best.probability, ...probabilities].map(csvCell).join(",");
    if (form === "json") {
      const top = ranked.slice(0, this.#settings.top).map(({ name, probability }) => ({ class: name, probability }));
      return JSON.stringify({ input, class: best.name, probability: best.probability, top });
    }
    const length = Math.round(best.probability * barWidth) || 0;
    const bar = `${"■".repeat(length)}${this.#paint("dim", "·".repeat(barWidth - length))}`;
    const others = ranked
      .slice(1, this.#settings.top)
      .map(({ name, probability }) => `${name} ${percent(probability)}`)
      .join(", ");
    const widest = Math.min(Math.max(...this.#classes.map((name) => name.length)), 20);
    const name = this.#paint("bold", best.name.padEnd(widest));
    return `${this.#named(input)}  ${name}  ${bar} ${percent(best.probability).padStart(6)}  ${this.#paint("dim", others)}`.trimEnd();
  }

  #numberLine(input: string, outputs: readonly number[]): string {
    const { form } = this.#settings;
    if (form === "csv") return [input, ...outputs].map(csvCell).join(",");
    if (form === "json")
      return JSON.stringify({ input, ...(outputs.length === 1 ? { value: outputs[0] } : { values: outputs }) });
    return `${this.#named(input)}  ${outputs.map((value) => this.#paint("bold", shortNumber(value).padStart(9))).join(" ")}`;
  }

  /** The end of a path tells more than its beginning. */
  #named(input: string): string {
    const width = this.#nameWidth;
    const shown = input.length <= width ? input : `…${input.slice(1 - width)}`;
    return /^\d+$/.test(input) ? shown.padStart(Math.max(width, 4)) : shown.padEnd(width);
  }
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}

function csvCell(value: string | number): string {
  const text = String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
