/** The well-known data sets of texts as training data: which of the frequent words each text has. */
import { type Dataset, type Element, imdb, type LabelledTexts, reuters } from "@crease/datasets";
import { type Tensor, tensor } from "@crease/tensor";
import { firstOf, inMemory, type SampleSet, splitOff } from "./tensorData.ts";
import type { DataSettings, Load } from "./trainingData.ts";

/** Words that count, as in the book that the data sets are known from. */
const words = 10_000;

/** A data set of texts. */
interface TextSet {
  load(): Promise<readonly [train: LabelledTexts, test: LabelledTexts]>;
  names(): readonly string[];
  readonly epochs: number;
}

type Name = "imdb" | "reuters";

const sets: { readonly [N in Name]: TextSet } = {
  imdb: { load: () => imdb.loadData({ numWords: words }), names: () => ["negative", "positive"], epochs: 4 },
  reuters: { load: () => reuters.loadData({ numWords: words }), names: () => reuters.getLabelNames(), epochs: 9 },
};

/** Loads texts as rows of 0 and 1, made batch by batch: all of them would not fit in memory. */
export function texts(name: Name): Load {
  return async ({ limit, seed, validationSplit = 0.1 }: DataSettings) => {
    const { load, names, epochs } = sets[name];
    const [train, test] = await load();
    const all = [...train[0], ...test[0]];
    // Tensors hold the places of texts; the texts stay here.
    const placed = ([some, y]: LabelledTexts, start: number): SampleSet => {
      const places = Int32Array.from(some, (_, i) => start + i);
      return firstOf({ x: tensor(places, { shape: [some.length, 1] }), y }, limit);
    };
    const samples = {
      ...splitOff(placed(train, 0), validationSplit, seed),
      test: placed(test, train[0].length),
    };
    const { counts, batches } = inMemory(samples, seed);
    return {
      name,
      task: { kind: "classes", classes: names().length, names: names() },
      input: { kind: "words", count: words },
      inputShape: [words],
      counts,
      notes: [`Each text is ${words} numbers: 1 for a word that it has, 0 for one that it lacks.`],
      digest: undefined,
      defaults: { hidden: name === "imdb" ? [16, 16] : [64, 64], epochs, batchSize: 512 },
      batches: (part, size): Dataset =>
        batches(part, size).map(([x, y]): Element => [multiHot(x as Tensor, all, words), y as Tensor]),
    };
  };
}

/** Rows `[n, count]` of 0 and 1 for the texts at these places: 1 for each word number that a text has. */
export function multiHot(places: Tensor, all: readonly (readonly number[])[], count: number): Tensor {
  const chosen = places.dataSync() as Int32Array;
  const rows = new Float32Array(chosen.length * count);
  chosen.forEach((place, i) => {
    for (const word of all[place] as readonly number[]) rows[i * count + word] = 1;
  });
  return tensor(rows, { shape: [chosen.length, count], backend: places.backend });
}
