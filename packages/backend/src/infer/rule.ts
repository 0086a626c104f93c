/** What an inference rule is, and the checks that several rules share. */
import { DTypeError, ShapeError } from "../errors.ts";
import type { Attrs, CallName, Inputs, Outputs } from "../ops.ts";
import { type DType, isFloat, type Spec } from "../spec.ts";

/** Output specs of one op from its input specs and attributes, or an error. */
export type InferRule<K extends CallName> = (inputs: Inputs<K, Spec>, attrs: Attrs<K>) => Outputs<K, Spec>;

/** Raises DTypeError unless all inputs are floating-point. */
export function requireFloat(op: string, inputs: readonly Spec[]): void {
  for (const x of inputs)
    if (!isFloat(x.dtype))
      throw new DTypeError({ op, problem: "takes floating-point tensors", got: inputs, fix: wayOut(x.dtype) });
}

/** Raises DTypeError where an input is bool or string. */
export function requireNumber(op: string, inputs: readonly Spec[]): void {
  for (const x of inputs)
    if (x.dtype === "string" || x.dtype === "bool")
      throw new DTypeError({ op, problem: "takes numbers", got: inputs, fix: wayOut(x.dtype) });
}

/** Raises DTypeError where an input is string. */
export function refuseString(op: string, inputs: readonly Spec[]): void {
  for (const x of inputs)
    if (x.dtype === "string")
      throw new DTypeError({ op, problem: "takes no strings", got: inputs, fix: wayOut("string") });
}

/** Raises DTypeError unless one input has this dtype. */
export function requireDType(op: string, dtype: DType, x: Spec, inputs: readonly Spec[]): void {
  if (x.dtype !== dtype)
    throw new DTypeError({
      op,
      problem: `takes ${dtype} here`,
      got: inputs,
      fix: x.dtype === "string" ? wayOut("string") : `Convert with \`x.cast("${dtype}")\``,
    });
}

/** Kernels never see mixed dtypes: the front end casts first. */
export function requireSameDType(op: string, inputs: readonly Spec[]): void {
  const first = inputs[0] as Spec;
  for (let i = 1; i < inputs.length; i++)
    if ((inputs[i] as Spec).dtype !== first.dtype)
      throw new DTypeError({
        op,
        problem: "takes tensors of one dtype",
        got: inputs,
        fix: "Convert one with `x.cast(dtype)`",
      });
}

/** Raises ShapeError where an input has fewer axes than `least`. */
export function requireRank(op: string, least: number, x: Spec, inputs: readonly Spec[]): void {
  if (x.shape.length < least)
    throw new ShapeError({
      op,
      problem: `takes rank ${least} or more`,
      got: inputs,
      fix: "Add axes with `x.expandDims(axis)` or `x.reshape(shape)`",
    });
}

function wayOut(dtype: DType): string {
  return dtype === "string"
    ? "Convert the strings to numbers before making a tensor"
    : 'Convert with `x.cast("float32")`';
}
