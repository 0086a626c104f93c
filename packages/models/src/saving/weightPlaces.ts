/** Where Keras 3 keeps the variables of a model's layers in its files: by the layers' classes, in the order of the layers. */
import { type Layer, snakeCase, type Tensors } from "@crease/layers";
import type { Variable } from "@crease/tensor";
import type { AnyModel } from "../anyModel.ts";

type AnyLayer = Layer<Tensors, Tensors>;

/** A layer with its own variables, those of layers in it left out, and their group in a file. */
export interface WeightPlace {
  /** `layers/dense_1`; empty for the model itself. */
  readonly path: string;
  readonly layer: AnyLayer;
  /** Those that training may change first. */
  readonly variables: readonly Variable[];
}

/**
 * The places of a model and of all layers in it, each once, under the names of the fields that hold them: one alone as
 * `left`, those of a list by class as `layers/dense`, `layers/dense_1`.
 */
export function weightPlaces(model: AnyModel): readonly WeightPlace[] {
  const places: WeightPlace[] = [];
  const seen = new Set<AnyLayer>();
  const visit = (layer: AnyLayer, path: string): void => {
    if (seen.has(layer)) return;
    seen.add(layer);
    places.push({ path, layer, variables: ownVariables(layer) });
    for (const [inner, name] of partsOf(layer)) visit(inner, path === "" ? name : `${path}/${name}`);
  };
  visit(model as unknown as AnyLayer, "");
  return places;
}

function ownVariables(layer: AnyLayer): readonly Variable[] {
  const inner = new Set(layer.sublayers().flatMap((sublayer) => sublayer.layer.weights));
  const own = layer.weights.filter((variable) => !inner.has(variable));
  return [...own.filter(({ trainable }) => trainable), ...own.filter(({ trainable }) => !trainable)];
}

/** The layers directly in a layer with their names in files: the list `layers` first, then by the names of the fields. */
function partsOf(layer: AnyLayer): readonly (readonly [AnyLayer, string])[] {
  const unique = uniqueNames();
  const fields = layer.sublayers().map(({ path, layer: inner }) => {
    const [field = "", ...places] = path.split(".");
    return { inner, field: fieldName(field), places };
  });
  const rank = (field: string): string => (field === "layers" ? "" : field.startsWith("_") ? `~${field}` : field);
  fields.sort((a, b) => (rank(a.field) < rank(b.field) ? -1 : rank(a.field) > rank(b.field) ? 1 : 0));
  return fields.map(({ inner, field, places }) => {
    if (places.length === 0) return [inner, field];
    // Lists in lists are containers of their own.
    const path = places
      .slice(0, -1)
      .reduce((outer, _, i) => `${outer}/${unique(outer, "container", places.slice(0, i + 1).join("."))}`, field);
    return [inner, `${path}/${unique(path, snakeCase(inner.className))}`];
  });
}

/** Numbers equal names in one group; the same `key` gives the same name again. */
function uniqueNames(): (group: string, name: string, key?: string) => string {
  const counts = new Map<string, number>();
  const known = new Map<string, string>();
  return (group, name, key) => {
    const old = key === undefined ? undefined : known.get(`${group} ${key}`);
    if (old !== undefined) return old;
    const count = counts.get(`${group}/${name}`) ?? 0;
    counts.set(`${group}/${name}`, count + 1);
    const made = count === 0 ? name : `${name}_${count}`;
    if (key !== undefined) known.set(`${group} ${key}`, made);
    return made;
  };
}

/** A field as Python spells it: `leftDense` as `left_dense`. */
function fieldName(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
