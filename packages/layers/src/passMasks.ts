/** Masks that layers pass on. */
import { scope, type Tensor } from "@crease/tensor";
import { listOf, type Tensors } from "./shape.ts";

/** What says which steps count: a mask for all outputs, one for each in order, or null for none. */
export type Masks = Tensor | readonly (Tensor | null)[] | { readonly [name: string]: Tensor | null } | null;

/** Keeps masks on outputs, but on those that have one: they came from a layer further inside. */
export function passMasks(y: Tensors, masks: () => Masks): void {
  const outputs = listOf(y);
  if (outputs.every((output) => output.mask !== undefined)) return;
  scope(() => {
    const computed = masks();
    if (computed === null) return;
    const parts = "shape" in computed ? outputs.map(() => computed as Tensor) : Object.values(computed);
    outputs.forEach((output, i) => {
      const mask = parts[i];
      if (mask && output.mask === undefined) output.keepMask(mask);
    });
  });
}
