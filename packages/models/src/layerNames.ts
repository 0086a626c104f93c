/** The names of layers in one model: equal ones are numbered. */
import type { Layer, Tensors } from "@crease/layers";

/**
 * Names layers as Keras does: dense, dense_1, dense_2. Names that the user gave stay, and so do numbers that another
 * model gave, where they are free.
 */
export function numberNames(layers: readonly Layer<Tensors, Tensors>[]): void {
  const taken = new Set(layers.filter((layer) => layer.isNamed).map((layer) => layer.name));
  const unnamed = layers.filter((layer) => !layer.isNamed);
  for (const layer of unnamed.filter(({ name, defaultName }) => name !== defaultName)) {
    if (taken.has(layer.name)) layer.name = layer.defaultName;
    else taken.add(layer.name);
  }
  for (const layer of unnamed.filter(({ name, defaultName }) => name === defaultName)) {
    const { defaultName } = layer;
    for (let i = 1; taken.has(layer.name); i++) layer.name = `${defaultName}_${i}`;
    taken.add(layer.name);
  }
}
