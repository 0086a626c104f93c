/** The names of layers in one model: equal ones are numbered. */
import type { Layer, Tensors } from "@crease/layers";

/** Names layers as Keras does: dense, dense_1, dense_2; names that the user gave stay. */
export function numberNames(layers: readonly Layer<Tensors, Tensors>[]): void {
  const given = new Set(layers.filter((layer) => layer.isNamed).map((layer) => layer.name));
  const counts = new Map<string, number>();
  for (const layer of layers) {
    if (layer.isNamed) continue;
    const base = layer.defaultName;
    let count = counts.get(base) ?? 0;
    const nameWith = (n: number): string => (n === 0 ? base : `${base}_${n}`);
    while (given.has(nameWith(count))) count++;
    layer.name = nameWith(count);
    counts.set(base, count + 1);
  }
}
