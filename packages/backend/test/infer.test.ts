/** Output specs of every op, a row each or more. */
import { arities, type CallName, formatSpec, inferRules, type Spec } from "@crease/backend";
import { expect, test } from "vitest";
import { spec } from "./spec.ts";

type Row = readonly [op: CallName, inputs: readonly string[], attrs: object, outs: readonly string[]];

const f = "float32[2,3]";
const floatUnary = [
  ..."exp expm1 log log1p sqrt rsqrt sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh".split(" "),
  ..."sigmoid erf neg abs sign floor ceil round relu stopGradient read customGradient gelu".split(" "),
] as CallName[];
const numeric = "add sub mul floorDiv mod pow maximum minimum".split(" ") as CallName[];
const update = { learningRate: 0.1, weightDecay: 0 };

const rows: Row[] = [
  ...floatUnary.map((op): Row => [op, [f], { approximate: false, variable: {} }, [f]]),
  ["neg", ["uint8[]"], {}, ["uint8[]"]],
  ["logicalNot", ["bool[2]"], {}, ["bool[2]"]],
  ["isNaN", ["float16[0]"], {}, ["bool[0]"]],
  ...numeric.map((op): Row => [op, ["int8[2,1]", "int8[3]"], {}, ["int8[2,3]"]]),
  ["add", ["bool[2]", "bool[]"], {}, ["bool[2]"]],
  ["div", ["float64[2,1]", "float64[1,3]"], {}, ["float64[2,3]"]],
  ["atan2", [f, "float32[]"], {}, [f]],
  ...(["equal", "less", "lessEqual"] as const).map((op): Row => [op, ["string[2,1]", "string[3]"], {}, ["bool[2,3]"]]),
  ...(["logicalAnd", "logicalOr", "logicalXor"] as const).map(
    (op): Row => [op, ["bool[2,1]", "bool[3]"], {}, ["bool[2,3]"]],
  ),
  ["select", ["bool[4,1,1]", "int32[2,1]", "int32[3]"], {}, ["int32[4,2,3]"]],
  ["cast", ["bool[3]"], { dtype: "float16" }, ["float16[3]"]],
  ["cast", ["string[3]"], { dtype: "string" }, ["string[3]"]],
  ["sum", ["float32[2,3,4]"], { axes: [0, 2], keepDims: false }, ["float32[3]"]],
  ["sum", ["float32[2,3,4]"], { axes: [0, 2], keepDims: true }, ["float32[1,3,1]"]],
  ["sum", ["float32[0,3]"], { axes: [0], keepDims: false }, ["float32[3]"]],
  ["prod", ["int32[]"], { axes: [], keepDims: false }, ["int32[]"]],
  ["max", ["uint8[2,3]"], { axes: [0, 1], keepDims: false }, ["uint8[]"]],
  ["max", ["uint8[0,3]"], { axes: [1], keepDims: false }, ["uint8[0]"]],
  ["min", ["bool[2,3]"], { axes: [1], keepDims: true }, ["bool[2,1]"]],
  ["any", ["bool[2,0]"], { axes: [1], keepDims: false }, ["bool[2]"]],
  ["all", ["bool[2,0]"], { axes: [1], keepDims: false }, ["bool[2]"]],
  ["argMax", ["float32[2,3,4]"], { axis: 1 }, ["int32[2,4]"]],
  ["argMin", ["int8[3]"], { axis: 0 }, ["int32[]"]],
  ["cumSum", [f], { axis: 1, exclusive: false, reverse: false }, [f]],
  ["reshape", [f], { shape: [3, 1, 2] }, ["float32[3,1,2]"]],
  ["reshape", ["string[0,5]"], { shape: [2, 0] }, ["string[2,0]"]],
  ["transpose", ["float32[2,3,4]"], { perm: [2, 0, 1] }, ["float32[4,2,3]"]],
  ["broadcastTo", ["int32[3,1]"], { shape: [2, 3, 4] }, ["int32[2,3,4]"]],
  ["slice", [f], { start: [1, 2], shape: [2, 2], step: [-1, -2] }, ["float32[2,2]"]],
  ["slice", [f], { start: [9, 0], shape: [0, 3], step: [1, 1] }, ["float32[0,3]"]],
  [
    "pad",
    [f],
    {
      pads: [
        [1, 0],
        [2, 3],
      ],
      value: 0,
    },
    ["float32[3,8]"],
  ],
  ["concat", ["string[2,3]", "string[0,3]", "string[1,3]"], { axis: 0 }, ["string[3,3]"]],
  ["reverse", [f], { axes: [0, 1] }, [f]],
  ["gather", ["float32[4,5,6]", "int32[2,3]"], { axis: 1, batchDims: 0 }, ["float32[4,2,3,6]"]],
  ["gather", ["float32[4,5,6]", "int32[4,3]"], { axis: 1, batchDims: 1 }, ["float32[4,3,6]"]],
  ["gather", ["float32[4,5,6]", "int32[]"], { axis: 0, batchDims: 0 }, ["float32[5,6]"]],
  ["scatterAdd", ["int32[2,3]", "float32[4,2,3,6]"], { axis: 1, batchDims: 0, size: 5 }, ["float32[4,5,6]"]],
  ["scatterAdd", ["int32[4,3]", "float32[4,3,6]"], { axis: 1, batchDims: 1, size: 5 }, ["float32[4,5,6]"]],
  ["sort", [f], { descending: true }, [f, "int32[2,3]"]],
  ["topK", [f], { k: 2 }, ["float32[2,2]", "int32[2,2]"]],
  ["topK", [f], { k: 0 }, ["float32[2,0]", "int32[2,0]"]],
  ["matmul", [f, "float32[3,4]"], { transposeA: false, transposeB: false }, ["float32[2,4]"]],
  ["matmul", ["int32[5,1,3,2]", "int32[6,4,3]"], { transposeA: true, transposeB: true }, ["int32[5,6,2,4]"]],
  ["matmul", ["float32[2,0]", "float32[0,4]"], { transposeA: false, transposeB: false }, ["float32[2,4]"]],
  ["randomBits", [], { key: [0, 0], counter: 0, shape: [2, 2] }, ["int32[2,2]"]],
  ["randomUniform", [], { key: [0, 0], counter: 2 ** 53 - 1, shape: [] }, ["float32[]"]],
  ["softmax", [f], { axis: 1 }, [f]],
  ["logSoftmax", [f], { axis: 0 }, [f]],
  ["dense", ["float32[5,2,3]", "float32[3,4]", "float32[4]"], { activation: "relu" }, ["float32[5,2,4]"]],
  ["softmaxCrossEntropy", [f, "int32[2]"], {}, ["float32[2]", f]],
  ["softmaxCrossEntropy", [f, f], {}, ["float32[2]", f]],
  ["layerNorm", [f, "float32[3]", "float32[3]"], { epsilon: 1e-3 }, [f, "float32[2,1]", "float32[2,1]"]],
  ["sgdUpdate", [f, f], update, [f]],
  ["momentumUpdate", [f, f, f], { ...update, momentum: 0.9, nesterov: false }, [f, f]],
  ["adagradUpdate", [f, f, f], { ...update, epsilon: 1e-7 }, [f, f]],
  ["rmspropUpdate", [f, f, f], { ...update, rho: 0.9, epsilon: 1e-7 }, [f, f]],
  ["adamUpdate", [f, f, f, f], { ...update, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, step: 1 }, [f, f, f]],
];

test.each(rows)("%s of %j with %j is %j", (op, inputs, attrs, outs) => {
  const infer = inferRules[op] as unknown as (inputs: readonly Spec[], attrs: object) => readonly Spec[];
  expect(infer(inputs.map(spec), attrs).map(formatSpec)).toEqual(outs);
  if (arities[op] >= 0) expect(inputs).toHaveLength(arities[op]);
});

test("every op has a row here", () => {
  expect(new Set(rows.map(([op]) => op))).toEqual(new Set(Object.keys(inferRules)));
});
