/** Ops that reduce axes to one value. */
import type { Axes, Spec } from "@crease/backend";
import type { Compute, Input } from "./compute.ts";
import { emptyNumbers, writeNumbers } from "./host.ts";
import type { Info } from "./tfjs.ts";
import { isEmpty, type Work } from "./work.ts";

type Reduction = Compute<"sum">;

/** A kernel over the axes; `nothing` is the value where there are no elements, which wasm leaves as it finds. */
function reduced(work: Work, kernel: string, x: Input, axes: readonly number[], out: Spec, nothing: number): Info {
  if (isEmpty(x)) return work.fill(nothing, out);
  if (axes.length === 0) return x.info;
  return overAxes(work, kernel, x.info, axes);
}

function overAxes(work: Work, kernel: string, x: Info, axes: readonly number[]): Info {
  // The kernels name this attribute differently.
  return work.run(kernel, { x }, { axis: axes, reductionIndices: axes, keepDims: false });
}

/** NaN in a place of the result where any of its elements is NaN, else 0. */
function nanOrZero(work: Work, x: Info, axes: readonly number[]): Info {
  return overAxes(work, "Sum", work.nanOrZero(x), axes);
}

/** Kernels that may pass NaN over; bool by another kernel. */
const extreme =
  (kernel: string, bool: string): Reduction =>
  (work, [x], { axes }, [out]) => {
    if (x.dtype === "bool") return [reduced(work, bool, x, axes, out, 0)];
    const found = reduced(work, kernel, x, axes, out, 0);
    return x.dtype === "float32" && axes.length > 0
      ? [work.binary("Add", found, nanOrZero(work, x.info, axes))]
      : [found];
  };

const sum: Reduction = (work, [x], { axes }, [out]) => [reduced(work, "Sum", x, axes, out, 0)];

/** Integers on the host: tfjs multiplies them in doubles or in float32; TensorFlow modulo 2^32. */
const prod: Reduction = (work, [x], { axes }, [out]) => {
  const isExact = x.dtype === "float32" || (x.info.dtype === "int32" && work.device.name === "tensorflow");
  if (isExact || isEmpty(x) || axes.length === 0) return [work.wrap(reduced(work, "Prod", x, axes, out, 1), out.dtype)];
  const kept = [...x.shape.keys()].filter((axis) => !axes.includes(axis));
  const perm = [...kept, ...axes];
  const values = work.read(work.run("Transpose", { x: x.info }, { perm }));
  const results = emptyNumbers(out).fill(1);
  const n = values.length / results.length;
  for (let i = 0; i < values.length; i++) {
    const to = Math.floor(i / n);
    results[to] = Math.imul(results[to]!, values[i]!);
  }
  return [writeNumbers(work, results, out)];
};

const logic =
  (kernel: string, nothing: number): Reduction =>
  (work, [x], { axes }: Axes, [out]) => [reduced(work, kernel, x, axes, out, nothing)];

/** First position of the largest; where there is a NaN, of the first NaN, which tfjs passes over. */
const position =
  (kernel: string): Compute<"argMax"> =>
  (work, [x], { axis }, [{ shape }]) => {
    const find = (name: string, values: Info): Info => work.run(name, { x: values }, { axis });
    if (x.dtype === "bool") return [find(kernel, work.fromBool(x.info, "int32"))];
    if (x.dtype !== "float32") return [find(kernel, x.info)];
    const missing = work.unary("IsNan", x.info);
    const anyNaN = overAxes(work, "Any", missing, [axis]);
    const firstNaN = find("ArgMax", work.fromBool(missing, "float32"));
    const [test, t, e] = [anyNaN, firstNaN, find(kernel, x.info)].map((y) => work.reshape(y, shape));
    return [work.select(test as Info, t as Info, e as Info)];
  };

/** Ops that reduce axes. */
export const reduceComputes: {
  readonly [K in "sum" | "prod" | "max" | "min" | "any" | "all"]: Reduction;
} & { readonly [K in "argMax" | "argMin"]: Compute<"argMax"> } = {
  sum,
  prod,
  max: extreme("Max", "Any"),
  min: extreme("Min", "All"),
  any: logic("Any", 0),
  all: logic("All", 1),
  argMax: position("ArgMax"),
  argMin: position("ArgMin"),
};
