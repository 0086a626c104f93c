/** Output specs of matmul, the sorts and the random primitives. */
import { broadcastShapes } from "../broadcast.ts";
import { ShapeError, ValueError } from "../errors.ts";
import type { Attrs, ContractTable, OpName } from "../ops.ts";
import type { Spec } from "../spec.ts";
import { checkShape } from "./move.ts";
import { type InferRule, refuseString, requireNumber, requireRank, requireSameDType } from "./rule.ts";

function matmul(inputs: readonly [Spec, Spec], { transposeA, transposeB }: Attrs<"matmul">): readonly [Spec] {
  const [a, b] = inputs;
  requireRank("matmul", 2, a, inputs);
  requireRank("matmul", 2, b, inputs);
  requireSameDType("matmul", inputs);
  requireNumber("matmul", inputs);
  const [m, k] = lastTwo(a, transposeA);
  const [k2, n] = lastTwo(b, transposeB);
  if (k !== k2)
    throw new ShapeError({
      op: "matmul",
      problem: `inner sizes differ (${k} vs ${k2})`,
      got: inputs,
      fix: "Columns of the left must equal rows of the right",
    });
  if (a.shape.length === 2 && b.shape.length === 2) return [{ shape: [m, n], dtype: a.dtype }];
  const batch = broadcastShapes(
    "matmul",
    inputs.map((x) => ({ dtype: x.dtype, shape: [...x.shape.slice(0, -2), 1, 1] })),
    inputs,
  );
  return [{ shape: [...batch.slice(0, -2), m, n], dtype: a.dtype }];
}

function lastTwo(x: Spec, swapped: boolean): readonly [number, number] {
  const rows = x.shape[x.shape.length - 2] as number;
  const columns = x.shape[x.shape.length - 1] as number;
  return swapped ? [columns, rows] : [rows, columns];
}

function topK([x]: readonly [Spec], { k }: Attrs<"topK">): readonly [Spec, Spec] {
  requireRank("topK", 1, x, [x]);
  refuseString("topK", [x]);
  const size = x.shape[x.shape.length - 1] as number;
  if (!Number.isInteger(k) || k < 0 || k > size)
    throw new ValueError({
      op: "topK",
      problem: `k ${k} is outside 0 to ${size}`,
      got: [x],
      fix: "Ask for at most the last axis's size",
    });
  const shape = [...x.shape.slice(0, -1), k];
  return [
    { shape, dtype: x.dtype },
    { shape, dtype: "int32" },
  ];
}

const random =
  (op: OpName, dtype: "int32" | "float32") =>
  (_inputs: readonly [], { shape, counter }: Attrs<"randomBits">): readonly [Spec] => {
    checkShape(op, shape);
    if (!Number.isSafeInteger(counter) || counter < 0)
      throw new ValueError({
        op,
        problem: `counter ${counter} is not a whole number below 2^53`,
        fix: "Count blocks from 0",
      });
    return [{ shape, dtype }];
  };

/** One rule for each row of ContractTable. */
export const inferContract: { readonly [K in keyof ContractTable]: InferRule<K> } = {
  matmul,
  sort: ([x]: readonly [Spec], _attrs: Attrs<"sort">): readonly [Spec, Spec] => {
    requireRank("sort", 1, x, [x]);
    refuseString("sort", [x]);
    return [x, { shape: x.shape, dtype: "int32" }];
  },
  topK,
  randomBits: random("randomBits", "int32"),
  randomUniform: random("randomUniform", "float32"),
};
