/** A function's value with the tape that saw it computed. */
import type { Tensor, TensorLike } from "@crease/tensor";
import { ownTensors } from "./ownTensors.ts";
import { GradientTape } from "./tape.ts";
import type { Tensors } from "./valueAndGrad.ts";

/** `f` at new tensors for the arguments, which the tape watches. */
export function recordOn<A extends Tensors>(
  f: (...xs: A) => Tensor,
  xs: readonly TensorLike[],
): { readonly given: readonly Tensor[]; readonly tape: GradientTape; readonly value: Tensor } {
  const given = ownTensors(xs);
  const tape = new GradientTape();
  tape.watch(given);
  return { given, tape, value: tape.record(() => f(...(given as unknown as A))) };
}
