/** Creation: values, shapes and ranges become the tensors that NumPy and Keras would make. */
import { DTypeError, ShapeError, ValueError } from "@crease/backend";
import { cpuBackend } from "@crease/backend-cpu";
import {
  arange,
  eye,
  full,
  getBackend,
  linspace,
  oneHot,
  ones,
  onesLike,
  scope,
  tensor,
  Variable,
  zeros,
  zerosLike,
} from "@crease/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

describe("tensor", () => {
  test.each([
    [5, "float32", []],
    [[1, 2, 3], "float32", [3]],
    [[[1], [2]], "float32", [2, 1]],
    [[], "float32", [0]],
    [[[], []], "float32", [2, 0]],
    [true, "bool", []],
    [[[true, false]], "bool", [1, 2]],
    ["word", "string", []],
    [["a", "b"], "string", [2]],
    [new Float64Array(2), "float64", [2]],
    [new Int32Array(2), "int32", [2]],
    [new Int8Array(2), "int8", [2]],
    [new Uint8Array(2), "uint8", [2]],
    [new Uint8ClampedArray(2), "uint8", [2]],
  ] as const)("%j is %s", (values, dtype, shape) => {
    const x = tensor(values);
    expect([x.dtype, x.shape]).toEqual([dtype, shape]);
  });

  test("reads back what was given, in any shape", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 }),
        fc.integer(),
        async (shape, seed) => {
          const size = shape.reduce((a, b) => a * b, 1);
          const values = Float32Array.from({ length: size }, (_, i) => Math.fround(Math.sin(seed + i)));
          const x = tensor(values, { shape });
          expect(await x.data()).toEqual(values);
          expect(await tensor((await x.array()) as number[]).data()).toEqual(values);
        },
      ),
      { numRuns: 50 },
    );
  });

  test("copies its values", async () => {
    const values = new Float32Array([1, 2]);
    const x = tensor(values);
    values[0] = 9;
    expect(await x.array()).toEqual([1, 2]);
  });

  test("refuses ragged, misfit and unknown values", () => {
    expect(() => tensor([[1, 2], [3]])).toThrow(ShapeError);
    expect(() => tensor([1, [2]] as never)).toThrow(ShapeError);
    expect(() => tensor([1, 2, 3], { shape: [2, 2] })).toThrow(ShapeError);
    expect(() => tensor([1, 2, 3, 4, 5, 6], { shape: [-2, -3] })).toThrow(ValueError);
    for (const mixed of [[1, "a"], [true, 2], [2, true], [null], [undefined], [[1], [true]]])
      expect(() => tensor(mixed as never)).toThrow(DTypeError);
    expect(() => tensor([tensor([1]), tensor([2])] as never)).toThrow(/a value of class Tensor is no element.*`stack`/);
    expect(() => tensor([1], { dtype: "float33" as never })).toThrow(/float33.*Did you mean "float32"/);
    expect(() => tensor([300], { dtype: "uint8" })).toThrow(ValueError);
    expect(() => tensor([1.5], { dtype: "int32" })).toThrow(ValueError);
  });
});

describe("filled tensors", () => {
  test("zeros, ones and full take a shape, a dtype and a backend", async () => {
    const other = cpuBackend();
    expect(await zeros([2, 3]).array()).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(await ones([2], { dtype: "int32" }).data()).toEqual(new Int32Array([1, 1]));
    expect(await full([2], -2.5, { dtype: "float64" }).data()).toEqual(new Float64Array([-2.5, -2.5]));
    expect(await full([], 3).item()).toBe(3);
    expect(await full([2], true).array()).toEqual([true, true]);
    expect(await full([2], "x").array()).toEqual(["x", "x"]);
    expect(await zeros([2], { dtype: "string" }).array()).toEqual(["", ""]);
    expect(zeros([0, 4]).size).toBe(0);
    const there = ones([3], { backend: other });
    expect(there.backend).toBe(other);
    expect(other.memory().buffers).toBe(1);
    there.dispose();
    expect(other.memory().buffers).toBe(0);
  });

  test("zerosLike and onesLike take shape, dtype and backend from a tensor, a Variable or values", async () => {
    const x = tensor([[1, 2]], { dtype: "int32", backend: cpuBackend() });
    const like = zerosLike(x);
    expect([like.shape, like.dtype]).toEqual([[1, 2], "int32"]);
    expect(like.backend).toBe(x.backend);
    expect(await onesLike(new Variable([3, 4])).array()).toEqual([1, 1]);
    expect(await onesLike([true, false]).array()).toEqual([true, true]);
    expect(zerosLike(x, { dtype: "float32" }).dtype).toBe("float32");
  });

  test("refuse sizes that are no counts, and unknown dtypes", () => {
    expect(() => zeros([3, -1])).toThrow(ValueError);
    expect(() => ones([1.5])).toThrow(/ones: size 1.5/);
    expect(() => full([2], 1, { dtype: "float33" as never })).toThrow(DTypeError);
    expect(() => full([2], "x", { dtype: "float32" })).toThrow(DTypeError);
  });
});

describe("ranges and diagonals", () => {
  test("arange counts as NumPy's does", async () => {
    expect(await arange(4).data()).toEqual(new Int32Array([0, 1, 2, 3]));
    expect(await arange(5, 1, -2).array()).toEqual([5, 3]);
    expect(await arange(3, 3).array()).toEqual([]);
    expect(await arange(0, 1, 0.25).data()).toEqual(new Float32Array([0, 0.25, 0.5, 0.75]));
    expect(arange(3, null, 1, { dtype: "float64" }).dtype).toBe("float64");
    expect(() => arange(0, 3, 0)).toThrow(ValueError);
    expect(() => arange(Number.NaN)).toThrow(ValueError);
    expect(() => arange(300, null, 1, { dtype: "uint8" })).toThrow(ValueError);
    expect(() => arange(3, null, 1, { dtype: "string" })).toThrow(DTypeError);
    expect(await arange(2, null, 1, { dtype: "bool" }).array()).toEqual([false, true]);
    expect(() => arange(3, null, 1, { dtype: "bool" })).toThrow(ValueError);
  });

  test("linspace ends exactly at its end", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: -1000, max: 1000 }),
        fc.integer({ min: -1000, max: 1000 }),
        fc.integer({ min: 2, max: 40 }),
        async (a, b, num) => {
          const x = (await linspace(a / 7, b / 7, num, { dtype: "float64" }).array()) as number[];
          expect([x[0], x.at(-1), x.length]).toEqual([a / 7, b / 7, num]);
        },
      ),
      { numRuns: 50 },
    );
    expect(await linspace(0, 1, 4, { endpoint: false }).array()).toEqual([0, 0.25, 0.5, 0.75]);
    expect(await linspace(2, 5, 1).array()).toEqual([2]);
    expect(await linspace(2, 5, 0).array()).toEqual([]);
    expect(() => linspace(0, 1, -1)).toThrow(ValueError);
  });

  test("eye refuses diagonals between two", () => {
    expect(() => eye(2, 2, { k: 0.5 })).toThrow(ValueError);
  });

  test("eye has ones on one diagonal", async () => {
    expect(await eye(2).array()).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect(await eye(3, 2, { k: -1, dtype: "int32" }).array()).toEqual([
      [0, 0],
      [1, 0],
      [0, 1],
    ]);
    expect(await eye(2, 2, { k: 5 }).array()).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(() => eye(-1)).toThrow(ValueError);
  });
});

describe("oneHot", () => {
  test("puts a new axis anywhere", async () => {
    expect(await oneHot([1, 0], 3).array()).toEqual([
      [0, 1, 0],
      [1, 0, 0],
    ]);
    expect(await oneHot([1, 0], 3, { axis: 0 }).array()).toEqual([
      [0, 1],
      [1, 0],
      [0, 0],
    ]);
    const labels = tensor([[3, 300]], { dtype: "int32" });
    expect(oneHot(labels, 5, { axis: 1 }).shape).toEqual([1, 5, 2]);
    expect(await oneHot(labels, 5).sum(-1).array()).toEqual([[1, 0]]);
    expect(await oneHot(-1, 2).array()).toEqual([0, 0]);
    expect(oneHot(new Variable([1], { dtype: "int32" }), 2, { dtype: "bool" }).dtype).toBe("bool");
    expect(
      await oneHot(new Uint8Array([255]), 300)
        .argMax(-1)
        .array(),
    ).toEqual([255]);
    expect(oneHot([0, 1], 0).shape).toEqual([2, 0]);
  });

  test("refuses a negative depth, fractions and axes that are not there", () => {
    expect(() => oneHot([0], -1)).toThrow(ValueError);
    expect(() => oneHot(tensor([0.5]), 2)).toThrow(DTypeError);
    expect(() => oneHot([0.5], 2)).toThrow(ValueError);
    expect(() => oneHot([0], 2, { axis: 2 })).toThrow(/axis 2/);
  });

  test("leaves one buffer behind", () => {
    const before = getBackend().memory().buffers;
    const x = oneHot([0, 1, 2], 3);
    expect(getBackend().memory().buffers - before).toBe(1);
    x.dispose();
    expect(getBackend().memory().buffers).toBe(before);
    scope(() => {
      oneHot(new Variable([1], { dtype: "int32" }), 2);
    });
  });
});
