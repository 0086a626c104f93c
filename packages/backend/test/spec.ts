/** Specs from their spelling in messages, for the tables of tests. */
import type { DType, Spec } from "@crease/backend";

/** `float32[2,3]` as a spec. */
export function spec(text: string): Spec {
  const [dtype, sizes] = text.slice(0, -1).split("[") as [DType, string];
  return { dtype, shape: sizes === "" ? [] : sizes.split(",").map(Number) };
}
