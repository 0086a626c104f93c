/** One step of an input pipeline, as the steps see each other. */
import type { Element } from "../element.ts";
import type { ShuffleKey } from "../shuffleKey.ts";

/** Makes elements for whoever asks; each element belongs to the one who asked for it. */
export interface Stage<T extends Element> {
  /** Number of elements in one pass, where it is known. */
  readonly size: number | undefined;
  /** The keys of all shuffles up to here, from the source on. */
  readonly keys: readonly ShuffleKey[];
  /** One pass: the elements from number `start` on, in the order of pass `epoch`. */
  iterate(epoch: number, start: number): AsyncGenerator<T, void, undefined>;
}
