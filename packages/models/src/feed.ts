/** The batches of one epoch after the other. */
import type { Dataset } from "@crease/datasets";
import type { Batch } from "./batch.ts";
import { noBatches } from "./noBatches.ts";

/**
 * Without `stepsPerEpoch` an epoch is one pass over the data. With it an epoch has so many batches, the next one goes
 * on where it ended, and a new pass begins wherever one ends (Keras 3 `steps_per_epoch`).
 */
export class Feed {
  readonly #data: Dataset;
  readonly #stepsPerEpoch: number | undefined;
  #nextPass: number;
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

  /** The batches of an epoch. @throws ValueError while iterating, for a data set without any. */
  async *epoch(epoch: number): AsyncGenerator<Batch, void, undefined> {
    if (this.#stepsPerEpoch === undefined) {
      yield* this.#data.iterate({ epoch });
      return;
    }
    for (let step = 0; step < this.#stepsPerEpoch; step++) yield await this.#next();
  }

  async #next(): Promise<Batch> {
    const next = await this.#pass?.next();
    if (next !== undefined && !next.done) return next.value;
    this.#pass = this.#data.iterate({ epoch: this.#nextPass++ });
    const first = await this.#pass.next();
    if (first.done) throw noBatches("fit");
    return first.value;
  }

  /** Gives up what was fetched ahead. */
  async close(): Promise<void> {
    await this.#pass?.return();
  }
}
