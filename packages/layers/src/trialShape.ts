/** The shapes of a layer's outputs, tried out. */
import { scope, zeros } from "@crease/tensor";
import type { Layer } from "./layer.ts";
import { listOf, type PartialShape, type ShapesOf, shapesOf, type Tensors } from "./shape.ts";
import { mapSpecs, specsWith } from "./symbolic.ts";

/** The shapes that a built layer gives zeros of two batch sizes, arranged as its outputs; what differs is `null`. */
export function trialShape(layer: Layer<Tensors, Tensors>, inputShape: ShapesOf<Tensors>): ShapesOf<Tensors> {
  const [two, three] = [2, 3].map((size) => shapesWith(layer, inputShape, size)) as [unknown, unknown];
  return common(two, three) as ShapesOf<Tensors>;
}

function shapesWith(layer: Layer<Tensors, Tensors>, inputShape: ShapesOf<Tensors>, unknown: number): unknown {
  return scope(() => {
    const backend = layer.weights[0]?.backend;
    const options = { dtype: layer.dtype, ...(backend && { backend }) };
    const full = (shape: PartialShape): number[] => shape.map((size) => size ?? unknown);
    const x = mapSpecs(specsWith(inputShape, layer.dtype), ({ shape }) => zeros(full(shape), options));
    // What this trial adds to the loss is no part of the step under way.
    const { result, losses } = layer.collectLosses(() => layer.call(x, { training: false }));
    for (const loss of losses) loss.dispose();
    const shapes = shapesOf(result);
    for (const y of listOf(result)) y.dispose();
    return shapes;
  });
}

/** Where both say the same, that; null where they differ. */
function common(a: unknown, b: unknown): unknown {
  if (typeof a !== "object" || a === null) return a === b ? a : null;
  const other = b as { readonly [key: string]: unknown };
  const entries = Object.entries(a).map(([key, value]) => [key, common(value, other[key])] as const);
  return Array.isArray(a) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}
