/** Output specs of the reductions. */
import { normalizeAxes, normalizeAxis } from "../axes.ts";
import { DTypeError, ShapeError } from "../errors.ts";
import type { Attrs, Axes, Axis, OpName, ReduceTable } from "../ops.ts";
import type { Shape, Spec } from "../spec.ts";
import { type InferRule, requireDType, requireNumber } from "./rule.ts";

type One = readonly [Spec];

function reducedShape(op: string, x: Spec, { axes, keepDims }: Axes): Shape {
  normalizeAxes(op, axes, x);
  if (keepDims) return x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  return axes.length === x.shape.length ? [] : x.shape.filter((_, axis) => !axes.includes(axis));
}

/** Small integers would wrap at once, so the front end widens them to int32 first. */
function requireWide(op: string, x: Spec): void {
  requireNumber(op, [x]);
  if (x.dtype === "int8" || x.dtype === "uint8")
    throw new DTypeError({ op, problem: "takes int32 or floats", got: [x], fix: 'Convert with `x.cast("int32")`' });
}

function refuseEmpty(op: string, x: Spec, axes: readonly number[]): void {
  for (const axis of axes)
    if (x.shape[axis] === 0)
      throw new ShapeError({
        op,
        problem: `axis ${axis} has no elements, so there is no result`,
        got: [x],
        fix: "Reduce over axes of size 1 or more",
      });
}

const total =
  (op: OpName) =>
  ([x]: One, attrs: Axes): One => {
    requireWide(op, x);
    return [{ shape: reducedShape(op, x, attrs), dtype: x.dtype }];
  };

const extreme =
  (op: OpName) =>
  ([x]: One, attrs: Axes): One => {
    if (x.dtype === "string") requireNumber(op, [x]);
    const shape = reducedShape(op, x, attrs);
    refuseEmpty(op, x, attrs.axes);
    return [{ shape, dtype: x.dtype }];
  };

const truth =
  (op: OpName) =>
  ([x]: One, attrs: Axes): One => {
    requireDType(op, "bool", x, [x]);
    return [{ shape: reducedShape(op, x, attrs), dtype: "bool" }];
  };

const position =
  (op: OpName) =>
  ([x]: One, { axis }: Axis): One => {
    if (x.dtype === "string") requireNumber(op, [x]);
    const shape = reducedShape(op, x, { axes: [normalizeAxis(op, axis, x)], keepDims: false });
    refuseEmpty(op, x, [axis]);
    return [{ shape, dtype: "int32" }];
  };

/** One rule for each row of ReduceTable. */
export const inferReduce: { readonly [K in keyof ReduceTable]: InferRule<K> } = {
  sum: total("sum"),
  prod: total("prod"),
  max: extreme("max"),
  min: extreme("min"),
  any: truth("any"),
  all: truth("all"),
  argMax: position("argMax"),
  argMin: position("argMin"),
  cumSum: ([x]: One, { axis }: Attrs<"cumSum">): One => {
    requireWide("cumSum", x);
    normalizeAxis("cumSum", axis, x);
    return [x];
  },
};
