/** The Reuters newswires: 11228 texts as word numbers, each about one of 46 topics. */
import type { Backend } from "@crease/backend";
import { finished, type LabelledTexts, labelled } from "./labelledTexts.ts";
import { type NamedFile, type NamedFileOptions, readFileOf } from "./namedFile.ts";
import { readNpzLists } from "./npzLists.ts";
import { numpyShuffle, trainCount } from "./numpyShuffle.ts";
import {
  begun,
  checkSequenceOptions,
  inOrder,
  readWordIndex,
  type SequenceOptions,
  wordFilter,
} from "./wordSequences.ts";

/** How `loadData` finds the file, prepares the texts and divides them. */
export interface LoadDataOptions extends SequenceOptions, NamedFileOptions {
  /** The fraction of texts to test with. Default 0.2. */
  readonly testSplit?: number;
  /** Where the labels live. Default: the default backend. */
  readonly backend?: Backend;
}

const origin = "https://storage.googleapis.com/tensorflow/tf-keras-datasets";

const newswires: NamedFile = {
  op: "reuters.loadData",
  folder: "reuters",
  name: "reuters.npz",
  origin,
  hash: "d6586e694ee56d7a4e65172e12b3e987c03096cb01eab99753921ef915959916",
  limit: 2 ** 24,
};

const words: NamedFile = {
  op: "reuters.getWordIndex",
  folder: "reuters",
  name: "reuters_word_index.json",
  origin,
  hash: "4d44cc38712099c9e383dc6e5f11a921",
  limit: 2 ** 24,
};

/**
 * `[[trainTexts, trainLabels], [testTexts, testLabels]]` as Keras 3 `reuters.load_data` gives them, in the same order:
 * each text a list of word numbers as in `imdb.loadData`; labels int32 from 0 to 45, the caller's to dispose.
 *
 * The file comes from `path` or `url` where given, else from the cache, else it is downloaded once, 2 MB. It is checked
 * by SHA-256, and read without running any of the code that a pickle may hold.
 *
 * @throws DataError where the file is missing, damaged or cannot be fetched; ValueError for options out of range.
 * @example
 * ```ts
 * import { reuters } from "@crease/datasets";
 * const load = () => reuters.loadData({ numWords: 10000, testSplit: 0.1 });
 * typeof load; // => function
 * ```
 */
export async function loadData(options: LoadDataOptions = {}): Promise<[train: LabelledTexts, test: LabelledTexts]> {
  const { op, limit } = newswires;
  const { seed = 113, testSplit = 0.2 } = options;
  checkSequenceOptions(op, options);
  trainCount(op, 0, testSplit);
  const shuffle = numpyShuffle(op, seed);
  const { where, bytes } = await readFileOf(newswires, options);
  const { x, y } = await readNpzLists(bytes, ["x", "y"], { op, where, limit: 16 * limit });
  const given = labelled(op, where, x, y);
  const { texts, labels } = begun(inOrder(given, shuffle(given.texts.length)), options);
  const filter = wordFilter(texts, options);
  const end = trainCount(op, texts.length, testSplit);
  const part = (from: number, to: number): LabelledTexts =>
    finished({ texts: texts.slice(from, to), labels: labels.slice(from, to) }, filter, options);
  return [part(0, end), part(end, texts.length)];
}

/**
 * The number of each word, by word, as Keras 3 `reuters.get_word_index` gives them: 1 for the most frequent one.
 *
 * @throws DataError where the file is missing, damaged or cannot be fetched.
 * @example
 * ```ts
 * import { reuters } from "@crease/datasets";
 * const numberOfWheat = async () => (await reuters.getWordIndex()).get("wheat");
 * typeof numberOfWheat; // => function
 * ```
 */
export async function getWordIndex(options: NamedFileOptions = {}): Promise<ReadonlyMap<string, number>> {
  const { where, bytes } = await readFileOf(words, options);
  return readWordIndex(bytes, words.op, where);
}

/**
 * The topic of each label.
 *
 * @example
 * ```ts
 * import { reuters } from "@crease/datasets";
 * reuters.getLabelNames()[3]; // => earn
 * ```
 */
export function getLabelNames(): string[] {
  return [...topics];
}

const topics: readonly string[] = [
  ...["cocoa", "grain", "veg-oil", "earn", "acq", "wheat", "copper", "housing", "money-supply", "coffee", "sugar"],
  ...["trade", "reserves", "ship", "cotton", "carcass", "crude", "nat-gas", "cpi", "money-fx", "interest", "gnp"],
  ...["meal-feed", "alum", "oilseed", "gold", "tin", "strategic-metal", "livestock", "retail", "ipi", "iron-steel"],
  ...["rubber", "heat", "jobs", "lei", "bop", "zinc", "orange", "pet-chem", "dlr", "gas", "silver", "wpi", "hog"],
  "lead",
];
