/** All activations against Keras: values, gradients at kinks, infinities and NaN. */
import type { Tensor } from "@crease/tensor";
import { describe, expect, test } from "vitest";
import { expectCloseTensor, type GoldenTensor, readGolden } from "../../../testdata/golden.ts";
import { tolerances } from "../../../testdata/tolerances.ts";
import { activations, getActivation } from "../src/index.ts";
import { camelCase, camelCaseAll, toTensor } from "./goldenNames.ts";
import { expectGradients, gradientsOf } from "./gradients.ts";

interface Case {
  readonly name: string;
  readonly activation: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly x?: GoldenTensor;
  readonly y: GoldenTensor;
  readonly upstream?: GoldenTensor;
  readonly grad?: GoldenTensor | null;
}
interface File {
  readonly x: GoldenTensor;
  readonly cases: readonly Case[];
  readonly get: Readonly<Record<string, string>>;
}

const file = readGolden<File>("activations.json");
const table = activations as unknown as Readonly<Record<string, (x: Tensor, options?: object) => Tensor>>;
const find = (name: string): ((x: Tensor, options?: object) => Tensor) => {
  const f = table[camelCase(name)];
  if (f === undefined) throw new Error(`no activation ${camelCase(name)}`);
  return f;
};

describe("activations agree with Keras", () => {
  test("the file has cases, and each activation has one", () => {
    const covered = new Set(file.cases.map((c) => camelCase(c.activation)));
    expect([...covered].sort()).toEqual(Object.keys(activations).sort());
  });

  for (const c of file.cases)
    test(c.name, async () => {
      const x = toTensor(c.x ?? file.x);
      const f = find(c.activation);
      const args = camelCaseAll(c.args);
      await expectCloseTensor(f(x, args), c.y, tolerances.activations.values, "y");
      if (c.grad === undefined) return;
      const { gradients } = gradientsOf(() => f(x, args), [x], c.upstream === undefined ? null : toTensor(c.upstream));
      await expectGradients(gradients, [c.grad], tolerances.activations.gradients, "gradient");
    });

  test("names give the functions that they give in Keras", () => {
    for (const target of Object.values(file.get)) expect(getActivation(camelCase(target) as "relu")).toBe(find(target));
  });
});
