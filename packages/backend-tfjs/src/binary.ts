/** Elementwise arithmetic of two inputs. */
import type { Spec } from "@crease/backend";
import type { Compute, Input } from "./compute.ts";
import { zipOnHost } from "./host.ts";
import { floatFloorDiv, floatPow, integerFloorDiv, integerMod, integerPow } from "./special.ts";
import type { Info } from "./tfjs.ts";
import type { Work } from "./work.ts";

type Binary = Compute<"add">;
type Rule = (work: Work, a: Input, b: Input, out: Spec) => Info;

/** A kernel for floats and integers; on bool another one. */
const arithmetic =
  (kernel: string, bool: string): Binary =>
  (work, [a, b], _attrs, [out]) => {
    if (out.dtype === "bool") return [work.binary(bool, a.info, b.info)];
    return [work.wrap(work.binary(kernel, a.info, b.info), out.dtype)];
  };

/** wasm returns the first operand where the second is NaN. */
const extreme = (kernel: string, bool: string): Binary => {
  const plain = arithmetic(kernel, bool);
  return (work, inputs, attrs, outs) => {
    const found = plain(work, inputs, attrs, outs);
    const [, b] = inputs;
    return b.dtype === "float32" ? [work.binary("Add", found[0], work.nanOrZero(b.info))] : found;
  };
};

type Scalar = (x: number, y: number) => number;

/**
 * Floats by a rule; integers on the host, exactly: tfjs computes them in float32 or traps at 0, TensorFlow raises at 0 and at
 * negative exponents.
 */
const divided =
  (float: Rule, integer: Scalar): Binary =>
  (work, [a, b], _attrs, [out]) => [
    out.dtype === "float32" ? float(work, a, b, out) : zipOnHost(work, integer, a, b, out),
  ];

const product = arithmetic("Multiply", "LogicalAnd");
const quotient = arithmetic("RealDiv", "LogicalAnd");

/** Powers of floats. tfjs-cpu's are JavaScript's, WebGL's are NaN or infinite wherever an operand is NaN; the others' are C's. */
function power(work: Work, a: Input, b: Input, out: Spec): Info {
  if (work.device.name === "cpu") return zipOnHost(work, floatPow, a, b, out);
  const found = work.binary("Pow", a.info, b.info);
  if (!work.device.isGraphic) return found;
  const isOne = work.binary(
    "LogicalOr",
    work.binary("Equal", a.info, work.number(1, "float32")),
    work.binary("Equal", b.info, work.number(0, "float32")),
  );
  return work.select(work.broadcast(isOne, out.shape), work.fill(1, out), found);
}

/** Arithmetic of two inputs. */
export const binaryComputes: {
  readonly [K in "add" | "sub" | "mul" | "div" | "floorDiv" | "mod" | "pow" | "maximum" | "minimum" | "atan2"]: Binary;
} = {
  add: arithmetic("Add", "LogicalOr"),
  sub: arithmetic("Sub", "NotEqual"),
  mul: (work, inputs, attrs, outs) => {
    // tfjs-cpu multiplies int32 in doubles, which hold only 53 bits of the product.
    if (work.device.name === "cpu" && outs[0].dtype === "int32")
      return [zipOnHost(work, Math.imul, inputs[0], inputs[1], outs[0])];
    return product(work, inputs, attrs, outs);
  },
  div: (work, inputs, attrs, outs) => {
    const [found] = quotient(work, inputs, attrs, outs);
    if (!work.device.isGraphic) return [found];
    // WebGL says that what is equal divides to 1, infinities too.
    const [a, b] = inputs;
    const product = work.binary("Multiply", a.info, work.unary("Reciprocal", b.info));
    return [work.binary("Add", found, work.nanOrZero(product))];
  },
  // tfjs's FloorDiv of floats is int32 on cpu; wasm and TensorFlow round the quotient first: 60 for 6 by 0.1.
  floorDiv: divided((work, a, b, out) => zipOnHost(work, floatFloorDiv, a, b, out), integerFloorDiv),
  mod: divided((work, a, b) => work.binary("Mod", a.info, b.info), integerMod),
  pow: divided(power, integerPow),
  maximum: extreme("Maximum", "LogicalOr"),
  minimum: extreme("Minimum", "LogicalAnd"),
  atan2: arithmetic("Atan2", "LogicalAnd"),
};
