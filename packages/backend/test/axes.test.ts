/** Negative axes, defaults and refusals. */
import { AxisError, normalizeAxes, normalizeAxis, type Spec } from "@crease/backend";
import { expect, test } from "vitest";

const x: Spec = { dtype: "float32", shape: [2, 3, 4] };
const scalar: Spec = { dtype: "float32", shape: [] };

test("negative axes count from the end", () => {
  expect([-3, -2, -1, 0, 1, 2].map((axis) => normalizeAxis("sum", axis, x))).toEqual([0, 1, 2, 0, 1, 2]);
});

test("nothing means every axis, and axes come back sorted", () => {
  expect(normalizeAxes("sum", null, x)).toEqual([0, 1, 2]);
  expect(normalizeAxes("sum", undefined, scalar)).toEqual([]);
  expect(normalizeAxes("sum", [-1, 0], x)).toEqual([0, 2]);
  expect(normalizeAxes("sum", [], x)).toEqual([]);
  expect(normalizeAxes("sum", -2, x)).toEqual([1]);
});

test.each([3, -4, 0.5, Number.NaN])("axis %d is out of range", (axis) => {
  expect(() => normalizeAxis("sum", axis, x)).toThrow(AxisError);
  expect(() => normalizeAxis("sum", axis, x)).toThrow(
    `sum: axis ${axis} is out of range for rank 3, got float32[2,3,4]. Use an integer from -3 to 2.`,
  );
});

test("a scalar has no axes", () => {
  expect(() => normalizeAxis("max", 0, scalar)).toThrow(
    "max: axis 0 is out of range for rank 0, got float32[]. A scalar has no axes.",
  );
});

test("an axis may be named once, in either spelling", () => {
  expect(() => normalizeAxes("sum", [1, -2], x)).toThrow(
    "sum: axis 1 is given twice in [1,-2], got float32[2,3,4]. Name each axis once.",
  );
});
