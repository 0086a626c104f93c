/**
 * TensorFlow's ops under the names of tfjs's kernels. tfjs-node-gpu's own make their arguments and results by way of
 * tfjs's engine: on whatever backend is current there, counted, and disposed of by whatever `tidy` is open.
 */
import type { Info, NodeStore } from "./binding.ts";
import { Op } from "./op.ts";
import { applyUpdate, type UpdateCall } from "./update.ts";

interface Call<I, A> {
  readonly inputs: I;
  readonly attrs: A;
  readonly backend: NodeStore;
}

/** A kernel as the adapter calls it. */
export type KernelFunc = (call: Call<never, never>) => Info | readonly Info[];

interface One {
  readonly x: Info;
}
interface Two {
  readonly a: Info;
  readonly b: Info;
}

/** Ops of one input whose only attribute is its type, where TensorFlow and tfjs have one name for them. */
const unary: readonly string[] = [
  ...["Abs", "Neg", "Sign", "Floor", "Ceil", "Round", "Relu", "Exp", "Expm1", "Log", "Log1p", "Sqrt", "Rsqrt"],
  ...["Sin", "Cos", "Tan", "Asin", "Acos", "Atan", "Sinh", "Cosh", "Tanh", "Asinh", "Acosh", "Atanh"],
  ...["Sigmoid", "Erf", "LogicalNot", "IsNan", "Reciprocal"],
];

/** Ops of two inputs that broadcast: tfjs's name and TensorFlow's. */
const binary: { readonly [kernel: string]: string } = {
  Add: "AddV2",
  Sub: "Sub",
  Multiply: "Mul",
  RealDiv: "RealDiv",
  Mod: "FloorMod",
  Pow: "Pow",
  Maximum: "Maximum",
  Minimum: "Minimum",
  Atan2: "Atan2",
  Equal: "Equal",
  NotEqual: "NotEqual",
  Less: "Less",
  LessEqual: "LessEqual",
  LogicalAnd: "LogicalAnd",
  LogicalOr: "LogicalOr",
  BitwiseAnd: "BitwiseAnd",
};

type Kernel<I, A> = (call: Call<I, A>) => Info;

const reduction =
  (name: string): Kernel<One, { readonly axis: readonly number[] }> =>
  ({ inputs: { x }, attrs: { axis }, backend }) =>
    new Op(backend, name, [x]).integers(axis).run();

const position =
  (name: string): Kernel<One, { readonly axis: number }> =>
  ({ inputs: { x }, attrs: { axis }, backend }) =>
    new Op(backend, name, [x]).integers([axis], []).type("output_type", "int32").run();

const matMul: Kernel<Two, { readonly transposeA: boolean; readonly transposeB: boolean }> = ({
  inputs: { a, b },
  attrs: { transposeA, transposeB },
  backend,
}) => {
  const [name, left, right] =
    a.shape.length === 2 ? ["MatMul", "transpose_a", "transpose_b"] : ["BatchMatMulV2", "adj_x", "adj_y"];
  return new Op(backend, name as string, [a, b])
    .flag(left as string, transposeA)
    .flag(right as string, transposeB)
    .run();
};

const concat: Kernel<readonly Info[], { readonly axis: number }> = ({ inputs, attrs: { axis }, backend }) =>
  new Op(backend, "ConcatV2", inputs)
    .integers([axis], [])
    .count("N", inputs.length)
    .type("T", (inputs[0] as Info).dtype)
    .run();

const fill: Kernel<object, { readonly shape: readonly number[]; readonly value: number; readonly dtype: string }> = ({
  attrs: { shape, value, dtype },
  backend,
}) => new Op(backend, "Fill", []).integers(shape).number(value, dtype).run();

const padV2: Kernel<One, { readonly paddings: readonly (readonly number[])[]; readonly constantValue: number }> = ({
  inputs: { x },
  attrs: { paddings, constantValue },
  backend,
}) =>
  new Op(backend, "PadV2", [x]).integers(paddings.flat(), [paddings.length, 2]).number(constantValue, x.dtype).run();

const slice: Kernel<One, { readonly begin: readonly number[]; readonly size: readonly number[] }> = ({
  inputs: { x },
  attrs: { begin, size },
  backend,
}) => new Op(backend, "Slice", [x]).integers(begin).integers(size).run();

const cumsum: Kernel<One, { readonly axis: number; readonly exclusive: boolean; readonly reverse: boolean }> = ({
  inputs: { x },
  attrs: { axis, exclusive, reverse },
  backend,
}) => new Op(backend, "Cumsum", [x]).integers([axis], []).flag("exclusive", exclusive).flag("reverse", reverse).run();

const gatherV2: Kernel<{ readonly x: Info; readonly indices: Info }, { readonly axis: number }> = ({
  inputs: { x, indices },
  attrs: { axis },
  backend,
}) => new Op(backend, "GatherV2", [x, indices]).integers([axis], []).run();

const scatterNd: Kernel<{ readonly indices: Info; readonly updates: Info }, { readonly shape: readonly number[] }> = ({
  inputs: { indices, updates },
  attrs: { shape },
  backend,
}) => new Op(backend, "ScatterNd", [indices, updates]).integers(shape).run();

const others = {
  Sum: reduction("Sum"),
  Prod: reduction("Prod"),
  Max: reduction("Max"),
  Min: reduction("Min"),
  Any: reduction("Any"),
  All: reduction("All"),
  ArgMax: position("ArgMax"),
  ArgMin: position("ArgMin"),
  BatchMatMul: matMul,
  Concat: concat,
  Fill: fill,
  PadV2: padV2,
  Slice: slice,
  Cumsum: cumsum,
  GatherV2: gatherV2,
  ScatterNd: scatterNd,
  SparseSoftmaxCrossEntropyWithLogits: (({ inputs: { features, labels }, backend }) =>
    new Op(backend, "SparseSoftmaxCrossEntropyWithLogits", [features, labels]).runAll(2)) satisfies (
    call: Call<{ readonly features: Info; readonly labels: Info }, object>,
  ) => readonly Info[],
  LogSoftmax: (({ inputs: { logits }, backend }) => new Op(backend, "LogSoftmax", [logits]).run()) satisfies Kernel<
    { readonly logits: Info },
    object
  >,
  Softmax: (({ inputs: { logits }, backend }) => new Op(backend, "Softmax", [logits]).run()) satisfies Kernel<
    { readonly logits: Info },
    object
  >,
  Select: (({ inputs: { condition, t, e }, backend }) =>
    new Op(backend, "SelectV2", [condition, t, e]).run()) satisfies Kernel<
    { readonly condition: Info; readonly t: Info; readonly e: Info },
    object
  >,
  Cast: (({ inputs: { x }, attrs: { dtype }, backend }) =>
    new Op(backend, "Cast", [x]).type("DstT", dtype).run()) satisfies Kernel<One, { readonly dtype: string }>,
  /** The same bits as another type of that size. */
  Bitcast: (({ inputs: { x }, attrs: { dtype }, backend }) =>
    new Op(backend, "Bitcast", [x]).type("type", dtype).run()) satisfies Kernel<One, { readonly dtype: string }>,
  TopK: (({ inputs: { x }, attrs: { k }, backend }) =>
    new Op(backend, "TopKV2", [x]).integers([k], []).runAll(2)) satisfies (
    call: Call<One, { readonly k: number }>,
  ) => readonly Info[],
  Reshape: (({ inputs: { x }, attrs: { shape }, backend }) =>
    new Op(backend, "Reshape", [x]).integers(shape).run()) satisfies Kernel<One, { readonly shape: readonly number[] }>,
  Tile: (({ inputs: { x }, attrs: { reps }, backend }) =>
    new Op(backend, "Tile", [x]).integers(reps).run()) satisfies Kernel<One, { readonly reps: readonly number[] }>,
  Transpose: (({ inputs: { x }, attrs: { perm }, backend }) =>
    new Op(backend, "Transpose", [x]).integers(perm).run()) satisfies Kernel<One, { readonly perm: readonly number[] }>,
  Reverse: (({ inputs: { x }, attrs: { dims }, backend }) =>
    new Op(backend, "ReverseV2", [x]).integers(dims).run()) satisfies Kernel<One, { readonly dims: readonly number[] }>,
};

/** Update steps, under the names that the adapter calls them by: TensorFlow's for tensors with a name of their own. */
const updates: readonly string[] = ["ApplyGradientDescent", "ApplyRMSProp"];

/** The kernels by tfjs's names: all that the adapter calls. */
export function kernelsOfTensorFlow(): ReadonlyMap<string, KernelFunc> {
  const kernels = new Map<string, KernelFunc>(Object.entries(others) as unknown as [string, KernelFunc][]);
  for (const name of updates)
    kernels.set(name, ((call: UpdateCall) => applyUpdate(`Resource${name}`, call)) as KernelFunc);
  for (const name of unary)
    kernels.set(name, (({ inputs: { x }, backend }: Call<One, object>) =>
      new Op(backend, name, [x]).run()) as KernelFunc);
  for (const [kernel, name] of Object.entries(binary))
    kernels.set(kernel, (({ inputs: { a, b }, backend }: Call<Two, object>) =>
      new Op(backend, name, [a, b]).run()) as KernelFunc);
  return kernels;
}
