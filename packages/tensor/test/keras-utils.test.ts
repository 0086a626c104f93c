/** toCategorical and normalize against the numbers that Keras's documentation and definitions give. */
import { DTypeError, ValueError } from "@crease/backend";
import { getBackend, normalize, tensor, toCategorical, Variable } from "@crease/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

describe("toCategorical", () => {
  test("the matrix of Keras's documentation", async () => {
    expect(await toCategorical([0, 1, 2, 3], 4).array()).toEqual([
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
    ]);
  });

  test.each<[readonly number[], readonly number[]]>([
    [[3], [3, 5]],
    [
      [3, 1],
      [3, 5],
    ],
    [
      [2, 3],
      [2, 3, 5],
    ],
    [
      [2, 3, 1],
      [2, 3, 5],
    ],
    [[1], [1, 5]],
    [[], [5]],
  ])("shape %j gives %j", (shape, expected) => {
    const x = tensor(
      Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i % 5),
      { shape, dtype: "uint8" },
    );
    expect(toCategorical(x, 5).shape).toEqual(expected);
  });

  test("its arg max is the class, whatever the dtype, and nothing else stays", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(9), { minLength: 1 }),
        fc.constantFrom("int32", "uint8", "float32"),
        (list, dtype) => {
          const before = getBackend().memory();
          const x = tensor(list, { dtype: dtype as "int32" });
          const hot = toCategorical(x);
          const back = hot.argMax(-1);
          expect(hot.shape).toEqual([list.length, Math.max(...list) + 1]);
          expect(back.arraySync()).toEqual(list);
          for (const t of [x, hot, back]) t.dispose();
          expect(getBackend().memory()).toEqual(before);
        },
      ),
    );
  });

  test("Variables, dtype and bad classes", () => {
    expect(String(toCategorical(new Variable(tensor([1])), 2, { dtype: "int32" }))).toBe("[[0 1]]");
    expect(() => toCategorical([0, 3], 3)).toThrow(/^toCategorical: class 3 at position 1 is outside \[0, 3\)/);
    expect(() => toCategorical([-1], 3)).toThrow(ValueError);
    expect(() => toCategorical(["a"])).toThrow(/class a at position 0/);
    expect(() => toCategorical(tensor(["a"]), 2)).toThrow(DTypeError);
  });
});

describe("normalize", () => {
  test.each([
    [2, -1, [3 / 5, 4 / 5, 0, 0]],
    [1, 1, [3 / 7, 4 / 7, 0, 0]],
    [Infinity, -1, [3 / 4, 1, 0, 0]],
    [2, 0, [1, 1, 0, 0]],
  ] as const)("order %s along axis %i", async (order, axis, expected) => {
    const x = tensor([3, 4, 0, 0], { shape: [2, 2], dtype: "float64" });
    expect([...(await normalize(x, { order, axis }).data())]).toEqual(expected);
  });

  test("integers become float32, float16 stays", () => {
    expect(normalize(tensor([3, 4], { dtype: "int32" })).dtype).toBe("float32");
    expect(normalize(tensor([0, 4], { dtype: "float16" })).dtype).toBe("float16");
    expect(String(normalize(tensor([0, 4], { dtype: "float16" })))).toBe("[0. 1.]");
  });
});
