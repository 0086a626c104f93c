/** Tensors: creation, operations, Variables, scopes, random numbers, and the choke point that every call passes. */
export { asTensor } from "./asTensor.ts";
export type { Call, CallOf, Interpreter } from "./call.ts";
export type { Cell } from "./cell.ts";
export {
  getBackend,
  getRandomState,
  hostBackend,
  type RandomState,
  setBackend,
  setRandomSeed,
  setRandomState,
} from "./context.ts";
export type { ContractedAxes } from "./contraction.ts";
export * from "./create.ts";
export * from "./einsum.ts";
export { expand, interpret } from "./interpreters.ts";
export * from "./join.ts";
export type { MatmulOptions } from "./methods/contract.ts";
export type { KeepDims, MomentOptions, ReducedAxes } from "./methods/reduce.ts";
export type { NormOrder } from "./norm.ts";
export { type NormalizeOptions, normalize } from "./normalize.ts";
export type { NestedArray, Scalar, TensorLike, TypedArray, Values } from "./operands.ts";
export type { PadMode } from "./padding.ts";
export { type Body, type Outputs, Program } from "./program.ts";
export { promoteDTypes } from "./promote.ts";
export * from "./random.ts";
export { keep, scope } from "./scope.ts";
export type { Range } from "./slicing.ts";
export * from "./softmaxCrossEntropy.ts";
export type { Logits } from "./stored.ts";
export { run, Tensor } from "./tensor.ts";
export { toCategorical } from "./toCategorical.ts";
export { type Constraint, type Regularizer, Variable, type VariableOptions } from "./variable.ts";
