/** Comparisons and logic: two inputs, bool out. */
import type { Compute } from "./compute.ts";

type Compare = Compute<"equal">;

const named =
  (kernel: string): Compare =>
  (work, [a, b]) => [work.binary(kernel, a.info, b.info)];

/** Comparisons and logic. */
export const compareComputes: {
  readonly [K in "equal" | "less" | "lessEqual" | "logicalAnd" | "logicalOr" | "logicalXor"]: Compare;
} = {
  equal: named("Equal"),
  less: named("Less"),
  lessEqual: named("LessEqual"),
  logicalAnd: named("LogicalAnd"),
  logicalOr: named("LogicalOr"),
  // Only wasm has LogicalXor.
  logicalXor: named("NotEqual"),
};
