/** Weights as Keras's legacy HDF5 files arrange them: a group for each layer, with the names of its weights in order. */
import { DataError } from "@crease/backend";
import type { Hdf5Group, StoredArray } from "@crease/files";
import type { Layer, Tensors } from "@crease/layers";
import type { Variable } from "@crease/tensor";
import type { AnyModel } from "../anyModel.ts";
import { type GroupBuilder, memberAt } from "./groups.ts";
import { type Assignment, assignAll, storeVariables } from "./storedValues.ts";
import { kerasVersion } from "./version.ts";
import { weightPlaces } from "./weightPlaces.ts";

/** Attributes hold this many texts; longer lists are split, as Keras does it. */
const mostTexts = 4000;
/** The group of the variables that belong to the model itself. */
const topLevel = "top_level_model_weights";

interface Entry {
  readonly name: string;
  readonly variables: readonly Variable[];
  /** The names of the weights in the layer's group. */
  readonly paths: readonly string[];
}

/** The layers of a model, those that training may change first in each, then the model's own variables. */
function entriesOf(model: AnyModel): readonly Entry[] {
  const layers = model.layers.map((layer) => entryOf(layer.name, layer));
  const own = weightPlaces(model)[0]?.variables ?? [];
  return [...layers, { name: topLevel, variables: own, paths: own.map(({ name }, i) => `${name}_${i}`) }];
}

function entryOf(name: string, layer: Layer<Tensors, Tensors>): Entry {
  const weights = layer.namedWeights();
  const sorted = [...weights.filter(({ trainable }) => trainable), ...weights.filter(({ trainable }) => !trainable)];
  return {
    name,
    variables: sorted.map(({ variable }) => variable),
    paths: sorted.map(({ path }) => `${name}/${path.replaceAll(".", "/")}`),
  };
}

/** Puts all weights of a model into a group. */
export async function putLegacyWeights(group: GroupBuilder, model: AnyModel): Promise<void> {
  const entries = entriesOf(model);
  const stored = [...(await storeVariables(entries.flatMap(({ variables }) => variables)))];
  putTexts(
    group,
    "layer_names",
    model.layers.map(({ name }) => name),
  );
  group.describe("backend", "crease");
  group.describe("keras_version", kerasVersion);
  for (const { name, paths } of entries) putNamed(group.group(name), paths, stored.splice(0, paths.length));
}

/** Puts arrays into a group with the list of their names. */
export function putNamed(group: GroupBuilder, names: readonly string[], arrays: readonly StoredArray[]): void {
  putTexts(group, "weight_names", names);
  names.forEach((name, i) => {
    group.put(name, arrays[i] as StoredArray);
  });
}

function putTexts(group: GroupBuilder, name: string, texts: readonly string[]): void {
  const put = (key: string, data: readonly string[]): void => {
    group.attributes.set(key, { dtype: "string", shape: [data.length], data });
  };
  if (texts.length <= mostTexts) put(name, texts);
  else
    for (let i = 0; i * mostTexts < texts.length; i++)
      put(`${name}${i}`, texts.slice(i * mostTexts, (i + 1) * mostTexts));
}

function textsOf(group: Hdf5Group, name: string): readonly string[] {
  const texts = (key: string): readonly string[] | undefined => {
    const found = group.attributes.get(key);
    if (found === undefined) return undefined;
    // Without texts Keras writes an empty list of numbers.
    return found.dtype === "string" ? (found.data as readonly string[]) : [];
  };
  const whole = texts(name);
  if (whole !== undefined) return whole;
  const parts: string[] = [];
  for (let i = 0, part = texts(`${name}0`); part !== undefined; i++, part = texts(`${name}${i}`)) parts.push(...part);
  return parts;
}

/** True for a group of this kind. */
export function areLegacyWeights(group: Hdf5Group): boolean {
  return group.attributes.has("layer_names") || group.attributes.has("layer_names0");
}

/** The arrays of a group by the list of their names. @throws DataError where one is missing. */
export function namedArrays(file: string, group: Hdf5Group, what: string): readonly StoredArray[] {
  return textsOf(group, "weight_names").map((name) => {
    const member = memberAt(group, name);
    if (member !== undefined && "array" in member) return member.array;
    throw new DataError({
      op: file,
      problem: `"${name}" of "${what}" is missing`,
      fix: "The file is damaged: save or download it again",
    });
  });
}

/**
 * Sets all weights of a built model from such a group, by the order of the layers, all or nothing.
 *
 * @throws DataError where the layers with weights are not as many, or have other weights.
 */
export function setLegacyWeights(file: string, model: AnyModel, group: Hdf5Group): void {
  const wrong = (problem: string): DataError =>
    new DataError({ op: file, problem, fix: "Load it into a built model of the same layers" });
  const arrays = (name: string): readonly StoredArray[] => {
    const member = memberAt(group, name);
    return member !== undefined && "members" in member ? namedArrays(file, member, name) : [];
  };
  const entries = entriesOf(model);
  const [own] = entries.slice(-1) as [Entry];
  const layers = entries.slice(0, -1).filter(({ variables }) => variables.length > 0);
  const stored = textsOf(group, "layer_names").map((name) => ({ name, arrays: arrays(name) }));
  const full = stored.filter((layer) => layer.arrays.length > 0);
  if (full.length !== layers.length)
    throw wrong(`it has weights of ${full.length} layers, and the model has ${layers.length} layers with weights`);
  const assignments: Assignment[] = [];
  const pair = (name: string, variables: readonly Variable[], values: readonly StoredArray[]): void => {
    if (values.length !== variables.length)
      throw wrong(`"${name}" has ${values.length} weights, and the model's layer has ${variables.length}`);
    variables.forEach((variable, i) => {
      assignments.push({ what: `${name} ${i}`, variable, stored: values[i] as StoredArray });
    });
  };
  layers.forEach(({ variables }, i) => {
    const { name, arrays: values } = full[i] as (typeof full)[number];
    pair(name, variables, values);
  });
  if (own.variables.length > 0) pair(topLevel, own.variables, arrays(topLevel));
  assignAll(file, assignments);
}
