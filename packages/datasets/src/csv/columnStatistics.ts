/** What is gathered of one column while a CSV is read: enough to tell its type, its classes and its statistics. */
import { booleanOf, type Decimal, numberOf } from "./numberText.ts";

/** Mean, deviation and range of numbers, by Welford's method. */
export class Spread {
  count = 0;
  mean = 0;
  min: number = Number.POSITIVE_INFINITY;
  max: number = Number.NEGATIVE_INFINITY;
  #squares = 0;

  /** Takes one number. */
  add(value: number): void {
    this.count++;
    const delta = value - this.mean;
    this.mean += delta / this.count;
    this.#squares += delta * (value - this.mean);
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
  }

  /** Square root of the mean squared distance from the mean. */
  get stddev(): number {
    return this.count === 0 ? 0 : Math.sqrt(this.#squares / this.count);
  }
}

/** A cell and its line. */
export interface Place {
  readonly cell: string;
  readonly line: number;
}

/** The cells of a column as numbers written in one way. */
class Reading {
  /** Of the training rows. */
  readonly spread: Spread = new Spread();
  /** Cells that are numbers. */
  count = 0;
  /** True as long as no number was written as a fraction or too large to be exact. */
  isWhole = true;
  /** The first cell that is no number. */
  firstOther: Place | undefined;

  take(cell: string, line: number, value: number | undefined, isTraining: boolean): void {
    if (value === undefined) {
      this.firstOther ??= { cell, line };
      return;
    }
    this.count++;
    if (this.isWhole && !Number.isSafeInteger(value)) this.isWhole = false;
    if (isTraining) this.spread.add(value);
  }
}

/** Gathers one column. */
export class ColumnStatistics {
  readonly readings: { readonly [D in Decimal]: Reading } = { ".": new Reading(), ",": new Reading() };
  /** Of cells that are true, false, yes or no, over the training rows. */
  readonly truths: Spread = new Spread();
  /** The different cells; one more than the limit stands for too many. */
  readonly values: Set<string> = new Set();
  missing = 0;
  present = 0;
  /** The first cell that is neither true, false, yes nor no. */
  firstOther: Place | undefined;
  /** Cells that are a number only with a decimal point, and only with a decimal comma. */
  readonly only: { [D in Decimal]: number } = { ".": 0, ",": 0 };

  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Takes a cell that is not missing. */
  take(cell: string, line: number, isTraining: boolean): void {
    this.present++;
    const point = numberOf(cell, ".");
    const comma = numberOf(cell, ",");
    if (point === undefined && comma !== undefined) this.only[","]++;
    if (point !== undefined && comma === undefined) this.only["."]++;
    this.readings["."].take(cell, line, point, isTraining);
    this.readings[","].take(cell, line, comma, isTraining);
    const truth = booleanOf(cell);
    if (truth === undefined) this.firstOther ??= { cell, line };
    else if (isTraining) this.truths.add(truth);
    // A copy: a slice would hold on to the whole text that it was cut from.
    if (this.values.size <= this.#limit && !this.values.has(cell)) this.values.add(Array.from(cell).join(""));
  }

  /** True where there are more different cells than the limit. */
  get overflows(): boolean {
    return this.values.size > this.#limit;
  }
}
