/** Texts as lists of word numbers, prepared as Keras does for IMDB and Reuters. */
import { DataError, requireInteger } from "@crease/backend";

/** How texts are prepared. */
export interface SequenceOptions {
  /** Only the words with numbers below this one are kept, counted after `indexFrom` is added. Default: all. */
  readonly numWords?: number;
  /** Words with numbers below this one are left out. Default 0. */
  readonly skipTop?: number;
  /** Only texts shorter than this are kept. Default: all. */
  readonly maxlen?: number;
  /** Decides the order of the texts, the same as in Keras. Default 113. */
  readonly seed?: number;
  /** What each text begins with, null for nothing. Default 1. */
  readonly startChar?: number | null;
  /** What stands for a word that is left out, null for nothing. Default 2. */
  readonly oovChar?: number | null;
  /** Is added to the number of each word. Default 3. */
  readonly indexFrom?: number;
}

/** Texts and the label of each. */
export interface Labelled {
  readonly texts: readonly (readonly number[])[];
  readonly labels: readonly number[];
}

/** The texts in the order given. */
export function inOrder({ texts, labels }: Labelled, order: Int32Array): Labelled {
  return {
    texts: Array.from(order, (i) => texts[i] as readonly number[]),
    labels: Array.from(order, (i) => labels[i] as number),
  };
}

/** Numbers moved by `indexFrom`, with `startChar` before them; texts of `maxlen` and more left out. */
export function begun(
  { texts, labels }: Labelled,
  { startChar = 1, indexFrom = 3, maxlen }: SequenceOptions,
): Labelled {
  const start = startChar === null ? [] : [startChar];
  const moved = texts.map((text) => [...start, ...text.map((word) => word + indexFrom)]);
  if (maxlen === undefined) return { texts: moved, labels };
  const kept = moved.map((text) => text.length < maxlen);
  return { texts: moved.filter((_, i) => kept[i]), labels: labels.filter((_, i) => kept[i]) };
}

/** A function that leaves words out by `numWords` and `skipTop`; without `numWords`, the largest number counts as it. */
export function wordFilter(
  all: readonly (readonly number[])[],
  { numWords, skipTop = 0, oovChar = 2 }: SequenceOptions,
): (texts: readonly (readonly number[])[]) => number[][] {
  // As in Keras, the largest number itself is then left out.
  const end = numWords ?? all.reduce((most, text) => text.reduce((a, b) => Math.max(a, b), most), 0);
  const isKept = (word: number): boolean => skipTop <= word && word < end;
  return (texts) =>
    texts.map((text) => (oovChar === null ? text.filter(isKept) : text.map((word) => (isKept(word) ? word : oovChar))));
}

/** Refuses options that are no whole numbers from 0 on. @throws ValueError naming the first. */
export function checkSequenceOptions(op: string, options: SequenceOptions): void {
  const { numWords, skipTop, maxlen, startChar, oovChar, indexFrom } = options;
  for (const [name, value] of Object.entries({ numWords, skipTop, maxlen, startChar, oovChar, indexFrom }))
    if (value !== undefined && value !== null) requireInteger(op, name, value, { min: 0 });
}

/**
 * The numbers of words, by word, from the JSON text of a word index.
 *
 * @throws DataError where it is none.
 */
export function readWordIndex(bytes: Uint8Array, op: string, where: string): ReadonlyMap<string, number> {
  const fix = "Get the original file";
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new DataError({ op, problem: `${where} is no JSON`, fix, cause });
  }
  const entries = typeof parsed === "object" && parsed !== null ? Object.entries(parsed) : [];
  if (entries.length === 0 || !entries.every(([, number]) => Number.isSafeInteger(number)))
    throw new DataError({ op, problem: `${where} is no object of numbers by word`, fix });
  return new Map(entries as [string, number][]);
}
