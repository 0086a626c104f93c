/** Keras's spellings in the golden files as ours. */
import type { DType } from "@crease/backend";
import { type Tensor, tensor } from "@crease/tensor";
import { decode, type GoldenTensor } from "../../../testdata/golden.ts";

/** `negative_slope` as `negativeSlope`. */
export function camelCase(name: string): string {
  return name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** Arguments with our names; names among the values too. */
export function camelCaseAll(args: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(args).map(([name, value]) => [
    camelCase(name),
    typeof value === "string" ? camelCase(value) : value,
  ]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}

/** A golden tensor as one of ours. */
export function toTensor(golden: GoldenTensor): Tensor {
  return tensor(decode(golden), { shape: golden.shape, dtype: golden.dtype as DType });
}
