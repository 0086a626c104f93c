/** Printing: the same characters as NumPy, for a table of arrays that NumPy printed. */
import { type Data, type DType, sizeOf } from "@crease/backend";
import { full, ones, tensor } from "@crease/tensor";
import { describe, expect, test } from "vitest";
import { formatTensor } from "../src/format.ts";
import table from "./numpyPrinted.json" with { type: "json" };

const formulas: { readonly [text: string]: (i: number) => number } = {
  i: (i) => i,
  "i / 7": (i) => i / 7,
  "i % 2": (i) => i % 2,
  "1": () => 1,
};

function elements(dtype: string, shape: readonly number[], data: readonly (number | string)[] | string): Data {
  const size = sizeOf(shape);
  if (dtype === "string") return data as readonly string[];
  const at = typeof data === "string" ? (formulas[data] as (i: number) => number) : (i: number) => Number(data[i]);
  const values = Array.from({ length: size }, (_, i) => at(i));
  if (dtype === "float64") return Float64Array.from(values);
  if (dtype.startsWith("float")) return Float32Array.from(values);
  return dtype === "bool" ? Uint8Array.from(values) : Int32Array.from(values);
}

describe("formatTensor prints what NumPy prints", () => {
  test.each(table.cases.map((c, i) => ({ i, ...c })))("case $i: $dtype$shape", ({ dtype, shape, data, printed }) => {
    const text = formatTensor(elements(dtype, shape, data), { dtype: dtype as DType, shape });
    expect(text).toBe(printed.join("\n"));
  });
});

describe("toString", () => {
  test("prints the values of a tensor on the cpu", () => {
    expect(
      String(
        tensor([
          [1, 2.5],
          [-3, 4],
        ]),
      ),
    ).toBe("[[ 1.   2.5]\n [-3.   4. ]]");
    expect(`${full([2], true)}`).toBe("[ True  True]");
    expect(`${tensor("word")}`).toBe("word");
  });

  test("shows the edges of large tensors only", () => {
    expect(String(ones([2000], { dtype: "int32" }))).toBe("[1 1 1 ... 1 1 1]");
  });
});
