/** Keras's spellings in the golden files as ours. */
import type { DType } from "@crease/backend";
import { type Tensor, tensor } from "@crease/tensor";
import { decode, type GoldenTensor, isGoldenTensor } from "../../../testdata/golden.ts";

/** `num_thresholds` as `numThresholds`. */
export function camelCase(name: string): string {
  return name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** Arguments with our names, tensors as lists; the aggregation's name too. */
export function camelCaseAll(args: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => {
      if (isGoldenTensor(value)) return [camelCase(name), decode(value)];
      return [camelCase(name), name === "class_aggregation" && typeof value === "string" ? camelCase(value) : value];
    }),
  );
}

/** A golden tensor as one of ours. */
export function toTensor(golden: GoldenTensor): Tensor {
  return tensor(decode(golden), { shape: golden.shape, dtype: golden.dtype as DType });
}
