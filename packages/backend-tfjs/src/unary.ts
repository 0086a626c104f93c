/** Elementwise ops of one input. */
import type { ElementwiseTable } from "@crease/backend";
import type { Compute } from "./compute.ts";

/** Kernels that are right as they are, for floats. */
const named = {
  exp: "Exp",
  expm1: "Expm1",
  log: "Log",
  log1p: "Log1p",
  sqrt: "Sqrt",
  rsqrt: "Rsqrt",
  sin: "Sin",
  cos: "Cos",
  tan: "Tan",
  asin: "Asin",
  acos: "Acos",
  atan: "Atan",
  sinh: "Sinh",
  cosh: "Cosh",
  tanh: "Tanh",
  asinh: "Asinh",
  acosh: "Acosh",
  atanh: "Atanh",
  sigmoid: "Sigmoid",
  erf: "Erf",
  logicalNot: "LogicalNot",
  isNaN: "IsNan",
} as const;

type UnaryName = keyof typeof named | "neg" | "abs" | "sign" | "floor" | "ceil" | "round" | "relu";
type Unary = Compute<"neg">;

const same =
  (kernel: string): Unary =>
  (work, [x]) => [work.unary(kernel, x.info)];

/** Floats by a kernel; integers are whole already. */
const rounding =
  (kernel: string): Unary =>
  (work, [x]) => [x.dtype === "float32" ? work.unary(kernel, x.info) : x.info];

/** Ops of one input that keep its shape. */
export const unaryComputes: { readonly [K in UnaryName & keyof ElementwiseTable]: Unary } = {
  ...(Object.fromEntries(Object.entries(named).map(([op, kernel]) => [op, same(kernel)])) as {
    readonly [K in keyof typeof named]: Unary;
  }),
  // wasm computes Neg and Abs of int32 in float32, which loses digits; differences and maxima are exact.
  neg: (work, [x]) => {
    if (x.dtype === "float32") return [work.unary("Neg", x.info)];
    return [work.wrap(work.binary("Sub", work.number(0, "int32"), x.info), x.dtype)];
  },
  abs: (work, [x]) => {
    if (x.dtype === "float32") return [work.unary("Abs", x.info)];
    const negative = work.binary("Sub", work.number(0, "int32"), x.info);
    return [work.wrap(work.binary("Maximum", x.info, negative), x.dtype)];
  },
  sign: (work, [x]) => {
    const sign = work.unary("Sign", x.info);
    return [x.dtype === "float32" ? work.binary("Add", sign, work.nanOrZero(x.info)) : sign];
  },
  floor: rounding("Floor"),
  ceil: rounding("Ceil"),
  round: rounding("Round"),
  relu: same("Relu"),
};
