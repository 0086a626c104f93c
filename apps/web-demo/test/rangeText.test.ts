/** What the reader types as a slice, and the code that it becomes. */
import { tensor } from "@crease/tensor";
import { expect, test } from "vitest";
import { readRange, readRanges, sliceCode } from "../src/pages/tensors/rangeText.ts";

test("a range is a number, a list or null", () => {
  expect(readRange("")).toBeNull();
  expect(readRange(" null ")).toBeNull();
  expect(readRange("-3")).toBe(-3);
  expect(readRange("[1,4]")).toEqual([1, 4]);
  expect(readRange("[ null , null, -1 ]")).toEqual([null, null, -1]);
  for (const text of ["a", "1.5", "[1", "[]", "1, 2", "[1, x]", "[[1]]", '["..."]'])
    expect(readRange(text), text).toBeUndefined();
});

test("whole axes at the end are left out, and one bad text spoils all", () => {
  expect(readRanges(["null", "2", "", "null"])).toEqual([null, 2]);
  expect(readRanges(["null", ""])).toEqual([]);
  expect(readRanges(["1", "?"])).toBeUndefined();
});

test("the code is what runs", () => {
  const ranges = readRanges(["[null, null, -1]", "1"]) ?? [];
  expect(sliceCode("x", ranges)).toBe("x.slice([null, null, -1], 1)");
  const x = tensor([
    [1, 2],
    [3, 4],
  ]);
  const run = new Function("x", `return ${sliceCode("x", ranges)}`) as (x: unknown) => unknown;
  expect(String(run(x))).toBe("[4. 2.]");
  expect(sliceCode("x", [])).toBe("x.slice()");
});
