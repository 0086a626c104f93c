/** The batches of one epoch after the other. */
import type { Dataset } from "@crease/datasets";
import type { Batch } from "./batch.ts";
import { noBatches } from "./noBatches.ts";

/** So many batches of a pass have been given. */
interface Position {
  readonly number: number;
  readonly taken: number;
}

/**
 * Without `stepsPerEpoch` an epoch is one pass over the data. With it an epoch has so many batches, the next one goes
 * on where it ended, and a new pass begins wherever one ends (Keras 3 `steps_per_epoch`).
 */
export class Feed {
  readonly #data: Dataset;
  readonly #stepsPerEpoch: number | undefined;
  #nextPass: number;
  /** Batches that the pass under way has given. */
  #taken = 0;
  #pass: AsyncGenerator<Batch, void, undefined> | undefined;

  constructor(data: Dataset, stepsPerEpoch: number | undefined, initialEpoch: number) {
    this.#data = data;
    this.#stepsPerEpoch = stepsPerEpoch;
    this.#nextPass = initialEpoch;
  }

  /** Batches in an epoch, where it is known. */
  get steps(): number | undefined {
    return this.#stepsPerEpoch ?? this.#data.size;
  }

  /** Where the passes stand that `stepsPerEpoch` cuts anew: `taken` batches of pass `number`, counted from 0. */
  get position(): Position {
    return this.#pass === undefined
      ? { number: this.#nextPass, taken: 0 }
      : { number: this.#nextPass - 1, taken: this.#taken };
  }

  /** Goes on from there. */
  set position({ number, taken }: Position) {
    this.#open(number, taken);
  }

  /** The batches of an epoch from number `start` on. @throws ValueError while iterating, for a data set without any. */
  async *epoch(epoch: number, start = 0): AsyncGenerator<Batch, void, undefined> {
    if (this.#stepsPerEpoch === undefined) {
      yield* this.#data.iterate({ epoch, start });
      return;
    }
    for (let step = start; step < this.#stepsPerEpoch; step++) yield await this.#next();
  }

  async #next(): Promise<Batch> {
    const next = await this.#pass?.next();
    if (next !== undefined && !next.done) {
      this.#taken++;
      return next.value;
    }
    const first = await this.#open(this.#nextPass, 0).next();
    if (first.done) throw noBatches("fit");
    this.#taken++;
    return first.value;
  }

  #open(number: number, taken: number): AsyncGenerator<Batch, void, undefined> {
    this.#nextPass = number + 1;
    this.#taken = taken;
    this.#pass = this.#data.iterate({ epoch: number, start: taken });
    return this.#pass;
  }

  /** Gives up what was fetched ahead. */
  async close(): Promise<void> {
    await this.#pass?.return();
  }
}
