/** Every operation of ops.json against NumPy, in float64 and float32, and the promotion table against Keras's. */
import type { DType } from "@crease/backend";
import { promoteDTypes, scope, type Tensor, tensor } from "@crease/tensor";
import { describe, expect, it } from "vitest";
import { decode, expectClose, type GoldenTensor, readGolden } from "../../../testdata/golden.ts";
import { tolerances } from "../../../testdata/tolerances.ts";
import { type NumpyAttrs, numpyOps } from "./numpy-names.ts";

interface OpsFile {
  readonly cases: readonly {
    readonly name: string;
    readonly op: string;
    readonly inputs: readonly GoldenTensor[];
    readonly attrs: NumpyAttrs;
    readonly output?: GoldenTensor;
    readonly outputs?: readonly GoldenTensor[];
  }[];
  readonly promotion: { readonly dtypes: readonly DType[]; readonly keras: Readonly<Record<string, string>> };
}

const file = readGolden<OpsFile>("ops.json");
const longProducts = new Set(["matmul", "dot", "tensordot", "einsum"]);

function input(golden: GoldenTensor, float: DType): Tensor {
  const dtype = golden.dtype === "float64" ? float : (golden.dtype as DType);
  return tensor(decode(golden), { shape: golden.shape, dtype });
}

function dtypeOf(golden: GoldenTensor, float: DType): DType {
  if (golden.dtype === "float64") return float;
  return golden.dtype === "int64" ? "int32" : (golden.dtype as DType);
}

function check(float: "float64" | "float32"): void {
  it.each(file.cases.map((one) => [one.name, one] as const))(
    "%s",
    async (_, { op, inputs, attrs, output, outputs }) => {
      const compute = numpyOps[op];
      if (compute === undefined) return expect.fail(`no operation for NumPy's "${op}" in numpy-names.ts`);
      const results = scope(() =>
        [
          compute(
            inputs.map((x) => input(x, float)),
            attrs,
            float,
          ),
        ].flat(),
      );
      const expected = outputs ?? [output as GoldenTensor];
      expect(results.map((x) => x.shape)).toEqual(expected.map((x) => x.shape));
      expect(results.map((x) => x.dtype)).toEqual(expected.map((x) => dtypeOf(x, float)));
      const single = longProducts.has(op) ? tolerances.ops.float32LongProducts : tolerances.ops.float32;
      const tolerance = float === "float64" ? tolerances.ops.float64 : single;
      for (const [i, result] of results.entries()) {
        const numbers = decode(expected[i] as GoldenTensor);
        expectClose(
          (await result.data()) as Float64Array,
          float === "float64" ? numbers : numbers.map(Math.fround),
          tolerance,
        );
        result.dispose();
      }
    },
  );
}

describe("ops.json in float64", () => check("float64"));
describe("ops.json in float32", () => check("float32"));

describe("promotion", () => {
  it("has pairs to compare", () => expect(Object.keys(file.promotion.keras).length).toBeGreaterThan(0));

  it.each(Object.entries(file.promotion.keras))("%s gives %s", (pair, expected) => {
    const [left, right] = pair.split(",") as [DType, DType];
    // There is no int16 here: int32 holds both.
    expect(promoteDTypes(left, right)).toBe(expected === "int16" ? "int32" : expected);
    expect(tensor([1], { dtype: left }).maximum(tensor([1], { dtype: right })).dtype).toBe(promoteDTypes(left, right));
  });
});
