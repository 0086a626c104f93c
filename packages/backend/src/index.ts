/** The contract between front end and backends: op tables, inference, errors, the Backend interface. */
export * from "./axes.ts";
export * from "./backend.ts";
export * from "./broadcast.ts";
export * from "./errors.ts";
export * from "./float16.ts";
export * from "./indexError.ts";
export { checkShape } from "./infer/move.ts";
export type { InferRule } from "./infer/rule.ts";
export * from "./infer.ts";
export { isNode, nodeBuiltin } from "./nodeBuiltin.ts";
export * from "./ops.ts";
export * from "./philox.ts";
export * from "./requireOption.ts";
export * from "./spec.ts";
