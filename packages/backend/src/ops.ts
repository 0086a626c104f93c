/** The vocabulary of the contract: every primitive operation and every composite, a row each. */
import type { DType, Shape } from "./spec.ts";

/** One row: how many inputs (`number`: any count), which attributes, how many outputs. */
export interface Op<Arity extends number, Attrs extends object = object, Outputs extends number = 1> {
  readonly arity: Arity;
  readonly attrs: Attrs;
  readonly outputs: Outputs;
}

/** Axes of a reduction, sorted and not negative; `keepDims` leaves them as size 1. */
export interface Axes {
  readonly axes: readonly number[];
  readonly keepDims: boolean;
}
/** One axis, not negative. */
export interface Axis {
  readonly axis: number;
}
/** Where indices point: along `axis`, with the first `batchDims` axes of both inputs walked together. */
export interface Gather extends Axis {
  readonly batchDims: number;
}
/** A Philox4x32-10 stream: `key` from the seed, `counter` the index of its first block. */
export interface Stream {
  /** Two 32-bit words. */
  readonly key: readonly [number, number];
  /** Index of the first block of four numbers, an integer below 2^53. */
  readonly counter: number;
  readonly shape: Shape;
}

/** Primitives of one input that keep its shape. */
export interface UnaryTable {
  // those from exp on take floats only
  neg: Op<1>;
  abs: Op<1>;
  sign: Op<1>;
  floor: Op<1>;
  ceil: Op<1>;
  round: Op<1>;
  relu: Op<1>;
  exp: Op<1>;
  expm1: Op<1>;
  log: Op<1>;
  log1p: Op<1>;
  sqrt: Op<1>;
  rsqrt: Op<1>;
  sin: Op<1>;
  cos: Op<1>;
  tan: Op<1>;
  asin: Op<1>;
  acos: Op<1>;
  atan: Op<1>;
  sinh: Op<1>;
  cosh: Op<1>;
  tanh: Op<1>;
  asinh: Op<1>;
  acosh: Op<1>;
  atanh: Op<1>;
  sigmoid: Op<1>;
  erf: Op<1>;
  // bool out; logicalNot takes bool, isNaN floats
  logicalNot: Op<1>;
  isNaN: Op<1>;
}

/** Primitives that compute each element by itself. All inputs of one call have one dtype unless the comment says otherwise. */
export interface ElementwiseTable extends UnaryTable {
  // two in, broadcast out
  add: Op<2>;
  sub: Op<2>;
  mul: Op<2>;
  div: Op<2>;
  floorDiv: Op<2>;
  mod: Op<2>;
  pow: Op<2>;
  maximum: Op<2>;
  minimum: Op<2>;
  atan2: Op<2>;
  // two in, bool out
  equal: Op<2>;
  less: Op<2>;
  lessEqual: Op<2>;
  logicalAnd: Op<2>;
  logicalOr: Op<2>;
  logicalXor: Op<2>;
  /** `[condition: bool, a, b]`, all three broadcast. */
  select: Op<3>;
  cast: Op<1, { readonly dtype: DType }>;
  // views: relabel storage, no backend ever sees one
  /** A Variable's value; `variable` is the cell that was read. */
  read: Op<1, { readonly variable: object }>;
  stopGradient: Op<1>;
  /** `[value, ...xs]` to the value; its gradient by the xs is what `gradient(dy)` returns, a list with null for none. */
  customGradient: Op<number, { readonly gradient: (dy: never) => readonly unknown[] }>;
}

/** Primitives that walk along axes. */
export interface ReduceTable {
  sum: Op<1, Axes>;
  prod: Op<1, Axes>;
  max: Op<1, Axes>;
  min: Op<1, Axes>;
  any: Op<1, Axes>;
  all: Op<1, Axes>;
  /** int32 positions of the first largest; the axis is dropped; NaN counts as largest. */
  argMax: Op<1, Axis>;
  argMin: Op<1, Axis>;
  cumSum: Op<1, { readonly axis: number; readonly exclusive: boolean; readonly reverse: boolean }>;
}

/** Primitives that move elements without computing. */
export interface MoveTable {
  /** A view. */
  reshape: Op<1, { readonly shape: Shape }>;
  transpose: Op<1, { readonly perm: readonly number[] }>;
  broadcastTo: Op<1, { readonly shape: Shape }>;
  /** Element i of the output is element `start + i * step` of each axis; steps may be negative, never 0. */
  slice: Op<1, { readonly start: readonly number[]; readonly shape: Shape; readonly step: readonly number[] }>;
  pad: Op<1, { readonly pads: readonly (readonly [number, number])[]; readonly value: number }>;
  concat: Op<number, Axis>;
  reverse: Op<1, { readonly axes: readonly number[] }>;
  /** `[x, indices: int32]`: the axis of x is replaced by the axes of indices behind the batch ones. */
  gather: Op<2, Gather>;
  /** `[indices: int32, updates]`: the adjoint of gather, into zeros whose axis has `size` elements; repeats add up. */
  scatterAdd: Op<2, Gather & { readonly size: number }>;
}

/** Sorting, contraction and random numbers. */
export interface ContractTable {
  /** Last axis; values and int32 positions; stable; NaN last when ascending, first when descending. */
  sort: Op<1, { readonly descending: boolean }, 2>;
  /** The k largest of the last axis, largest first: values and int32 positions; stable. */
  topK: Op<1, { readonly k: number }, 2>;
  /** Ranks of 2 or more; leading axes broadcast; flags swap the last two axes of an input. */
  matmul: Op<2, { readonly transposeA: boolean; readonly transposeB: boolean }>;
  // no inputs
  /** int32, all 32 bits random. */
  randomBits: Op<0, Stream>;
  /** float32 in [0, 1): the top 24 bits of randomBits over 2^24. */
  randomUniform: Op<0, Stream>;
}

/** Every primitive. */
export interface OpTable extends ElementwiseTable, ReduceTable, MoveTable, ContractTable {}

/** Coefficients that all update steps share; host numbers. */
export interface Update {
  readonly learningRate: number;
  /** Decoupled decay: the variable is scaled by `1 - learningRate * weightDecay` before the step; 0 for none. */
  readonly weightDecay: number;
}

/** Expressions of primitives that a backend may also have one kernel for. Definitions: `tensor/src/composites`. */
export interface CompositeTable {
  softmax: Op<1, Axis>;
  logSoftmax: Op<1, Axis>;
  gelu: Op<1, { readonly approximate: boolean }>;
  /** `[x: [..., k], w: [k, n], b: [n]]` to `activation(x w + b): [..., n]`. */
  dense: Op<3, { readonly activation: "linear" | "relu" }>;
  /** `[logits: [..., c], target]` with int32 classes `[...]` or probabilities `[..., c]`, to loss `[...]` and its gradient by the logits `[..., c]`. */
  softmaxCrossEntropy: Op<2, object, 2>;
  /** `[x: [..., n], scale: [n], offset: [n]]` to the normalised x, and mean and 1/deviation `[..., 1]`. */
  layerNorm: Op<3, { readonly epsilon: number }, 3>;
  /** `[variable, gradient]` to `[variable]`. */
  sgdUpdate: Op<2, Update>;
  /** `[variable, velocity, gradient]` to `[variable, velocity]`. */
  momentumUpdate: Op<3, Update & { readonly momentum: number; readonly nesterov: boolean }, 2>;
  /** `[variable, accumulator, gradient]` to `[variable, accumulator]`. */
  adagradUpdate: Op<3, Update & { readonly epsilon: number }, 2>;
  /** `[variable, meanSquare, gradient]` to `[variable, meanSquare]`. */
  rmspropUpdate: Op<3, Update & { readonly rho: number; readonly epsilon: number }, 2>;
  /** `[variable, mean, meanSquare, gradient]` to `[variable, mean, meanSquare]`; `correction` undoes the bias of both means to 0. */
  adamUpdate: Op<
    4,
    Update & { readonly beta1: number; readonly beta2: number; readonly epsilon: number; readonly correction: number },
    3
  >;
}

/** Names of the primitives. */
export type OpName = keyof OpTable;
/** Names of the composites. */
export type CompositeName = keyof CompositeTable;
/** Primitives that only relabel storage: the tensor package does them itself. */
export type ViewName = "reshape" | "read" | "stopGradient" | "customGradient";
/** Primitives that need a kernel. */
export type KernelName = Exclude<OpName, ViewName>;
/** Every name a call can have. */
export type CallName = OpName | CompositeName;

type Row<K extends CallName> = K extends OpName ? OpTable[K] : K extends CompositeName ? CompositeTable[K] : never;

/** The attributes of an op. */
export type Attrs<K extends CallName> = Row<K>["attrs"];

type TupleOf<T, N extends number> = N extends 0
  ? readonly []
  : N extends 1
    ? readonly [T]
    : N extends 2
      ? readonly [T, T]
      : N extends 3
        ? readonly [T, T, T]
        : N extends 4
          ? readonly [T, T, T, T]
          : readonly T[];

/** The inputs of an op as a tuple of its arity. */
export type Inputs<K extends CallName, T> = number extends Row<K>["arity"] ? readonly T[] : TupleOf<T, Row<K>["arity"]>;
/** The outputs of an op as a tuple of their count. */
export type Outputs<K extends CallName, T> = TupleOf<T, Row<K>["outputs"]>;

const compositeArities: { readonly [K in CompositeName]: number } = {
  softmax: 1,
  logSoftmax: 1,
  gelu: 1,
  dense: 3,
  softmaxCrossEntropy: 2,
  layerNorm: 3,
  sgdUpdate: 2,
  momentumUpdate: 3,
  adagradUpdate: 3,
  rmspropUpdate: 3,
  adamUpdate: 4,
};

/** Number of inputs of each op; -1 for any count. */
export const arities: { readonly [K in CallName]: number } = {
  neg: 1,
  abs: 1,
  sign: 1,
  floor: 1,
  ceil: 1,
  round: 1,
  relu: 1,
  exp: 1,
  expm1: 1,
  log: 1,
  log1p: 1,
  sqrt: 1,
  rsqrt: 1,
  sin: 1,
  cos: 1,
  tan: 1,
  asin: 1,
  acos: 1,
  atan: 1,
  sinh: 1,
  cosh: 1,
  tanh: 1,
  asinh: 1,
  acosh: 1,
  atanh: 1,
  sigmoid: 1,
  erf: 1,
  logicalNot: 1,
  isNaN: 1,
  add: 2,
  sub: 2,
  mul: 2,
  div: 2,
  floorDiv: 2,
  mod: 2,
  pow: 2,
  maximum: 2,
  minimum: 2,
  atan2: 2,
  equal: 2,
  less: 2,
  lessEqual: 2,
  logicalAnd: 2,
  logicalOr: 2,
  logicalXor: 2,
  select: 3,
  cast: 1,
  sum: 1,
  prod: 1,
  max: 1,
  min: 1,
  any: 1,
  all: 1,
  argMax: 1,
  argMin: 1,
  cumSum: 1,
  reshape: 1,
  transpose: 1,
  broadcastTo: 1,
  slice: 1,
  pad: 1,
  concat: -1,
  reverse: 1,
  gather: 2,
  scatterAdd: 2,
  sort: 1,
  topK: 1,
  matmul: 2,
  randomBits: 0,
  randomUniform: 0,
  read: 1,
  stopGradient: 1,
  customGradient: -1,
  ...compositeArities,
};

/** The names of the composites. */
export const composites: ReadonlySet<CompositeName> = new Set(Object.keys(compositeArities) as CompositeName[]);

/** The composites that write a step into their variables: their inputs may be overwritten where `unshared` says so. */
export type UpdateName = "sgdUpdate" | "momentumUpdate" | "adagradUpdate" | "rmspropUpdate" | "adamUpdate";

/** The names of `UpdateName`. */
export const updates: ReadonlySet<CompositeName> = new Set<UpdateName>([
  "sgdUpdate",
  "momentumUpdate",
  "adagradUpdate",
  "rmspropUpdate",
  "adamUpdate",
]);
