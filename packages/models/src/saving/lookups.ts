/** What lookup layers learned, which Keras keeps beside their configs: vocabularies as texts, weights of tokens as arrays. */
import { DataError } from "@crease/backend";
import type { Hdf5Group, StoredArray } from "@crease/files";
import { IntegerLookup, type Layer, StringLookup, snakeCase, type Tensors, TextVectorization } from "@crease/layers";
import { groupAt } from "./groups.ts";

/** Below a layer: where a lookup's state stands; in Keras a `TextVectorization` has a layer of its own for it. */
const innerPaths: { readonly [className: string]: string } = {
  StringLookup: "",
  IntegerLookup: "",
  TextVectorization: "/_lookup_layer",
};

/** An array below a layer's group. */
export interface InnerArray {
  readonly path: string;
  readonly array: StoredArray;
}

/**
 * What each token weighs in a lookup of the mode `"tfIdf"`, wherever Keras looks for it: a `TextVectorization` reads it
 * from its own group and from its inner layer's. Nothing for other layers. The vocabulary is in the config.
 */
export function tokenWeights(layer: Layer<Tensors, Tensors>): readonly InnerArray[] {
  const given = layer as unknown;
  const isLookup =
    given instanceof StringLookup || given instanceof IntegerLookup || given instanceof TextVectorization;
  if (!isLookup || given.outputMode !== "tfIdf") return [];
  const weights = given.getConfig().idfWeights as readonly number[] | null;
  if (weights === null) return [];
  const array = { dtype: "float32", shape: [weights.length], data: Float32Array.from(weights) } as const;
  const places = new Set(["", innerPaths[given.className] as string]);
  return [...places].map((place) => ({ path: `${place}/vars/idf_weights`.slice(1), array }));
}

/** Parts of Keras's JSON. */
type Json = { readonly [key: string]: unknown };

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The JSON of a model with the vocabularies in `assets` put into its layers' configs, since shapes depend on them.
 *
 * @throws DataError where what tokens weigh is missing.
 */
export function withVocabularies(
  file: string,
  json: object,
  assets: ReadonlyMap<string, string>,
  weights: Hdf5Group,
  path: string = "",
): object {
  const { config } = json as Json;
  if (assets.size === 0 || !isJson(config) || !Array.isArray(config.layers)) return json;
  const counts = new Map<string, number>();
  const layers = config.layers.map((layer: unknown) => {
    if (!isJson(layer) || typeof layer.class_name !== "string") return layer;
    const name = snakeCase(layer.class_name);
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    const place = `${path}layers/${name}${count === 0 ? "" : `_${count}`}`;
    const inner = innerPaths[layer.class_name];
    if (inner === undefined) return withVocabularies(file, layer, assets, weights, `${place}/`);
    const vocabulary = assets.get(`assets/${place}${inner}/vocabulary.txt`);
    if (vocabulary === undefined || !isJson(layer.config)) return layer;
    const tokens: readonly unknown[] = vocabulary.split("\n");
    const isWeighted = layer.config.output_mode === "tf_idf";
    const learned = {
      vocabulary: layer.class_name === "IntegerLookup" ? tokens.map(Number) : tokens,
      ...(isWeighted && { idf_weights: weightsAt(file, weights, `${place}${inner}/vars`) }),
    };
    return { ...layer, config: { ...layer.config, ...learned } };
  });
  return { ...json, config: { ...config, layers } };
}

function weightsAt(file: string, weights: Hdf5Group, path: string): readonly number[] {
  const found = groupAt(weights, path)?.members.get("idf_weights");
  if (found === undefined || !("array" in found) || found.array.dtype === "string")
    throw new DataError({
      op: file,
      problem: `what tokens weigh is missing at ${path}`,
      fix: "The file is damaged: save or download it again",
    });
  return Array.from(found.array.data as Float32Array);
}
