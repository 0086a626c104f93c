/** One batch on its way into a model. */
import type { Backend } from "@crease/backend";
import type { Element, Feature } from "@crease/datasets";
import { Tensor } from "@crease/tensor";

/** Inputs, targets and sample weights of one step. */
export type Batch = Element;

/** A batch on the model's backend; the given one is used up. */
export async function moveBatch(batch: Batch, backend: Backend): Promise<Batch> {
  const move = async (feature: Feature | undefined): Promise<Feature | undefined> => {
    if (feature === undefined) return undefined;
    if (feature instanceof Tensor) return moveTensor(feature, backend);
    const entries = await Promise.all(
      Object.entries(feature).map(async ([name, x]) => [name, await moveTensor(x, backend)] as const),
    );
    return Object.fromEntries(entries);
  };
  const tensors = batch.flatMap((feature) =>
    feature === undefined ? [] : feature instanceof Tensor ? [feature] : Object.values(feature),
  );
  if (tensors.every((x) => x.backend === backend || x.dtype === "string")) return batch;
  return (await Promise.all(batch.map(move))) as unknown as Batch;
}

async function moveTensor(x: Tensor, backend: Backend): Promise<Tensor> {
  if (x.backend === backend || x.dtype === "string") return x;
  const moved = await x.to(backend);
  x.dispose();
  return moved;
}

/** Gives up a batch. */
export function disposeBatch(batch: Batch): void {
  for (const feature of batch) {
    if (feature === undefined) continue;
    for (const x of feature instanceof Tensor ? [feature] : Object.values(feature)) x.dispose();
  }
}
