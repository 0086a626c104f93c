// Ops that TensorFlow's kernels compute where those of other tfjs backends are not right: what they must be right about.
import type { Backend } from "@crease/backend";
import { getBackend, run, type Tensor, tensor } from "@crease/tensor";
import { describe, expect, test } from "vitest";
import { cudaCpu, reason } from "./cudaCpu.ts";

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
const floats = [nan, 1, -0, infinity, 0, -infinity, 2 ** 31, -3e9, 2147483520, -1.9, 300, nan, 1, -0.5, 1e-45, -1e-45];
const integers = [2 ** 31 - 1, -(2 ** 31), 3, -1, 0, 3, 16777217, -7];

const ops: { readonly [name: string]: (backend: Backend) => readonly Tensor[] } = {
  "casts from float": (backend) =>
    (["int32", "uint8", "int8"] as const).map((dtype) => tensor(floats, { backend }).cast(dtype)),
  "sort of float": (backend) => {
    const x = tensor(floats, { backend }).reshape([2, 1, 1, 1, 1, 8]);
    return [true, false].flatMap((descending) => run("sort", [x], { descending }));
  },
  "sort of int32": (backend) => {
    const x = tensor(integers, { dtype: "int32", backend }).reshape([2, 4]);
    return [true, false].flatMap((descending) => run("sort", [x], { descending }));
  },
  "sort of bool": (backend) => run("sort", [tensor([true, false, true, false], { backend })], { descending: false }),
  topK: (backend) => run("topK", [tensor(floats, { backend }).reshape([2, 8])], { k: 3 }),
  "products of integers": (backend) => {
    const x = tensor(integers, { dtype: "int32", backend });
    const bytes = x.cast("uint8").reshape([2, 4]);
    return [
      x.reshape([2, 4]).prod(1),
      x.reshape([2, 4]).matmul(x.reshape([2, 4]), { transposeB: true }),
      x.reshape([2, 2, 2]).matmul(x.reshape([2, 2, 2]), { transposeA: true }),
      bytes.matmul(bytes, { transposeB: true }),
    ];
  },
};

describe.skipIf(reason !== undefined)(reason === undefined ? "as on cpu" : `as on cpu: ${reason}`, async () => {
  const backend = reason === undefined ? ((await cudaCpu()) as Backend) : getBackend();
  test.each(Object.entries(ops))("%s", (_, op) => {
    const expected = op(getBackend());
    const found = op(backend).map((x) => [...(x.dataSync() as Float32Array)]);
    expect(found).toEqual(expected.map((x) => [...(x.dataSync() as Float32Array)]));
  });
});
