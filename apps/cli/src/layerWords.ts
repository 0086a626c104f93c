/** Models in words: `512 relu, dropout 0.2, 10 softmax`. */
import { suggestName } from "@crease/backend";
import { Dense, getLayer, type Layer } from "@crease/layers";
import { UsageError } from "./failure.ts";

/** Layers that have a word, and the option that a number behind it is. */
const words: { readonly [word: string]: { readonly className: string; readonly number?: string } } = {
  dropout: { className: "Dropout", number: "rate" },
  noise: { className: "GaussianNoise", number: "stddev" },
  flatten: { className: "Flatten" },
  batchnorm: { className: "BatchNormalization" },
  layernorm: { className: "LayerNormalization" },
};

/**
 * Layers from words between commas: a number of neurons with an activation (`64 relu`), or `dropout 0.2`, `noise 0.1`,
 * `flatten`, `batchnorm`, `layernorm`.
 *
 * @throws UsageError for what is neither, with the nearest word.
 */
export function layersOf(text: string): Layer[] {
  return text.split(",").map((part) => layerOf(part.trim(), text));
}

function layerOf(part: string, text: string): Layer {
  const [first = "", second, ...more] = part.split(/\s+/);
  const wrong = (problem: string, fix: string): UsageError => new UsageError(`model "${text}": ${problem}. ${fix}.`);
  if (first === "") throw wrong("there is nothing between two commas", 'Write layers such as "64 relu, 10 softmax"');
  if (more.length > 0) throw wrong(`"${part}" is more than one layer`, "Put commas between layers");
  try {
    if (/^\d/.test(first)) {
      const units = Number(first);
      if (!/^\d+$/.test(first) || units < 1 || units > 1_000_000)
        throw wrong(`"${first}" is no number of neurons`, "Use a whole number from 1 to 1000000");
      return new Dense(units, second === undefined ? {} : { activation: second as "relu" });
    }
    const word = first.toLowerCase();
    if (!Object.hasOwn(words, word))
      throw wrong(`"${first}" is no layer`, suggestName(first, ["64 relu", ...Object.keys(words)]));
    const { className, number } = words[word] as (typeof words)[string];
    if ((number === undefined) !== (second === undefined) || (second !== undefined && !Number.isFinite(Number(second))))
      throw wrong(`"${part}" is no layer`, number === undefined ? `Write ${word} alone` : `Write ${word} 0.2`);
    return getLayer({ className, config: number === undefined ? {} : { [number]: Number(second) } }) as Layer;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`model "${text}": ${(error as Error).message}`, { cause: error });
  }
}
