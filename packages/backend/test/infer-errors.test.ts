/** What each op refuses: the class and the message, a row for each mistake. */
import { type CallName, inferRules, type Spec } from "@crease/backend";
import { expect, test } from "vitest";
import { spec } from "./spec.ts";

type Row = readonly [op: CallName, inputs: readonly string[], attrs: object, name: string, message: string];

const f = "float32[2,3]";
const plain = { transposeA: false, transposeB: false };

const rows: Row[] = [
  [
    "exp",
    ["int32[2]"],
    {},
    "DTypeError",
    'exp: takes floating-point tensors, got int32[2]. Convert with `x.cast("float32")`.',
  ],
  ["sqrt", ["string[2]"], {}, "DTypeError", "sqrt: takes floating-point tensors, got string[2]. Convert the strings"],
  ["neg", ["bool[2]"], {}, "DTypeError", "neg: takes numbers, got bool[2]."],
  ["isNaN", ["int32[2]"], {}, "DTypeError", "isNaN: takes floating-point tensors"],
  [
    "logicalNot",
    [f],
    {},
    "DTypeError",
    'logicalNot: takes bool here, got float32[2,3]. Convert with `x.cast("bool")`.',
  ],
  ["logicalAnd", ["bool[2]", "bool[3]"], {}, "ShapeError", "logicalAnd: shapes do not broadcast"],
  [
    "add",
    ["float32[2]", "float64[2]"],
    {},
    "DTypeError",
    "add: takes tensors of one dtype, got float32[2] and float64[2].",
  ],
  ["add", ["string[2]", "string[2]"], {}, "DTypeError", "add: takes no strings, got string[2] and string[2]."],
  ["sub", ["bool[2]", "bool[2]"], {}, "DTypeError", "sub: takes numbers"],
  ["div", ["int32[2]", "int32[2]"], {}, "DTypeError", "div: takes floating-point tensors"],
  [
    "add",
    [f, "float32[4]"],
    {},
    "ShapeError",
    "add: shapes do not broadcast: axis -1 has sizes 3 and 4, got float32[2,3] and float32[4].",
  ],
  ["less", ["float32[2]", "int32[2]"], {}, "DTypeError", "less: takes tensors of one dtype"],
  [
    "select",
    ["int32[2]", f, f],
    {},
    "DTypeError",
    "select: takes bool here, got int32[2], float32[2,3] and float32[2,3].",
  ],
  ["select", ["bool[3]", f, "int32[3]"], {}, "DTypeError", "select: takes tensors of one dtype"],
  [
    "cast",
    [f],
    { dtype: "float33" },
    "DTypeError",
    'cast: unknown dtype "float33", got float32[2,3]. Known dtypes: bool, int8',
  ],
  [
    "cast",
    [f],
    { dtype: "string" },
    "DTypeError",
    "cast: strings and float32 do not convert into each other, got float32[2,3].",
  ],
  ["cast", ["string[2]"], { dtype: "int32" }, "DTypeError", "cast: strings and int32 do not convert"],
  ["sum", ["int8[2]"], { axes: [0], keepDims: false }, "DTypeError", "sum: takes int32 or floats, got int8[2]."],
  ["prod", ["bool[2]"], { axes: [0], keepDims: false }, "DTypeError", "prod: takes numbers"],
  [
    "sum",
    [f],
    { axes: [2], keepDims: false },
    "AxisError",
    "sum: axis 2 is out of range for rank 2, got float32[2,3]. Use an integer from -2 to 1.",
  ],
  ["sum", [f], { axes: [1, 1], keepDims: false }, "AxisError", "sum: axis 1 is given twice"],
  [
    "max",
    ["float32[0,3]"],
    { axes: [0], keepDims: false },
    "ShapeError",
    "max: axis 0 has no elements, so there is no result, got float32[0,3].",
  ],
  ["min", ["string[3]"], { axes: [0], keepDims: false }, "DTypeError", "min: takes numbers"],
  ["any", [f], { axes: [0], keepDims: false }, "DTypeError", "any: takes bool here"],
  ["argMax", ["float32[2,0]"], { axis: 1 }, "ShapeError", "argMax: axis 1 has no elements"],
  [
    "argMin",
    ["float32[]"],
    { axis: 0 },
    "AxisError",
    "argMin: axis 0 is out of range for rank 0, got float32[]. A scalar has no axes.",
  ],
  ["cumSum", [f], { axis: -3, exclusive: false, reverse: false }, "AxisError", "cumSum: axis -3 is out of range"],
  [
    "cumSum",
    ["uint8[2]"],
    { axis: 0, exclusive: false, reverse: false },
    "DTypeError",
    "cumSum: takes int32 or floats",
  ],
  ["reshape", [f], { shape: [4] }, "ShapeError", "reshape: 6 elements do not fill shape [4] of 4, got float32[2,3]."],
  ["reshape", [f], { shape: [-6] }, "ValueError", "reshape: size -6 in shape [-6] is not a whole number of 0 or more"],
  [
    "transpose",
    [f],
    { perm: [0, 0] },
    "AxisError",
    "transpose: [0,0] is no permutation of the 2 axes, got float32[2,3]. Name each axis once.",
  ],
  ["transpose", [f], { perm: [0] }, "AxisError", "transpose: [0] is no permutation of the 2 axes"],
  [
    "broadcastTo",
    [f],
    { shape: [2, 4] },
    "ShapeError",
    "broadcastTo: the shape does not repeat to [2,4], got float32[2,3].",
  ],
  ["broadcastTo", [f], { shape: [3] }, "ShapeError", "broadcastTo: the shape does not repeat to [3]"],
  [
    "slice",
    [f],
    { start: [0], shape: [1], step: [1] },
    "ShapeError",
    "slice: start, shape and step need one entry for each axis, got float32[2,3]. Give 2 of each.",
  ],
  [
    "slice",
    [f],
    { start: [0, 1], shape: [2, 3], step: [1, 1] },
    "ShapeError",
    "slice: elements 1 to 3 of axis 1 are outside its 3",
  ],
  [
    "slice",
    [f],
    { start: [0, 1], shape: [2, 3], step: [1, -1] },
    "ShapeError",
    "slice: elements 1 to -1 of axis 1 are outside its 3",
  ],
  [
    "slice",
    [f],
    { start: [0, 0], shape: [1, 1], step: [1, 0] },
    "ValueError",
    "slice: step 0 of axis 1 is not allowed",
  ],
  ["pad", [f], { pads: [[1, 1]], value: 0 }, "ShapeError", "pad: 1 pairs of widths for 2 axes"],
  [
    "pad",
    [f],
    {
      pads: [
        [0, 0],
        [-1, 0],
      ],
      value: 0,
    },
    "ValueError",
    "pad: width -1 is not a whole number of 0 or more",
  ],
  ["concat", [], { axis: 0 }, "ValueError", "concat: no tensors to join. Give at least one."],
  [
    "concat",
    [f, "float32[2,4]"],
    { axis: 0 },
    "ShapeError",
    "concat: sizes differ off the joined axis 0, got float32[2,3] and float32[2,4].",
  ],
  ["concat", [f, "int32[2,3]"], { axis: 0 }, "DTypeError", "concat: takes tensors of one dtype"],
  ["concat", ["float32[]"], { axis: 0 }, "AxisError", "concat: axis 0 is out of range for rank 0"],
  ["reverse", [f], { axes: [2] }, "AxisError", "reverse: axis 2 is out of range"],
  [
    "gather",
    [f, "float32[2]"],
    { axis: 0, batchDims: 0 },
    "DTypeError",
    "gather: takes int32 here, got float32[2,3] and float32[2].",
  ],
  ["gather", [f, "int32[2]"], { axis: 2, batchDims: 0 }, "AxisError", "gather: axis 2 is out of range"],
  [
    "gather",
    [f, "int32[3,1]"],
    { axis: 1, batchDims: 1 },
    "ShapeError",
    "gather: the first 1 axes are not common to both",
  ],
  [
    "scatterAdd",
    ["int32[2]", "float32[3]"],
    { axis: 0, batchDims: 0, size: 5 },
    "ShapeError",
    "scatterAdd: axes 0 to 0 of the updates are not those of the indices",
  ],
  [
    "scatterAdd",
    ["int32[2]", "float32[2]"],
    { axis: 0, batchDims: 0, size: -1 },
    "ValueError",
    "scatterAdd: size -1 in shape [-1]",
  ],
  [
    "scatterAdd",
    ["int32[2]", "bool[2]"],
    { axis: 0, batchDims: 0, size: 3 },
    "DTypeError",
    "scatterAdd: takes numbers",
  ],
  ["sort", ["float32[]"], { descending: false }, "ShapeError", "sort: takes rank 1 or more, got float32[]."],
  ["sort", ["string[2]"], { descending: false }, "DTypeError", "sort: takes no strings"],
  ["topK", [f], { k: 4 }, "ValueError", "topK: k 4 is outside 0 to 3, got float32[2,3]."],
  [
    "matmul",
    ["float32[1,2]", "float32[3,1]"],
    plain,
    "ShapeError",
    "matmul: inner sizes differ (2 vs 3), got float32[1,2] and float32[3,1]. Columns of the left must equal rows of the right.",
  ],
  [
    "matmul",
    [f, f],
    { ...plain, transposeA: true, transposeB: true },
    "ShapeError",
    "matmul: inner sizes differ (2 vs 3)",
  ],
  [
    "matmul",
    ["float32[3]", "float32[3,1]"],
    plain,
    "ShapeError",
    "matmul: takes rank 2 or more, got float32[3] and float32[3,1].",
  ],
  [
    "matmul",
    ["float32[2,2,3]", "float32[3,3,1]"],
    plain,
    "ShapeError",
    "matmul: shapes do not broadcast: axis -3 has sizes 2 and 3",
  ],
  ["matmul", ["bool[1,1]", "bool[1,1]"], plain, "DTypeError", "matmul: takes numbers"],
  [
    "randomBits",
    [],
    { key: [0, 0], counter: -1, shape: [2] },
    "ValueError",
    "randomBits: counter -1 is not a whole number below 2^53. Count blocks from 0.",
  ],
  [
    "randomUniform",
    [],
    { key: [0, 0], counter: 0, shape: [1.5] },
    "ValueError",
    "randomUniform: size 1.5 in shape [1.5]",
  ],
  ["softmax", ["int32[2]"], { axis: 0 }, "DTypeError", "softmax: takes floating-point tensors"],
  ["logSoftmax", [f], { axis: 2 }, "AxisError", "logSoftmax: axis 2 is out of range"],
  [
    "dense",
    [f, "float32[2,4]", "float32[4]"],
    { activation: "linear" },
    "ShapeError",
    "dense: the weights must be a matrix of 3 rows, got float32[2,3], float32[2,4] and float32[4]. Columns of x must equal rows of w.",
  ],
  [
    "dense",
    [f, "float32[3,4]", "float32[3]"],
    { activation: "linear" },
    "ShapeError",
    "dense: the bias must be a vector of 4",
  ],
  [
    "softmaxCrossEntropy",
    [f, "int32[3]"],
    {},
    "ShapeError",
    "softmaxCrossEntropy: the targets do not match the logits, got float32[2,3] and int32[3].",
  ],
  ["softmaxCrossEntropy", [f, "float64[2,3]"], {}, "DTypeError", "softmaxCrossEntropy: takes float32 here"],
  [
    "layerNorm",
    [f, "float32[2]", "float32[3]"],
    { epsilon: 1e-3 },
    "ShapeError",
    "layerNorm: the scale must be a vector of 3",
  ],
  [
    "sgdUpdate",
    [f, "float32[3]"],
    {},
    "ShapeError",
    "sgdUpdate: variable, slots and gradient differ in shape, got float32[2,3] and float32[3]. Give them one shape.",
  ],
];

test.each(rows)("%s of %j with %j raises %s", (op, inputs, attrs, name, message) => {
  const infer = inferRules[op] as unknown as (inputs: readonly Spec[], attrs: object) => readonly Spec[];
  let error: unknown;
  try {
    infer(inputs.map(spec), attrs);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toMatchObject({ name, op });
  expect((error as Error).message.slice(0, message.length)).toBe(message);
});
