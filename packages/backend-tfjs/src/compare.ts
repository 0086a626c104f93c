/** Comparisons and logic: two inputs, bool out. */
import type { Compute } from "./compute.ts";

type Compare = Compute<"equal">;

const named =
  (kernel: string): Compare =>
  (work, [a, b]) => [work.binary(kernel, a.info, b.info)];

/** Order of bool, where false is less: TensorFlow has none. `!a && b`, `!a || b`. */
const ordered =
  (kernel: string, logic: string): Compare =>
  (work, [a, b]) => {
    if (a.dtype !== "bool" || work.device.name !== "tensorflow") return [work.binary(kernel, a.info, b.info)];
    return [work.binary(logic, work.unary("LogicalNot", a.info), b.info)];
  };

/** Comparisons and logic. */
export const compareComputes: {
  readonly [K in "equal" | "less" | "lessEqual" | "logicalAnd" | "logicalOr" | "logicalXor"]: Compare;
} = {
  equal: named("Equal"),
  less: ordered("Less", "LogicalAnd"),
  lessEqual: ordered("LessEqual", "LogicalOr"),
  logicalAnd: named("LogicalAnd"),
  logicalOr: named("LogicalOr"),
  // Only wasm has LogicalXor.
  logicalXor: named("NotEqual"),
};
