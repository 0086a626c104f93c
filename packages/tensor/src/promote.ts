/** Which element type mixed inputs of an op are brought to before any backend sees them. */
import { type CallName, type DType, DTypeError, isFloat, isInteger, type Spec } from "@crease/backend";

/** Element types in the order in which the larger wins (strings never meet numbers). */
const order: readonly DType[] = ["bool", "int8", "uint8", "int32", "float16", "float32", "float64"];

/**
 * The common dtype of two tensors: Keras 3's table, except that int8 with uint8 gives int32.
 *
 * @param op Names the op, and `got` all its inputs, in the error.
 * @throws DTypeError where one is a string and the other is not.
 * @example
 * ```ts
 * import { promoteDTypes } from "@crease/tensor";
 * promoteDTypes("int32", "float16"); // => float16
 * promoteDTypes("int8", "uint8"); // => int32
 * ```
 */
export function promoteDTypes(a: DType, b: DType, op = "promoteDTypes", got: readonly Spec[] = []): DType {
  if (a === b) return a;
  if (a === "string" || b === "string")
    throw new DTypeError({
      op,
      problem: `${a} and ${b} have no common dtype`,
      got,
      fix: "Use strings with strings, numbers with numbers",
    });
  if ((a === "int8" && b === "uint8") || (a === "uint8" && b === "int8")) return "int32";
  return order.indexOf(a) > order.indexOf(b) ? a : b;
}

/**
 * How one input is fitted: to the `common` dtype of its group; further to a `float` (integers become float32) or to a
 * `wide` number (bool and small integers become int32); to `bool` (by comparing with 0); to an int32 `index`; to a
 * `target` (integers become an index, the rest as the first input); or left its `own`.
 */
export type Fit = "common" | "float" | "wide" | "bool" | "index" | "target" | "own";

/** The fit of an op's inputs, with one odd input where there is one. */
export interface FitRule {
  readonly fit: Fit;
  readonly odd?: { readonly at: number; readonly fit: Fit };
}

const common: FitRule = { fit: "common" };
const float: FitRule = { fit: "float" };
const wide: FitRule = { fit: "wide" };
const truth: FitRule = { fit: "bool" };
const own: FitRule = { fit: "own" };

/** For each op how its inputs come to the dtype that its kernel takes. */
export const fitRules: { readonly [K in CallName]: FitRule } = {
  neg: common,
  abs: common,
  sign: common,
  floor: common,
  ceil: common,
  round: common,
  relu: common,
  exp: float,
  expm1: float,
  log: float,
  log1p: float,
  sqrt: float,
  rsqrt: float,
  sin: float,
  cos: float,
  tan: float,
  asin: float,
  acos: float,
  atan: float,
  sinh: float,
  cosh: float,
  tanh: float,
  asinh: float,
  acosh: float,
  atanh: float,
  sigmoid: float,
  erf: float,
  logicalNot: truth,
  isNaN: float,
  add: common,
  sub: common,
  mul: common,
  div: float,
  floorDiv: common,
  mod: common,
  pow: common,
  maximum: common,
  minimum: common,
  atan2: float,
  equal: common,
  less: common,
  lessEqual: common,
  logicalAnd: truth,
  logicalOr: truth,
  logicalXor: truth,
  select: { fit: "common", odd: { at: 0, fit: "bool" } },
  cast: own,
  sum: wide,
  prod: wide,
  max: own,
  min: own,
  any: truth,
  all: truth,
  argMax: own,
  argMin: own,
  cumSum: wide,
  reshape: own,
  transpose: own,
  broadcastTo: own,
  slice: own,
  pad: own,
  concat: common,
  reverse: own,
  gather: { fit: "own", odd: { at: 1, fit: "index" } },
  scatterAdd: { fit: "own", odd: { at: 0, fit: "index" } },
  sort: own,
  topK: own,
  matmul: wide,
  randomBits: own,
  randomUniform: own,
  read: own,
  stopGradient: own,
  customGradient: own,
  softmax: float,
  logSoftmax: float,
  gelu: float,
  dense: float,
  softmaxCrossEntropy: { fit: "float", odd: { at: 1, fit: "target" } },
  layerNorm: float,
  sgdUpdate: float,
  momentumUpdate: float,
  adagradUpdate: float,
  rmspropUpdate: float,
  adamUpdate: float,
};

/** The dtype that a fit asks of an input whose group has the given common dtype. */
export function fitted(op: string, fit: Fit, dtype: DType, first: DType, got: readonly Spec[]): DType {
  switch (fit) {
    case "float":
      return isInteger(dtype) || dtype === "bool" ? "float32" : dtype;
    case "wide":
      return dtype === "bool" || dtype === "int8" || dtype === "uint8" ? "int32" : dtype;
    case "bool":
      return dtype === "string" ? dtype : "bool";
    case "index":
      if (!isInteger(dtype))
        throw new DTypeError({
          op,
          problem: `indices are ${dtype}`,
          got,
          fix: 'Give integers, or convert with `x.cast("int32")`',
        });
      return "int32";
    case "target":
      if (isInteger(dtype)) return "int32";
      return dtype === "string" ? dtype : isFloat(first) ? first : "float32";
    default:
      return dtype;
  }
}
