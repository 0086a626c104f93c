/** What a model holds in its fields besides weights and layers. */
import { type Layer, Seeds, type Tensors } from "@crease/layers";
import { Metric } from "@crease/metrics";
import type { AnyModel } from "../anyModel.ts";

type AnyLayer = AnyModel | Layer<Tensors, Tensors>;

/** The random streams of a model's layers, by field path. */
export function seedsOf(model: AnyModel): ReadonlyMap<string, Seeds> {
  return partsOf(model, (value) => value instanceof Seeds);
}

/** The metrics that a model and its layers hold in fields, by field path: those of a training of one's own. */
export function metricsIn(model: AnyModel): ReadonlyMap<string, Metric<never>> {
  return partsOf(model, (value): value is Metric<never> => value instanceof Metric);
}

/** Looks through the fields of the model and of all layers in it, arrays and plain objects too; each part once. */
function partsOf<T>(model: AnyModel, isPart: (value: unknown) => value is T): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  const seen = new Set<unknown>();
  const lookAt = (value: unknown, path: string): void => {
    if (typeof value !== "object" || value === null || seen.has(value)) return;
    const isFound = isPart(value);
    if (!isFound && !Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) return;
    seen.add(value);
    if (isFound) found.set(path, value);
    else for (const [name, inner] of Object.entries(value)) lookAt(inner, `${path}.${name}`);
  };
  const lookInto = (layer: AnyLayer, prefix: string): void => {
    if (seen.has(layer)) return;
    seen.add(layer);
    for (const [name, value] of Object.entries(layer)) lookAt(value, prefix + name);
    for (const inner of layer.sublayers()) lookInto(inner.layer, `${prefix}${inner.path}.`);
  };
  lookInto(model, "");
  return found;
}
