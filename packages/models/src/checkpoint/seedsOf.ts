/** The random streams of a model's layers. */
import { type Layer, Seeds, type Tensors } from "@crease/layers";
import type { AnyModel } from "../anyModel.ts";

/** Those in the fields of the model and of all layers in it, by field path, each once. */
export function seedsOf(model: AnyModel): ReadonlyMap<string, Seeds> {
  const found = new Map<string, Seeds>();
  const seen = new Set<unknown>();
  const look = (layer: AnyModel | Layer<Tensors, Tensors>, prefix: string): void => {
    if (seen.has(layer)) return;
    seen.add(layer);
    for (const [field, value] of Object.entries(layer)) if (value instanceof Seeds) found.set(prefix + field, value);
    for (const inner of layer.sublayers()) look(inner.layer, `${prefix}${inner.path}.`);
  };
  look(model, "");
  return found;
}
