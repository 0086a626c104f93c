/** NumPy's broadcasting rule. */
import { broadcastShapes, broadcastsTo, type Shape, ShapeError } from "@crease/backend";
import fc from "fast-check";
import { expect, test } from "vitest";

const specs = (...shapes: Shape[]) => shapes.map((shape) => ({ dtype: "float32" as const, shape }));

test.each([
  [
    [2, 3],
    [2, 3],
    [2, 3],
  ],
  [[], [4], [4]],
  [[2, 1], [3], [2, 3]],
  [
    [5, 1, 4],
    [3, 1],
    [5, 3, 4],
  ],
  [[0, 3], [1], [0, 3]],
  [[1], [0], [0]],
] as const)("%j and %j make %j", (a, b, out) => {
  expect(broadcastShapes("add", specs(a, b))).toEqual(out);
  expect(broadcastShapes("add", specs(b, a))).toEqual(out);
});

test("more than two", () => {
  expect(broadcastShapes("select", specs([2, 1], [3], [4, 1, 1]))).toEqual([4, 2, 3]);
});

test.each([
  [[2, 3], [4], -1, 3, 4],
  [[2, 3], [3, 3], -2, 2, 3],
  [[0], [2], -1, 0, 2],
] as const)("%j and %j do not fit", (a, b, axis, x, y) => {
  expect(() => broadcastShapes("add", specs(a, b))).toThrow(ShapeError);
  expect(() => broadcastShapes("add", specs(a, b))).toThrow(
    `add: shapes do not broadcast: axis ${axis} has sizes ${x} and ${y}, got float32[${a}] and float32[${b}]. Shapes align at the last axis`,
  );
});

test("broadcastsTo is true exactly where the common shape is the target", () => {
  const shape = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 4 });
  fc.assert(
    fc.property(shape, shape, (from, to) => {
      let common: Shape | undefined;
      try {
        common = broadcastShapes("add", specs(from, to));
      } catch {
        common = undefined;
      }
      expect(broadcastsTo(from, to)).toBe(JSON.stringify(common) === JSON.stringify(to));
    }),
  );
});
