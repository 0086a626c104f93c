/** Losses and their gradients against Keras's. */
import { GradientTape } from "@crease/autograd";
import { getBackend, scope, type Tensor } from "@crease/tensor";
import { describe, expect, test } from "vitest";
import { expectCloseTensor, type GoldenTensor, readGolden } from "../../../testdata/golden.ts";
import { tolerances } from "../../../testdata/tolerances.ts";
import * as losses from "../src/index.ts";
import { camelCaseAll, toTensor } from "./goldenNames.ts";

interface Case {
  readonly name: string;
  readonly class: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly config: Readonly<Record<string, unknown>>;
  readonly y_true: GoldenTensor;
  readonly y_pred: GoldenTensor;
  readonly sample_weight?: GoldenTensor;
  readonly value: GoldenTensor;
  readonly grad: GoldenTensor | null;
}

const { cases } = readGolden<{ readonly cases: readonly Case[] }>("losses.json");
/** Everything that the package exports, by name. */
const exported: ReadonlyMap<string, unknown> = new Map(Object.entries(losses));
const ours = cases.filter((c) => exported.has(c.class));

function make(c: Case): losses.Loss {
  const LossClass = exported.get(c.class) as new (args: object) => losses.Loss;
  return new LossClass(camelCaseAll(c.args));
}

function lossOf(c: Case, yPred: Tensor): Tensor {
  const options = c.sample_weight === undefined ? {} : { sampleWeight: toTensor(c.sample_weight) };
  return make(c).apply(toTensor(c.y_true), yPred, options);
}

/** With respect to the predictions, of the sum of the losses. */
function gradientOf(c: Case): Tensor | null {
  return scope(() => {
    const yPred = toTensor(c.y_pred);
    const tape = new GradientTape();
    tape.watch(yPred);
    const total = tape.record(() => lossOf(c, yPred).sum());
    return tape.gradient(total, [yPred])[0] ?? null;
  });
}

describe("losses.json", () => {
  test.each([
    "MeanSquaredError",
    "MeanAbsoluteError",
    "BinaryCrossentropy",
    "CategoricalCrossentropy",
    "SparseCategoricalCrossentropy",
  ])("%s has cases", (name) => {
    expect(ours.some((c) => c.class === name)).toBe(true);
  });

  for (const c of ours)
    test(c.name, async () => {
      const before = getBackend().memory().buffers;
      const value = scope(() => lossOf(c, toTensor(c.y_pred)));
      await expectCloseTensor(value, c.value, tolerances.losses.values);
      value.dispose();
      expect(getBackend().memory().buffers, "buffers left").toBe(before);
    });

  for (const c of ours)
    test(`${c.name}: gradient`, async () => {
      const before = getBackend().memory().buffers;
      const gradient = gradientOf(c);
      if (c.grad === null || gradient === null) expect(gradient).toBe(c.grad);
      else await expectCloseTensor(gradient, c.grad, tolerances.losses.gradients);
      gradient?.dispose();
      expect(getBackend().memory().buffers, "buffers left").toBe(before);
    });

  for (const c of ours)
    test(`${c.name}: configuration`, () => {
      const { name: _, ...expected } = camelCaseAll(c.config);
      expect(make(c).getConfig()).toMatchObject(expected);
    });
});
