/** The IMDB movie reviews: 25000 to train on, 25000 to test with, as word numbers, each for or against its film. */
import { type Backend, ValueError } from "@crease/backend";
import { finished, type LabelledTexts, labelled } from "./labelledTexts.ts";
import { type NamedFile, type NamedFileOptions, readFileOf } from "./namedFile.ts";
import { type NpzEntry, readNpzLists } from "./npzLists.ts";
import { numpyShuffle } from "./numpyShuffle.ts";
import {
  begun,
  checkSequenceOptions,
  inOrder,
  type Labelled,
  readWordIndex,
  type SequenceOptions,
  wordFilter,
} from "./wordSequences.ts";

/** How `loadData` finds the file and prepares the reviews. */
export interface LoadDataOptions extends SequenceOptions, NamedFileOptions {
  /** Where the labels live. Default: the default backend. */
  readonly backend?: Backend;
}

const origin = "https://storage.googleapis.com/tensorflow/tf-keras-datasets";

const reviews: NamedFile = {
  op: "imdb.loadData",
  folder: "imdb",
  name: "imdb.npz",
  origin,
  hash: "69664113be75683a8fe16e3ed0ab59fda8886cb3cd7ada244f7d9544e4676b9f",
  limit: 2 ** 26,
};

const words: NamedFile = {
  op: "imdb.getWordIndex",
  folder: "imdb",
  name: "imdb_word_index.json",
  origin,
  hash: "bfafd718b763782e994055a2d397834f",
  limit: 2 ** 24,
};

/**
 * `[[trainTexts, trainLabels], [testTexts, testLabels]]` as Keras 3 `imdb.load_data` gives them, in the same order: each
 * text a list of word numbers, the more frequent the smaller; labels int32, 1 for a good review, 0 for a bad one, the
 * caller's to dispose. In a text, 1 stands for its beginning, 2 for a word left out, `n + 3` for word number `n` of
 * `getWordIndex`.
 *
 * The file comes from `path` or `url` where given, else from the cache, else it is downloaded once, 17 MB. It is checked
 * by SHA-256, and read without running any of the code that a pickle may hold.
 *
 * @throws DataError where the file is missing, damaged or cannot be fetched; ValueError for options out of range.
 * @example
 * ```ts
 * import { imdb } from "@crease/datasets";
 * const load = () => imdb.loadData({ numWords: 10000 });
 * typeof load; // => function
 * ```
 */
export async function loadData(options: LoadDataOptions = {}): Promise<[train: LabelledTexts, test: LabelledTexts]> {
  const { op, limit } = reviews;
  checkSequenceOptions(op, options);
  const shuffle = numpyShuffle(op, options.seed ?? 113);
  const { where, bytes } = await readFileOf(reviews, options);
  const names = ["x_train", "y_train", "x_test", "y_test"] as const;
  const entries = await readNpzLists(bytes, names, { op, where, limit: 8 * limit });
  const part = (texts: NpzEntry, labels: NpzEntry): Labelled => {
    const given = labelled(op, where, texts, labels);
    return begun(inOrder(given, shuffle(given.texts.length)), options);
  };
  const train = part(entries.x_train, entries.y_train);
  const test = part(entries.x_test, entries.y_test);
  if (train.texts.length === 0 || test.texts.length === 0)
    throw new ValueError({ op, problem: `no text is shorter than maxlen ${options.maxlen}`, fix: "Use a larger one" });
  const filter = wordFilter([...train.texts, ...test.texts], options);
  return [finished(train, filter, options), finished(test, filter, options)];
}

/**
 * The number of each word, by word, as Keras 3 `imdb.get_word_index` gives them: 1 for the most frequent one.
 *
 * @throws DataError where the file is missing, damaged or cannot be fetched.
 * @example
 * ```ts
 * import { imdb } from "@crease/datasets";
 * const numberOfFilm = async () => (await imdb.getWordIndex()).get("film");
 * typeof numberOfFilm; // => function
 * ```
 */
export async function getWordIndex(options: NamedFileOptions = {}): Promise<ReadonlyMap<string, number>> {
  const { where, bytes } = await readFileOf(words, options);
  return readWordIndex(bytes, words.op, where);
}
