/** One batch on its way into a model. */
import type { Backend } from "@crease/backend";
import { disposeElement, type Element, type Feature, tensorsOf } from "@crease/datasets";
import { Tensor } from "@crease/tensor";

/** Inputs, targets and sample weights of one step. */
export type Batch = Element;

/** A batch on the model's backend; the given one is used up, also where a tensor cannot be moved. */
export async function moveBatch(batch: Batch, backend: Backend): Promise<Batch> {
  const stays = (x: Tensor): boolean => x.backend === backend || x.dtype === "string";
  if (tensorsOf(batch).every(stays)) return batch;
  const moved: Tensor[] = [];
  const move = async (x: Tensor): Promise<Tensor> => {
    if (stays(x)) return x;
    const there = await x.to(backend);
    moved.push(there);
    x.dispose();
    return there;
  };
  const moveFeature = async (feature: Feature | undefined): Promise<Feature | undefined> => {
    if (feature === undefined || feature instanceof Tensor) return feature && move(feature);
    const there: Record<string, Tensor> = {};
    for (const [name, x] of Object.entries(feature)) there[name] = await move(x);
    return there;
  };
  try {
    const [x, y, sampleWeight] = batch;
    return [(await moveFeature(x)) as Feature, await moveFeature(y), await moveFeature(sampleWeight)];
  } catch (error) {
    for (const x of moved) x.dispose();
    disposeElement(batch);
    throw error;
  }
}
