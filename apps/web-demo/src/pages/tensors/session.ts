/** The state of page 2: what the reader typed, and what the worker made of it. */

import type { Range } from "@crease/tensor";
import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { Compute } from "../../compute/compute.ts";
import { Latest } from "../../compute/latest.ts";
import type { Part, Source, Whole } from "./calls.ts";
import { readRanges } from "./rangeText.ts";

/** A tensor, its slice as typed, and both as computed. */
export class Exhibit {
  readonly source: Signal<Source>;
  /** One text for each axis. */
  readonly fields: Signal<readonly string[]>;
  /** Undefined while a field means nothing. */
  readonly ranges: ReadonlySignal<readonly Range[] | undefined> = computed(() => readRanges(this.fields.value));
  readonly whole: Latest<Source, Whole>;
  readonly part: Latest<{ readonly source: Source; readonly ranges: readonly Range[] }, Part>;

  constructor(compute: Compute<"tensors">, source: Source, fields: readonly string[]) {
    this.source = signal(source);
    this.fields = signal(fields);
    this.whole = new Latest((input) => compute.call("whole", input));
    this.part = new Latest((input) => compute.call("part", input));
    effect(() => this.whole.ask(this.source.value));
    effect(() => {
      const ranges = this.ranges.value;
      if (ranges !== undefined) this.part.ask({ source: this.source.value, ranges });
    });
  }

  /** Sets the text of one axis. */
  setField(axis: number, text: string): void {
    this.fields.value = this.fields.peek().map((old, i) => (i === axis ? text : old));
  }

  /** Asks anew, after the worker was started again. */
  refresh(): void {
    this.whole.ask(this.source.peek());
    const ranges = this.ranges.peek();
    if (ranges !== undefined) this.part.ask({ source: this.source.peek(), ranges });
  }
}

/** The exhibits in the page's order. */
export class TensorsSession {
  readonly compute: Compute<"tensors"> = new Compute("tensors");
  readonly scalarText: Signal<string> = signal("12");
  readonly vectorText: Signal<string> = signal("12, 3, 6, 14, 7");
  readonly scalar: Exhibit = this.#exhibit({ kind: "scalar", value: 12 }, []);
  readonly vector: Exhibit = this.#exhibit({ kind: "vector", values: [12, 3, 6, 14, 7] }, ["[1, 4]"]);
  readonly matrix: Exhibit = this.#exhibit({ kind: "matrix" }, ["[1, 3]", "[0, 2]"]);
  readonly stock: Exhibit = this.#exhibit({ kind: "stock" }, ["[120, 183]", "null", "0"]);
  readonly tweets: Exhibit;
  readonly images: Exhibit = this.#exhibit({ kind: "images", own: undefined }, ["1", "[20, 95]", "[30, 130]", "null"]);
  readonly video: Exhibit = this.#exhibit({ kind: "video" }, ["0", "[0, 12]", "null", "null", "null"]);

  constructor(tweet: string) {
    this.tweets = this.#exhibit({ kind: "tweets", text: tweet }, ["2", "[0, 40]", "null"]);
  }

  /** After the worker was started again. */
  restarted(): void {
    const { scalar, vector, matrix, stock, tweets, images, video } = this;
    for (const exhibit of [scalar, vector, matrix, stock, tweets, images, video]) exhibit.refresh();
  }

  #exhibit(source: Source, fields: readonly string[]): Exhibit {
    return new Exhibit(this.compute, source, fields);
  }
}
