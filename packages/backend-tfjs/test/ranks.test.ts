// More axes than tfjs's kernels are written for: results as on the cpu backend.
import type { Backend } from "@crease/backend";
import { concat, type Tensor, tensor, where } from "@crease/tensor";
import { describe, expect, test } from "vitest";
import { tfjsWasmBackend } from "../src/index.ts";
import { tfjsCpu } from "./tfjsCpu.ts";

const shape = [2, 3, 2, 2, 1, 2, 2, 2];
const part = [2, 1, 2, 1, 1, 2, 1, 2];

const make = (sizes: readonly number[], backend: Backend | undefined): Tensor =>
  tensor(
    Float32Array.from({ length: sizes.reduce((size, n) => size * n, 1) }, (_, i) => (i * 7) % 11),
    { shape: sizes, ...(backend === undefined ? {} : { backend }) },
  );

const ops: { readonly [name: string]: (x: Tensor, y: Tensor) => Tensor } = {
  add: (x, y) => x.add(y),
  maximum: (x, y) => y.maximum(x),
  less: (x, y) => x.less(y),
  pow: (x, y) => x.pow(y.mul(0.25)),
  where: (x, y) => where(x.less(4), x, y),
  "where of bool": (x, y) => where(x.less(4), x.less(5), y.less(3)),
  broadcastTo: (x, y) => y.broadcastTo(x.shape),
  transpose: (x) => x.transpose([7, 0, 5, 2, 6, 1, 4, 3]),
  sum: (x) => x.sum([0, 3, 6]),
  max: (x) => x.max([1, 7]),
  argMax: (x) => x.argMax(1),
  cumSum: (x) => x.cumSum(3),
  slice: (x) => x.slice([0, 1], [1, 3], null, [0, 2, 2]),
  "slice backwards": (x) => x.slice(null, [2, 0, -1], null, null, null, null, [1, null, -1]),
  flip: (x) => x.flip([1, 5, 7]),
  concat: (x) => concat([x, x], 2),
  matmul: (x, y) => x.matmul(y, { transposeB: true }),
  "pad in the middle": (x) =>
    x.pad([
      [0, 0],
      [1, 0],
      [0, 0],
      [0, 2],
      [0, 0],
      [0, 0],
      [0, 0],
      [1, 1],
    ]),
  gather: (x) => x.gather(tensor([1, 0, 1], { dtype: "int32", backend: x.backend }), { axis: 3 }),
};

describe.each([
  ["cpu", tfjsCpu],
  ["wasm", () => tfjsWasmBackend()],
])("tfjs-%s with eight axes", async (_name, create) => {
  const backend = await create();
  for (const [name, op] of Object.entries(ops))
    test(name, async () => {
      const expected = op(make(shape, undefined), make(part, undefined));
      const actual = op(make(shape, backend), make(part, backend));
      expect(actual.shape).toEqual(expected.shape);
      const right = await expected.data();
      for (const [i, element] of (await actual.data()).entries()) expect(element).toBeCloseTo(right[i] as number, 3);
    });
});
