// The comparison behind the executed examples: it accepts what a reader would, and nothing else.
import { expect, test } from "vitest";
import { mismatch } from "../src/compare-shown.ts";

const matrix = { toString: () => "[[1.  2.5]\n [3.  4. ]]" };

test.each([
  [matrix, "[[1. 2.5] [3. 4.]]"],
  [[1, [2, "a"]], '[1, [2, "a"]]'],
  [new Float32Array([0.1, 2]), "[0.1, 2]"],
  [{ loss: 0.25, tags: ["x"] }, "{ loss: 0.25, tags: [x] }"],
  [0.30000001192092896, "0.3"],
  [Math.PI, "3.1416"],
  ["a long text that goes on", "a long text…"],
  [undefined, "undefined"],
])("%o is shown as %s", (value, text) => {
  expect(mismatch({ value }, text)).toBeUndefined();
});

test.each([
  [matrix, "[[1. 2.5] [3. 5.]]"],
  [[1, 2], "[1, 2, 3]"],
  [[12], "[1, 2]"],
  [0.34, "0.3"],
  [Math.PI, "3.1417"],
  ["-1", "1"],
  [null, "undefined"],
])("%o is not shown as %s", (value, text) => {
  expect(mismatch({ value }, text)).toContain("expected");
});

test("an error is compared by name and by a part of its message", () => {
  const error = new RangeError("too far");
  expect(mismatch({ error }, "throws RangeError")).toBeUndefined();
  expect(mismatch({ error }, "throws RangeError: far")).toBeUndefined();
  expect(mismatch({ error }, "throws RangeError: near")).toContain("threw");
  expect(mismatch({ error }, "throws TypeError")).toContain("threw");
  expect(mismatch({ value: 1 }, "throws TypeError")).toContain("nothing was thrown");
});
