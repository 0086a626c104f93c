/** What the tests of tapes share. */
import { getBackend, type Tensor } from "@crease/tensor";
import { GradientTape } from "../src/index.ts";

/** Number of buffers alive on the default backend. */
export const buffers = (): number => getBackend().memory().buffers;
/** The elements, null for null. */
export const numbers = async (x: Tensor | null): Promise<number[] | null> =>
  x && Array.from((await x.data()) as Float32Array);

/** A tape over watched tensors with what it recorded. */
export function taped<T>(watched: readonly Tensor[], body: () => T, persistent = false): readonly [GradientTape, T] {
  const tape = new GradientTape({ persistent });
  tape.watch(watched);
  return [tape, tape.record(body)];
}
