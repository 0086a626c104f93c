/** Weights as Keras 3 arranges them in HDF5: `layers/dense/vars/0`, `optimizer/vars/0`. */
import { DataError } from "@crease/backend";
import type { Hdf5Dataset, Hdf5Group, StoredArray } from "@crease/files";
import type { Optimizer } from "@crease/optimizers";
import type { AnyModel } from "../anyModel.ts";
import { GroupBuilder, groupAt } from "./groups.ts";
import { tokenWeights } from "./lookups.ts";
import { optimizerEntries } from "./optimizerEntries.ts";
import { planOptimizer } from "./optimizerState.ts";
import { type Assignment, assignAll, storeEntries, storeVariables } from "./storedValues.ts";
import { weightPlaces } from "./weightPlaces.ts";

/** The weights of a model, and the state of its optimizer where there is one. */
export async function kerasWeights(model: AnyModel, optimizer: Optimizer | undefined): Promise<Hdf5Group> {
  const root = new GroupBuilder();
  const places = weightPlaces(model);
  const entries = optimizer === undefined ? [] : optimizerEntries(optimizer, model.trainableWeights);
  // Both begin before anything is waited for, so that they belong to one moment.
  const [values, numbers] = await Promise.all([
    storeVariables(places.flatMap(({ variables }) => variables)),
    storeEntries(entries),
  ]);
  const stored = [...values];
  for (const { path, layer, variables } of places) {
    const group = root.group(under(path));
    group.describe("name", layer.name);
    variables.forEach((_, i) => {
      group.put(String(i), stored.shift() as StoredArray);
    });
    for (const inner of tokenWeights(layer)) root.put([path, inner.path].filter((part) => part).join("/"), inner.array);
  }
  if (optimizer !== undefined) {
    const group = root.group("optimizer/vars");
    group.describe("name", optimizer.name);
    numbers.forEach((array, i) => {
      group.put(String(i), array);
    });
  }
  return root;
}

function under(path: string, name?: string): string {
  return [path, "vars", name].filter((part) => part).join("/");
}

/**
 * Sets all weights of a built model, and its optimizer's state where `optimizer` is given and the file has it: all or
 * nothing.
 *
 * @throws DataError where a layer has other weights than the file says, and for weights of layers that the model lacks.
 */
export function setKerasWeights(
  file: string,
  model: AnyModel,
  root: Hdf5Group,
  optimizer: Optimizer | undefined,
): void {
  const assignments: Assignment[] = [];
  const places = weightPlaces(model);
  requireKnown(file, root, new Set(places.map(({ path }) => path)));
  for (const { path, layer, variables } of places) {
    const group = groupAt(root, under(path));
    const arrays = group === undefined ? [] : arraysOf(file, group, under(path));
    if (arrays.length !== variables.length)
      throw new DataError({
        op: file,
        problem: `"${under(path)}" has ${arrays.length} arrays, and the layer "${layer.name}" (${layer.className}) has ${variables.length} weights`,
        fix: model.built ? "Load it into a model of the same layers" : "Build the model first",
      });
    variables.forEach((variable, i) => {
      assignments.push({ what: under(path, String(i)), variable, stored: arrays[i] as StoredArray });
    });
  }
  const state = groupAt(root, "optimizer/vars");
  const plan =
    optimizer === undefined || state === undefined
      ? undefined
      : planOptimizer(file, optimizer, model.trainableWeights, arraysOf(file, state, "optimizer/vars"));
  assignAll(file, [...assignments, ...(plan?.assignments ?? [])]);
  plan?.finish();
}

/** @throws DataError for a group with arrays in a list of layers that stands for none of them. */
function requireKnown(file: string, root: Hdf5Group, paths: ReadonlySet<string>): void {
  for (const path of paths) {
    const list = path === "" ? "layers" : `${path}/layers`;
    for (const [name, member] of groupAt(root, list)?.members ?? [])
      if (!paths.has(`${list}/${name}`) && holdsArrays(member))
        throw new DataError({
          op: file,
          problem: `"${list}/${name}" holds weights, and the model has no such layer`,
          fix: "Load it into a model of the same layers; one of a class of yours is found by its `className`",
        });
  }
}

function holdsArrays(member: Hdf5Group | Hdf5Dataset): boolean {
  return "array" in member || [...member.members.values()].some(holdsArrays);
}

/** The arrays `0`, `1`, ... of a group. */
function arraysOf(file: string, group: Hdf5Group, path: string): readonly StoredArray[] {
  const arrays: StoredArray[] = [];
  for (let i = 0; i < group.members.size; i++) {
    const member = group.members.get(String(i));
    if (member === undefined || !("array" in member)) break;
    arrays.push(member.array);
  }
  const named = [...group.members.keys()].filter((name) => !/^\d+$/.test(name) && name !== "idf_weights");
  if (named.length > 0)
    throw new DataError({
      op: file,
      problem: `"${path}" holds "${named[0]}", which no layer here keeps`,
      fix: "Load the weights in Keras and save them anew",
    });
  return arrays;
}
