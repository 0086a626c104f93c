/** Elementwise ops of one input. */
import type { UnaryTable } from "@crease/backend";
import type { Compute } from "./compute.ts";
import type { Info } from "./tfjs.ts";
import type { Work } from "./work.ts";

/** Kernels that are right as they are, for floats. */
const named = {
  exp: "Exp",
  expm1: "Expm1",
  log: "Log",
  sqrt: "Sqrt",
  rsqrt: "Rsqrt",
  sin: "Sin",
  cos: "Cos",
  tan: "Tan",
  asin: "Asin",
  acos: "Acos",
  atan: "Atan",
  tanh: "Tanh",
  asinh: "Asinh",
  acosh: "Acosh",
  atanh: "Atanh",
  sigmoid: "Sigmoid",
  erf: "Erf",
  logicalNot: "LogicalNot",
  isNaN: "IsNan",
} as const;

type Unary = Compute<"neg">;

const same =
  (kernel: string): Unary =>
  (work, [x]) => [work.unary(kernel, x.info)];

/** Floats by a kernel; integers are whole already. */
const rounding =
  (kernel: string): Unary =>
  (work, [x]) => [x.dtype === "float32" ? work.unary(kernel, x.info) : x.info];

/** The larger of x and 0. */
export function relu(work: Work, x: Info): Info {
  // WebGL multiplies by `x >= 0`, which makes NaN of -Infinity.
  return work.device.isGraphic ? work.binary("Maximum", x, work.number(0, x.dtype)) : work.unary("Relu", x);
}

/** WebGL's hyperbolic functions of NaN are infinite. */
const hyperbolic =
  (kernel: string): Unary =>
  (work, [x]) => {
    const found = work.unary(kernel, x.info);
    return [work.device.isGraphic ? work.binary("Add", found, work.nanOrZero(x.info)) : found];
  };

/** Ops of one input that keep its shape. */
export const unaryComputes: { readonly [K in keyof UnaryTable]: Unary } = {
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
  relu: (work, [x]) => [relu(work, x.info)],
  log1p: (work, [x]) => {
    const found = work.unary("Log1p", x.info);
    if (!work.device.isGraphic) return [found];
    // WebGL's is a number below -1, where the square root of x + 1 is none.
    const root = work.unary("Sqrt", work.binary("Add", x.info, work.number(1, "float32")));
    return [work.binary("Add", found, work.nanOrZero(root))];
  },
  sinh: hyperbolic("Sinh"),
  cosh: hyperbolic("Cosh"),
};
