/** Tensors: creation, operations, Variables, scopes, random numbers, and the choke point that every call passes. */
export type { Call, CallOf, Interpreter } from "./call.ts";
export type { Cell } from "./cell.ts";
export { getBackend, getRandomState, type RandomState, setBackend, setRandomSeed, setRandomState } from "./context.ts";
export * from "./create.ts";
export * from "./einsum.ts";
export * from "./join.ts";
export type { NestedArray, Scalar, TensorLike, TypedArray, Values } from "./operands.ts";
export { promoteDTypes } from "./promote.ts";
export * from "./random.ts";
export { keep, scope } from "./scope.ts";
export { expand, interpret, type Logits, run, Tensor } from "./tensor.ts";
export { type Constraint, type Regularizer, Variable, type VariableOptions } from "./variable.ts";
