/** What the reader types as a shape, and how two shapes meet: the same as the library's own broadcasting. */
import { ShapeError } from "@crease/backend";
import { zeros } from "@crease/tensor";
import fc from "fast-check";
import { expect, test } from "vitest";
import { meetingsOf, readShape, resultSize } from "../src/pages/operations/shapeText.ts";

test("a shape is whole numbers, with brackets or without", () => {
  for (const text of ["[3, 4]", "3,4", "(3, 4)", " 3 4 ", "3 × 4", "3x4"])
    expect(readShape(text), text).toEqual([3, 4]);
  expect(readShape("(3,)")).toEqual([3]);
  expect(readShape("[]")).toEqual([]);
  expect(readShape("")).toEqual([]);
  for (const text of ["-1", "2.5", "a", "[3", "3,,4"]) expect(readShape(text), text).toBe("noShape");
  expect(readShape("1,1,1,1,1,1,1")).toBe("tooManyAxes");
  expect(readShape("1001, 1000")).toBe("tooLarge");
});

test("axes meet as the library broadcasts them", () => {
  const shape = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 4 });
  fc.assert(
    fc.property(shape, shape, (a, b) => {
      const meetings = meetingsOf(a, b);
      const clashes = meetings.some(({ kind }) => kind === "clash");
      const sum = () => zeros(a).add(zeros(b));
      if (clashes) expect(sum).toThrow(ShapeError);
      else expect(sum().size).toBe(resultSize(meetings));
    }),
  );
});
