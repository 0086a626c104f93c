/** The options of a data set's methods, and its state. */

/** How `Dataset.fromGenerator` takes its source. */
export interface GeneratorOptions {
  /** Number of elements in one pass, where it is known; a source that yields another number raises ValueError. */
  readonly size?: number;
}

/** How `batch` treats the last elements. */
export interface BatchOptions {
  /** Leaves out a last batch that is not full. Default false. */
  readonly dropRemainder?: boolean;
}

/** How `shuffle` orders elements. */
export interface ShuffleOptions {
  /** A whole number below 2^32 that decides the orders; without it one is drawn from the random stream. */
  readonly seed?: number;
  /** How many elements to choose from; needed only where the source is not made of whole tensors. */
  readonly bufferSize?: number;
  /** Whether each pass has an order of its own. Default true. */
  readonly reshuffleEachIteration?: boolean;
}

/** Where a pass begins. */
export interface PassOptions {
  /** Number of the pass, which decides its shuffled order; default: one more than in the pass before. */
  readonly epoch?: number;
  /** Number of elements to leave out at the beginning. Default 0. */
  readonly start?: number;
}

/** What decides a data set's coming orders, as plain values that JSON holds. */
export interface DatasetState {
  /** Number of the next pass. */
  readonly epoch: number;
  /** The seeds of all shuffles, from the source on. */
  readonly seeds: readonly number[];
}
