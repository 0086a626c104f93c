/** Weights of samples by their class. */

import { requireNumber, ValueError } from "@crease/backend";
import { disposeElement } from "@crease/datasets";
import { scope, Tensor, tensor } from "@crease/tensor";
import type { Batch } from "./batch.ts";

/** Weight of each class by its number; classes that are not named weigh 1. */
export type ClassWeight = { readonly [label: number]: number };

/**
 * A batch with its samples weighted by their class too; the given one is used up.
 *
 * @throws ValueError without targets or with several weights, or where a key is no class number or a weight no finite number.
 */
export function weighByClass(op: string, batch: Batch, classWeight: ClassWeight | undefined): Batch {
  if (classWeight === undefined) return batch;
  try {
    const [x, y, sampleWeight] = batch;
    const weights = scope(() => weightsOf(op, batch, classTable(op, classWeight)));
    if (sampleWeight instanceof Tensor) sampleWeight.dispose();
    return [x, y, weights];
  } catch (error) {
    disposeElement(batch);
    throw error;
  }
}

function weightsOf(op: string, [, y, sampleWeight]: Batch, table: Float32Array): Tensor {
  const isOne = y instanceof Tensor && (sampleWeight === undefined || sampleWeight instanceof Tensor);
  if (!isOne)
    throw new ValueError({
      op,
      problem: "classWeight needs targets, and sample weights if any, in one tensor",
      fix: "Give `y`, or use sampleWeight",
    });
  const labels = classesOf(y);
  const isKnown = labels.greaterEqual(0).logicalAnd(labels.less(table.length));
  const known = tensor(table, { backend: y.backend }).gather(labels.clip(0, table.length - 1));
  const byClass = known.sub(1).mul(isKnown.cast("float32")).add(1);
  return sampleWeight === undefined ? byClass : byClass.mul(sampleWeight);
}

/** The class number of each sample, of labels `[n]` or `[n, 1]` or of one-hot rows. */
function classesOf(y: Tensor): Tensor {
  if (y.ndim < 2) return y.cast("int32");
  return y.shape[y.ndim - 1] === 1 ? y.squeeze(-1).cast("int32") : y.argMax(-1);
}

function classTable(op: string, classWeight: ClassWeight): Float32Array {
  const labels = Object.keys(classWeight);
  for (const label of labels)
    if (!/^\d{1,7}$/.test(label))
      throw new ValueError({
        op,
        problem: `classWeight names class "${label}"`,
        fix: "Use class numbers from 0",
      });
  const table = new Float32Array(Math.max(0, ...labels.map(Number)) + 1).fill(1);
  for (const label of labels) {
    const weight = classWeight[Number(label)] as number;
    requireNumber(op, `classWeight of class ${label}`, weight);
    table[Number(label)] = weight;
  }
  return table;
}
