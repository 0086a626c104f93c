/** NumPy's names of operations to ours: the one table of the parity tests. */
import type { DType } from "@crease/backend";
import {
  arange,
  concat,
  einsum,
  eye,
  linspace,
  type NormOrder,
  oneHot,
  type PadMode,
  type Range,
  stack,
  type Tensor,
  type TensorLike,
  where,
} from "@crease/tensor";

/** The attributes of a golden case by their NumPy names. */
export type NumpyAttrs = Readonly<Record<string, unknown>>;
/** One NumPy operation in terms of ours; `dtype` is that of created tensors. */
export type NumpyOp = (inputs: readonly Tensor[], attrs: NumpyAttrs, dtype: DType) => Tensor | Tensor[];

type Axes = number | readonly number[] | null | undefined;
type Method = keyof Tensor;

const a = (inputs: readonly Tensor[]): Tensor => inputs[0] as Tensor;
const b = (inputs: readonly Tensor[]): Tensor => inputs[1] as Tensor;
const c = (inputs: readonly Tensor[]): Tensor => inputs[2] as Tensor;

/** Indices as numbers: NumPy's may be negative, those in a tensor of ours may not. */
const host = (indices: Tensor): TensorLike => indices.arraySync();

const unary =
  (name: Method): NumpyOp =>
  (inputs) =>
    (a(inputs)[name] as () => Tensor).call(a(inputs));
const binary =
  (name: Method): NumpyOp =>
  (inputs) =>
    (a(inputs)[name] as (other: Tensor) => Tensor).call(a(inputs), b(inputs));
const reduction =
  (name: Method): NumpyOp =>
  (inputs, { axis, keepdims, ddof }) =>
    (a(inputs)[name] as (axes: Axes, options: object) => Tensor).call(a(inputs), axis as Axes, {
      keepDims: keepdims === true,
      ...(ddof === undefined ? {} : { ddof }),
    });
const alongAxis =
  (name: Method): NumpyOp =>
  (inputs, { axis }) =>
    (a(inputs)[name] as (axis: Axes) => Tensor).call(a(inputs), axis as Axes);

interface NumpySlice {
  readonly start: number | null;
  readonly stop: number | null;
  readonly step: number | null;
}

type NumpyIndex = NumpySlice | number | "..." | "newaxis" | null;

/** NumPy's basic indexing: our ranges, then the new axes put in where they stand in the result. */
function indexed(x: Tensor, index: readonly NumpyIndex[]): Tensor {
  const parts = index.filter((part) => part !== "newaxis");
  const hidden = x.ndim - parts.filter((part) => part !== "...").length;
  const places: number[] = [];
  let place = 0;
  for (const part of index) {
    if (part === "newaxis") places.push(place);
    if (typeof part !== "number") place += part === "..." ? hidden : 1;
  }
  const sliced = x.slice(
    ...parts.map(
      (part): Range => (typeof part === "object" && part !== null ? [part.start, part.stop, part.step] : part),
    ),
  );
  return places.length === 0 ? sliced : sliced.expandDims(places);
}

/** NumPy's split points, as sizes of the parts. */
function sizesBetween(points: readonly number[], size: number): number[] {
  return [...points, size].map((end, i) => end - (points[i - 1] ?? 0));
}

/** All operations of ops.json. */
export const numpyOps: Readonly<Record<string, NumpyOp>> = {
  abs: unary("abs"),
  add: binary("add"),
  all: reduction("all"),
  any: reduction("any"),
  arange: (_, attrs, dtype) =>
    arange(attrs.start as number, attrs.stop as number, attrs.step as number, {
      dtype: attrs.dtype === "float64" ? dtype : (attrs.dtype as DType),
    }),
  arccos: unary("acos"),
  arccosh: unary("acosh"),
  arcsin: unary("asin"),
  arcsinh: unary("asinh"),
  arctan: unary("atan"),
  arctan2: binary("atan2"),
  arctanh: unary("atanh"),
  argmax: reduction("argMax"),
  argmin: reduction("argMin"),
  argsort: alongAxis("argSort"),
  broadcast_to: (inputs, { shape }) => a(inputs).broadcastTo(shape as number[]),
  ceil: unary("ceil"),
  clip: (inputs, { min, max }) => a(inputs).clip(min as number | null, max as number | null),
  concatenate: (inputs, { axis }) => concat(inputs, axis as number),
  cos: unary("cos"),
  cosh: unary("cosh"),
  cumprod: alongAxis("cumProd"),
  cumsum: alongAxis("cumSum"),
  diag: (inputs, { k }) => a(inputs).diag((k ?? 0) as number),
  diagonal: (inputs, { offset }) => a(inputs).diagonal((offset ?? 0) as number),
  divide: binary("div"),
  dot: binary("dot"),
  einsum: (inputs, { equation }) => einsum(equation as string, ...inputs),
  equal: binary("equal"),
  erf: unary("erf"),
  exp: unary("exp"),
  expand_dims: (inputs, { axis }) => a(inputs).expandDims(axis as number | number[]),
  expm1: unary("expm1"),
  eye: (_, { n, m, k }, dtype) => eye(n as number, m as number, { k: k as number, dtype }),
  flip: alongAxis("flip"),
  floor: unary("floor"),
  floor_divide: binary("floorDiv"),
  greater: binary("greater"),
  greater_equal: binary("greaterEqual"),
  hypot: binary("hypot"),
  isfinite: unary("isFinite"),
  isinf: unary("isInf"),
  isnan: unary("isNaN"),
  less: binary("less"),
  less_equal: binary("lessEqual"),
  linspace: (_, { start, stop, num, endpoint }, dtype) =>
    linspace(start as number, stop as number, num as number, { endpoint: endpoint as boolean, dtype }),
  log: unary("log"),
  log10: unary("log10"),
  log1p: unary("log1p"),
  log2: unary("log2"),
  logaddexp: binary("logAddExp"),
  logical_and: binary("logicalAnd"),
  logical_not: unary("logicalNot"),
  logical_or: binary("logicalOr"),
  logical_xor: binary("logicalXor"),
  logsumexp: reduction("logSumExp"),
  matmul: (inputs, { transpose_a, transpose_b }) =>
    a(inputs).matmul(b(inputs), { transposeA: transpose_a === true, transposeB: transpose_b === true }),
  max: reduction("max"),
  maximum: binary("maximum"),
  mean: reduction("mean"),
  min: reduction("min"),
  minimum: binary("minimum"),
  mod: binary("mod"),
  moveaxis: (inputs, { source, destination }) =>
    a(inputs).moveAxis(source as number | number[], destination as number | number[]),
  multiply: binary("mul"),
  negative: unary("neg"),
  norm: (inputs, { ord, axis, keepdims }) => {
    const isNumber = typeof ord === "number" || ord === "Infinity" || ord === "-Infinity";
    const order = (isNumber ? Number(ord) : (ord ?? null)) as NormOrder | null;
    return a(inputs).norm(axis as Axes, { ord: order, keepDims: keepdims === true });
  },
  not_equal: binary("notEqual"),
  one_hot: (inputs, { num_classes, axis }, dtype) =>
    oneHot(a(inputs), num_classes as number, { axis: axis as number, dtype }),
  outer: binary("outer"),
  pad: (inputs, { pad_width, mode, constant_values }) =>
    a(inputs).pad(pad_width as [number, number][], {
      mode: (mode ?? "constant") as PadMode,
      value: (constant_values ?? 0) as number,
    }),
  power: binary("pow"),
  prod: reduction("prod"),
  reciprocal: unary("reciprocal"),
  relu: unary("relu"),
  repeat: (inputs, { repeats, axis }) => a(inputs).repeat(repeats as number | number[], axis as number | null),
  reshape: (inputs, { shape }) => a(inputs).reshape(shape as number[]),
  roll: (inputs, { shift, axis }) =>
    a(inputs).roll(shift as number | number[], axis as number | number[] | null | undefined),
  round: unary("round"),
  rsqrt: unary("rsqrt"),
  sigmoid: unary("sigmoid"),
  sign: unary("sign"),
  sin: unary("sin"),
  sinh: unary("sinh"),
  slice: (inputs, { index }) => indexed(a(inputs), index as NumpyIndex[]),
  sort: alongAxis("sort"),
  split: (inputs, { indices_or_sections, sections, axis }) => {
    const parts = (indices_or_sections ?? sections) as number | number[];
    const along = (axis ?? 0) as number;
    const sizes = typeof parts === "number" ? parts : sizesBetween(parts, a(inputs).shape.at(along) as number);
    return a(inputs).split(sizes, along);
  },
  sqrt: unary("sqrt"),
  square: unary("square"),
  squeeze: alongAxis("squeeze"),
  stack: (inputs, { axis }) => stack(inputs, axis as number),
  std: reduction("std"),
  subtract: binary("sub"),
  sum: reduction("sum"),
  swapaxes: (inputs, { axis1, axis2 }) => a(inputs).swapAxes(axis1 as number, axis2 as number),
  take: (inputs, { indices, axis }) => {
    const at = (indices ?? host(b(inputs))) as TensorLike;
    const isFlat = axis === null || axis === undefined;
    return isFlat ? a(inputs).flatten().gather(at) : a(inputs).gather(at, { axis: axis as number });
  },
  take_along_axis: (inputs, { axis }) => a(inputs).takeAlongAxis(host(b(inputs)), axis as number | null),
  tan: unary("tan"),
  tanh: unary("tanh"),
  tensordot: (inputs, { axes }) => a(inputs).tensordot(b(inputs), axes as number | [number[], number[]]),
  tile: (inputs, { repeats }) => a(inputs).tile(repeats as number | number[]),
  trace: unary("trace"),
  transpose: (inputs, { axes }) => a(inputs).transpose(axes as number[] | null | undefined),
  tril: (inputs, { k }) => a(inputs).tril((k ?? 0) as number),
  triu: (inputs, { k }) => a(inputs).triu((k ?? 0) as number),
  trunc: unary("trunc"),
  var: reduction("var"),
  where: (inputs) => where(a(inputs), b(inputs), c(inputs)),
};

/** Further tensor operations that gradients.json differentiates. */
export const moreOps: Readonly<Record<string, NumpyOp>> = {
  log_softmax: alongAxis("logSoftmax"),
  softmax: alongAxis("softmax"),
  softplus: unary("softplus"),
  squared_difference: binary("squaredDifference"),
  stop_gradient: unary("stopGradient"),
  top_k_values: (inputs, { k }) => a(inputs).topK(k as number).values,
};
