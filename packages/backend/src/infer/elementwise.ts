/** Output specs of the elementwise primitives. */
import { broadcastShapes } from "../broadcast.ts";
import { DTypeError } from "../errors.ts";
import type { Attrs, ElementwiseTable, OpName } from "../ops.ts";
import { dtypes, type Spec } from "../spec.ts";
import { type InferRule, refuseString, requireDType, requireFloat, requireNumber, requireSameDType } from "./rule.ts";

type One = readonly [Spec];
type Two = readonly [Spec, Spec];
type Check = (op: string, inputs: readonly Spec[]) => void;

const unary =
  (op: OpName, check: Check) =>
  (inputs: One): One => {
    check(op, inputs);
    return [inputs[0]];
  };

const unaryToBool =
  (op: OpName, check: Check) =>
  (inputs: One): One => {
    check(op, inputs);
    return [{ shape: inputs[0].shape, dtype: "bool" }];
  };

const binary =
  (op: OpName, check: Check) =>
  (inputs: Two): One => {
    requireSameDType(op, inputs);
    check(op, inputs);
    return [{ shape: broadcastShapes(op, inputs), dtype: inputs[0].dtype }];
  };

const binaryToBool =
  (op: OpName, check: Check) =>
  (inputs: Two): One => {
    requireSameDType(op, inputs);
    check(op, inputs);
    return [{ shape: broadcastShapes(op, inputs), dtype: "bool" }];
  };

const anything: Check = () => {};
const requireBool: Check = (op, inputs) => {
  for (const x of inputs) requireDType(op, "bool", x, inputs);
};

/** One rule for each row of ElementwiseTable. */
export const inferElementwise: { readonly [K in keyof ElementwiseTable]: InferRule<K> } = {
  neg: unary("neg", requireNumber),
  abs: unary("abs", requireNumber),
  sign: unary("sign", requireNumber),
  floor: unary("floor", requireNumber),
  ceil: unary("ceil", requireNumber),
  round: unary("round", requireNumber),
  relu: unary("relu", requireNumber),
  exp: unary("exp", requireFloat),
  expm1: unary("expm1", requireFloat),
  log: unary("log", requireFloat),
  log1p: unary("log1p", requireFloat),
  sqrt: unary("sqrt", requireFloat),
  rsqrt: unary("rsqrt", requireFloat),
  sin: unary("sin", requireFloat),
  cos: unary("cos", requireFloat),
  tan: unary("tan", requireFloat),
  asin: unary("asin", requireFloat),
  acos: unary("acos", requireFloat),
  atan: unary("atan", requireFloat),
  sinh: unary("sinh", requireFloat),
  cosh: unary("cosh", requireFloat),
  tanh: unary("tanh", requireFloat),
  asinh: unary("asinh", requireFloat),
  acosh: unary("acosh", requireFloat),
  atanh: unary("atanh", requireFloat),
  sigmoid: unary("sigmoid", requireFloat),
  erf: unary("erf", requireFloat),
  stopGradient: unary("stopGradient", anything),
  read: unary("read", anything),
  customGradient: (inputs: readonly Spec[]): One => [inputs[0] as Spec],
  logicalNot: unaryToBool("logicalNot", requireBool),
  isNaN: unaryToBool("isNaN", requireFloat),
  add: binary("add", refuseString),
  sub: binary("sub", requireNumber),
  mul: binary("mul", refuseString),
  div: binary("div", requireFloat),
  floorDiv: binary("floorDiv", requireNumber),
  mod: binary("mod", requireNumber),
  pow: binary("pow", requireNumber),
  maximum: binary("maximum", refuseString),
  minimum: binary("minimum", refuseString),
  atan2: binary("atan2", requireFloat),
  equal: binaryToBool("equal", anything),
  less: binaryToBool("less", anything),
  lessEqual: binaryToBool("lessEqual", anything),
  logicalAnd: binaryToBool("logicalAnd", requireBool),
  logicalOr: binaryToBool("logicalOr", requireBool),
  logicalXor: binaryToBool("logicalXor", requireBool),
  select: (inputs: readonly [Spec, Spec, Spec]): One => {
    requireDType("select", "bool", inputs[0], inputs);
    requireSameDType("select", inputs.slice(1));
    return [{ shape: broadcastShapes("select", inputs), dtype: inputs[1].dtype }];
  },
  cast: ([x]: One, { dtype }: Attrs<"cast">): One => {
    if (!dtypes.includes(dtype))
      throw new DTypeError({
        op: "cast",
        problem: `unknown dtype "${dtype}"`,
        got: [x],
        fix: `Known dtypes: ${dtypes.join(", ")}`,
      });
    if (x.dtype !== dtype && (x.dtype === "string" || dtype === "string"))
      throw new DTypeError({
        op: "cast",
        problem: `strings and ${dtype === "string" ? x.dtype : dtype} do not convert into each other`,
        got: [x],
        fix: "Convert the values in JavaScript and make a new tensor",
      });
    return [{ shape: x.shape, dtype }];
  },
};
