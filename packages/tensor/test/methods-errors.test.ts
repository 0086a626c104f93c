/** Each tensor-level case of errors.json raises the right class, in the name of the op, with all specs and a way out. */
import { AxisError, type CreaseError, DTypeError, formatSpec, ShapeError, ValueError } from "@crease/backend";
import {
  concat,
  getBackend,
  linspace,
  ones,
  scope,
  softmaxCrossEntropy,
  type Tensor,
  tensor,
  type Values,
  where,
  zeros,
} from "@crease/tensor";
import { describe, expect, it } from "vitest";
import { readGolden } from "../../../testdata/golden.ts";
import { type NumpyAttrs, numpyOps } from "./numpy-names.ts";

interface ErrorCase {
  readonly name: string;
  readonly op: string;
  readonly input_shapes: readonly (readonly number[])[];
  readonly attrs: NumpyAttrs;
  readonly why: string;
}

/** Creation calls that ops.json does not name. */
const creations: Readonly<Record<string, (attrs: NumpyAttrs, shapes: ErrorCase["input_shapes"]) => Tensor>> = {
  zeros: ({ shape }) => zeros(shape as number[]),
  tensor: ({ data, shape }) => tensor(data as Values, shape === undefined ? {} : { shape: shape as number[] }),
  cast: ({ dtype }, [shape]) => ones(shape as number[]).cast(dtype as "float32"),
};

/** How the messages name an op. */
const names: Readonly<Record<string, string>> = {
  add: "add",
  argmax: "argMax",
  broadcast_to: "broadcastTo",
  cast: "cast",
  concatenate: "concat",
  einsum: "einsum",
  expand_dims: "expandDims",
  matmul: "matmul",
  max: "max",
  mean: "mean",
  multiply: "mul",
  one_hot: "oneHot",
  pad: "pad",
  reshape: "reshape",
  slice: "slice",
  split: "split",
  squeeze: "squeeze",
  stack: "stack",
  sum: "sum",
  take: "gather",
  tensor: "tensor",
  tensordot: "tensordot",
  transpose: "transpose",
  where: "where",
  zeros: "zeros",
};

const cases = readGolden<{ cases: readonly ErrorCase[] }>("errors.json").cases.filter(
  ({ op }) => op in creations || op in numpyOps,
);

function attempt({ op, input_shapes, attrs }: ErrorCase): unknown {
  const create = creations[op];
  if (create !== undefined) return create(attrs, input_shapes);
  const inputs = input_shapes.map((shape) => (op === "one_hot" ? zeros(shape, { dtype: "int32" }) : ones(shape)));
  return numpyOps[op]?.(inputs, attrs, "float32");
}

describe("errors.json", () => {
  it("has cases of tensor operations", () => expect(cases.length).toBeGreaterThan(0));

  it.each(cases.map((one) => [`${one.name}: ${one.why}`, one] as const))("%s", (_, one) => {
    const before = getBackend().memory().buffers;
    let error: CreaseError | undefined;
    try {
      scope(() => attempt(one));
    } catch (caught) {
      error = caught as CreaseError;
    }
    expect([ShapeError, AxisError, DTypeError, ValueError]).toContain(error?.constructor);
    expect(error?.message).toMatch(new RegExp(`^(${names[one.op]}): .+\\. .+\\.$`));
    const dtype = one.op === "one_hot" ? "int32" : "float32";
    for (const shape of one.input_shapes) expect(error?.message).toContain(formatSpec({ dtype, shape }));
    expect(getBackend().memory().buffers).toBe(before);
  });
});

describe("the class of each mistake", () => {
  const x = () => ones([2, 3]);
  it.each<[string, () => unknown, unknown, RegExp]>([
    ["an axis out of range", () => x().sum(2), AxisError, /^sum: axis 2 is out of range/],
    ["an axis twice", () => x().mean([0, -2]), AxisError, /^mean: axis 0 is given twice/],
    [
      "sizes that do not broadcast",
      () => x().greater(ones([2])),
      ShapeError,
      /^greater: .*float32\[2,3\] and float32\[2\]/,
    ],
    [
      "inner sizes",
      () => x().matmul(ones([4])),
      ShapeError,
      /^matmul: inner sizes differ \(3 vs 4\), got float32\[2,3\] and float32\[4\]/,
    ],
    ["a scalar in matmul", () => tensor(1).matmul(x()), ShapeError, /^matmul: takes no scalar/],
    ["inner sizes of dot", () => x().dot(x()), ShapeError, /^dot: inner sizes differ \(3 vs 2\)/],
    ["two open sizes", () => x().reshape([-1, -1]), ValueError, /^reshape: .*two sizes of -1/],
    ["an open size that does not follow", () => x().reshape([4, -1]), ShapeError, /^reshape: 6 elements/],
    ["an open size beside 0", () => zeros([0, 3]).reshape([0, -1]), ShapeError, /^reshape/],
    ["a negative size", () => x().reshape([-2, -3]), ValueError, /^reshape: size -2/],
    ["squeezing a long axis", () => x().squeeze(0), ShapeError, /^squeeze: axis 0 has size 2, not 1/],
    ["a place out of range", () => x().expandDims(3), AxisError, /^expandDims: axis 3/],
    ["a place twice", () => x().expandDims([0, -4]), AxisError, /^expandDims: axis -4 is given twice/],
    ["an index out of range", () => x().slice(2), ValueError, /^slice: index 2 is outside axis 0 of size 2/],
    ["an index of at out of range", () => x().at(0, -4), ValueError, /^at: index -4/],
    ["a range for at", () => x().at([0] as never), ValueError, /^at: \[0\] is no integer/],
    ["too many ranges", () => x().slice(0, 0, 0), ShapeError, /^slice: 3 ranges for 2 axes/],
    ["step 0", () => x().slice([null, null, 0]), ValueError, /^slice: step 0/],
    ["a fractional bound", () => x().slice([0.5]), ValueError, /^slice: bound 0.5/],
    ["two ellipses", () => x().slice("...", "..."), ValueError, /^slice: "\.\.\." stands more than once/],
    ["a fractional index", () => x().gather([0.5]), DTypeError, /^gather: indices are float32/],
    ["float indices", () => x().gather(tensor([0])), DTypeError, /^gather: indices are float32/],
    ["an index given as a number out of range", () => x().gather([0, 2]), ValueError, /^gather: index 2 at position 1/],
    ["a negative index too far", () => x().gather([-3]), ValueError, /^gather: index -3 at position 0/],
    [
      "an index in a tensor out of range",
      () => x().gather(tensor([2], { dtype: "int32" })),
      ValueError,
      /^gather: index 2/,
    ],
    ["indices of another rank", () => x().takeAlongAxis([0], 1), ShapeError, /^takeAlongAxis: /],
    ["a split that does not divide", () => x().split(2, 1), ShapeError, /^split: axis 1 of size 3 does not divide/],
    ["split sizes that do not add up", () => x().split([1, 1], 1), ShapeError, /^split: sizes \[1,1\]/],
    [
      "a negative pad",
      () =>
        x().pad(
          [
            [0, 0],
            [-1, 0],
          ],
          { mode: "edge" },
        ),
      ValueError,
      /^pad: width -1/,
    ],
    ["too few pads", () => x().pad([[0, 0]]), ShapeError, /^pad: 1 pairs/],
    [
      "an unknown pad mode",
      () =>
        x().pad(
          [
            [0, 0],
            [0, 0],
          ],
          { mode: "reflct" as never },
        ),
      ValueError,
      /^pad: unknown mode "reflct".*Did you mean "reflect"\?/,
    ],
    ["a negative count", () => x().tile(-1), ValueError, /^tile: count -1/],
    ["counts that do not fit", () => x().repeat([1, 2], 1), ShapeError, /^repeat: 2 counts for axis 1 of size 3/],
    [
      "tensordot of other sizes",
      () => x().tensordot(x(), [[1], [0]]),
      ShapeError,
      /^tensordot: summed sizes differ \(3 .*, 2 /,
    ],
    ["tensordot of unequal lists", () => x().tensordot(x(), [[0, 1], [0]]), ValueError, /^tensordot: axes/],
    ["the triangle of a vector", () => ones([3]).tril(), ShapeError, /^tril: takes rank 2/],
    ["a norm that matrices lack", () => x().norm(null, { ord: 2 }), ValueError, /^norm: order 2 of matrices/],
    ["the largest of nothing", () => zeros([0]).max(), ShapeError, /^max: axis 0 has no elements/],
    ["more than there are", () => x().topK(4), ValueError, /^topK: k 4/],
    ["sizes of an array", () => x().greater([1, 2]), ShapeError, /^greater: .*float32\[2,3\] and float32\[2\]/],
    ["strings beside numbers", () => x().notEqual("a"), DTypeError, /^notEqual: .*, got float32\[2,3\] and string\[\]/],
    ["strings in add", () => x().add(["a"]), DTypeError, /^add: .*, got float32\[2,3\] and string\[1\]/],
    [
      "where of arrays that do not fit",
      () => where([true, false, true], [1, 2], 0),
      ShapeError,
      /^where: .*, got bool\[3\], float32\[2\] and float32\[\]/,
    ],
    ["where of strings and numbers", () => where([true], ["a"], 0), DTypeError, /^where: string and float32/],
    ["strings as conditions", () => tensor(["a"]).any(), DTypeError, /^any: .*Convert the strings to numbers/],
    [
      "a padding that integers cannot hold",
      () => tensor([1], { dtype: "uint8" }).pad([[1, 0]], { value: 300 }),
      ValueError,
      /^pad: 300 is outside uint8/,
    ],
    ["a padding that is no bool", () => tensor([true]).pad([[1, 0]], { value: 2 }), ValueError, /^pad: 2 is no bool/],
    [
      "a class out of range",
      () => softmaxCrossEntropy(x(), tensor([0, 3], { dtype: "int32" })),
      ValueError,
      /^softmaxCrossEntropy: index 3 at position \[1\] .*float32\[2,3\] and int32\[2\]/,
    ],
    ["a size in place of a shape", () => x().reshape(6 as never), ValueError, /^reshape: shape 6 is no list/],
    ["a size for zeros", () => zeros(3 as never), ValueError, /^zeros: shape 3 is no list .*\[2, 3\]/],
    ["a size for broadcastTo", () => x().broadcastTo(3 as never), ValueError, /^broadcastTo: shape 3 is no list/],
    ["a word for an axis", () => x().sum("0" as never), AxisError, /^sum: axis 0 is out of range/],
    ["one axis to transpose", () => x().transpose(0 as never), AxisError, /^transpose: \[0\] is no permutation/],
    ["tensors side by side", () => concat(x() as never), ValueError, /^concat: takes a list .*concat\(\[a, b\]\)/],
    ["ragged operands", () => x().matmul([[1], [2, 3]] as never), ShapeError, /^matmul: the nested array is ragged/],
    ["ends that are not finite", () => linspace(0, Number.NaN), ValueError, /^linspace: /],
    ["softmax of a scalar", () => tensor(1).softmax(), AxisError, /^softmax: axis -1/],
  ])("%s", (_, body, errorClass, message) => {
    expect(() => scope(body)).toThrow(errorClass as typeof ShapeError);
    expect(() => scope(body)).toThrow(message);
  });
});
