/** What lookup layers keep beside their configs in Keras's files: vocabularies as assets, weights of tokens as arrays. */
import { DataError } from "@crease/backend";
import type { Hdf5Group, StoredArray } from "@crease/files";
import { IntegerLookup, type Layer, StringLookup, type Tensors, TextVectorization } from "@crease/layers";

/** A lookup layer's state in files. */
export interface LookupState {
  /** Where it stands below the layer: in Keras a `TextVectorization` has a layer of its own for it. */
  readonly path: string;
  /** What each token weighs in the mode `"tfIdf"`. */
  readonly idfWeights: StoredArray | undefined;
  /** Makes what sets the vocabulary in `assets`, nothing where the config held it. @throws DataError where it is damaged. */
  readonly restore: (
    file: string,
    path: string,
    assets: ReadonlyMap<string, string>,
    group: Hdf5Group | undefined,
  ) => () => void;
}

/** The state of a layer that looks tokens up; undefined for others. */
export function lookupOf(layer: Layer<Tensors, Tensors>): LookupState | undefined {
  const given = layer as unknown;
  const isLookup =
    given instanceof StringLookup || given instanceof IntegerLookup || given instanceof TextVectorization;
  if (!isLookup) return undefined;
  const path = given instanceof TextVectorization ? "_lookup_layer" : "";
  const isWeighted = given.outputMode === "tfIdf";
  const weights = isWeighted ? (given.getConfig().idfWeights as readonly number[] | null) : null;
  return {
    path,
    idfWeights:
      weights === null ? undefined : { dtype: "float32", shape: [weights.length], data: Float32Array.from(weights) },
    restore: (file, folder, assets, group) => {
      const name = [folder, path, "vocabulary.txt"].filter((part) => part !== "").join("/");
      const text = assets.get(name);
      if (text === undefined) return () => undefined;
      const lines = text.split("\n");
      const tokens = given instanceof IntegerLookup ? lines.map(Number) : lines;
      const idf = isWeighted ? numbersIn(group, file, name) : null;
      return () => {
        try {
          (given as StringLookup).setVocabulary(tokens as string[], idf);
        } catch (cause) {
          throw new DataError({
            op: file,
            problem: `${name} holds no vocabulary`,
            fix: (cause as Error).message,
            cause,
          });
        }
      };
    },
  };
}

function numbersIn(group: Hdf5Group | undefined, file: string, name: string): readonly number[] {
  const found = group?.members.get("idf_weights");
  if (found === undefined || !("array" in found) || found.array.dtype === "string")
    throw new DataError({
      op: file,
      problem: `the weights of the tokens in ${name} are missing`,
      fix: "Save the model anew",
    });
  return Array.from(found.array.data as Float32Array);
}
