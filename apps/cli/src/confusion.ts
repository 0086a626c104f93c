/** Which classes a model takes for which. */
import type { Paint } from "./view/paint.ts";

/** How well a model does on one class. */
export interface ClassResult {
  readonly name: string;
  /** Samples that are of it. */
  readonly samples: number;
  /** The share of what was taken for it that is; null where nothing was. */
  readonly precision: number | null;
  /** The share of its samples that were found; null where there are none. */
  readonly recall: number | null;
  /** The class that it is most often mistaken for, and how often. */
  readonly mistakenFor: readonly [name: string, times: number] | null;
}

/** Columns of a count. */
const cell = 5;
/** So many classes are drawn against each other, more are listed. */
const mostDrawn = 12;
const mostListed = 20;

/** Counts pairs of a true class and a predicted one. */
export class Confusion {
  readonly #names: readonly string[];
  readonly #counts: Float64Array;

  constructor(classes: number, names: readonly string[] = []) {
    this.#names = Array.from({ length: classes }, (_, i) => names[i] ?? String(i));
    this.#counts = new Float64Array(classes * classes);
  }

  /** Adds samples: their true classes and the predicted ones. */
  add(labels: ArrayLike<number>, guesses: ArrayLike<number>): void {
    const size = this.#names.length;
    for (let i = 0; i < labels.length; i++) {
      const at = (labels[i] as number) * size + (guesses[i] as number);
      this.#counts[at] = (this.#counts[at] as number) + 1;
    }
  }

  /** Each class in order. */
  classes(): ClassResult[] {
    return this.#names.map((name, i) => {
      const row = this.#names.map((_, j) => this.#count(i, j));
      const [samples, taken] = [sum(row), sum(this.#names.map((_, j) => this.#count(j, i)))];
      const [worst, times] = row.reduce(
        (most, count, j) => (j !== i && count > most[1] ? ([j, count] as const) : most),
        [-1, 0] as readonly [number, number],
      );
      return {
        name,
        samples,
        precision: taken === 0 ? null : this.#count(i, i) / taken,
        recall: samples === 0 ? null : this.#count(i, i) / samples,
        mistakenFor: worst < 0 ? null : [this.#names[worst] as string, times],
      };
    });
  }

  /** A table of true classes, downwards, against predicted ones where it fits; else the classes that do worst. */
  draw(columns: number, paint: Paint): string {
    const size = this.#names.length;
    const label = Math.min(Math.max(...this.#names.map((name) => name.length)), 16);
    return size <= mostDrawn && 4 + label + cell * size + 9 <= columns
      ? this.#matrix(label, paint)
      : this.#list(Math.min(label + 8, 24), paint);
  }

  #matrix(label: number, paint: Paint): string {
    const results = this.classes();
    const head = this.#names.map((name) => name.slice(0, cell - 1).padStart(cell)).join("");
    const lines = results.map(({ name, recall }, i) => {
      const row = this.#names.map((_, j) => {
        const count = this.#count(i, j);
        const text = (count === 0 ? "·" : String(count)).padStart(cell);
        return count === 0 ? paint("dim", text) : paint(i === j ? "green" : "red", text);
      });
      return `  ${cut(name, label)}  ${row.join("")}  ${percent(recall)}`;
    });
    return [paint("dim", `  ${"".padEnd(label)}  ${head}   found`), ...lines].join("\n");
  }

  #list(label: number, paint: Paint): string {
    const sorted = this.classes()
      .filter(({ samples }) => samples > 0)
      .sort((a, b) => (a.recall as number) - (b.recall as number));
    const lines = sorted.slice(0, mostListed).map(({ name, samples, recall, precision, mistakenFor }) => {
      const mistake = mistakenFor === null ? "" : `${mistakenFor[0].slice(0, 20)} (${mistakenFor[1]})`;
      return `  ${cut(name, label)} ${String(samples).padStart(7)} ${percent(recall)} ${percent(precision)}   ${mistake}`.trimEnd();
    });
    const more = sorted.length > mostListed ? [`  and ${sorted.length - mostListed} that do better`] : [];
    const head = `  ${"".padEnd(label)} samples   found   right   most often mistaken for`;
    return [paint("dim", head), ...lines, ...more].join("\n");
  }

  #count(label: number, guess: number): number {
    return this.#counts[label * this.#names.length + guess] as number;
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function cut(text: string, width: number): string {
  return (text.length <= width ? text : `${text.slice(0, width - 1)}…`).padEnd(width);
}

function percent(value: number | null): string {
  return (value === null ? "-" : `${(value * 100).toFixed(1)}%`).padStart(7);
}
