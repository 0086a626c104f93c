/** Weights of samples by their class. */
import { ValueError } from "@crease/backend";
import { scope, Tensor, tensor } from "@crease/tensor";
import type { Batch } from "./batch.ts";

/** Weight of each class by its number; classes that are not named weigh 1. */
export type ClassWeight = { readonly [label: number]: number };

/**
 * A batch with its samples weighted by their class too.
 *
 * @throws ValueError without targets, or where a key is no class number.
 */
export function weighByClass(batch: Batch, classWeight: ClassWeight): Batch {
  const [x, y, sampleWeight] = batch;
  if (!(y instanceof Tensor))
    throw new ValueError({
      op: "fit",
      problem: "classWeight needs targets in one tensor",
      fix: "Give `y`, or use sampleWeight",
    });
  const weights = scope(() => {
    const labels = (y.ndim > 1 && y.shape[y.ndim - 1] !== 1 ? y.argMax(-1) : y.ndim > 1 ? y.squeeze(-1) : y).cast(
      "int32",
    );
    const table = classTable(classWeight);
    const isKnown = labels.greaterEqual(0).logicalAnd(labels.less(table.length));
    const known = tensor(table, { backend: y.backend }).gather(labels.clip(0, table.length - 1));
    const byClass = known.sub(1).mul(isKnown.cast("float32")).add(1);
    return sampleWeight === undefined ? byClass : byClass.mul(sampleWeight as Tensor);
  });
  if (sampleWeight instanceof Tensor) sampleWeight.dispose();
  return [x, y, weights];
}

function classTable(classWeight: ClassWeight): Float32Array {
  const labels = Object.keys(classWeight).map(Number);
  for (const label of labels)
    if (!Number.isInteger(label) || label < 0)
      throw new ValueError({
        op: "fit",
        problem: `classWeight names class "${label}"`,
        fix: "Use class numbers from 0",
      });
  const table = new Float32Array(Math.max(0, ...labels) + 1).fill(1);
  for (const label of labels) table[label] = classWeight[label] as number;
  return table;
}
