/** Losses and their gradients against Keras's. */
import { GradientTape } from "@crease/autograd";
import { getBackend, scope, Tensor } from "@crease/tensor";
import { describe, expect, test } from "vitest";
import { decode, expectClose, expectCloseTensor, type GoldenTensor, readGolden } from "../../../testdata/golden.ts";
import { type Tolerance, tolerances } from "../../../testdata/tolerances.ts";
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

/** Losses whose gradients the README of the golden files gives a wider tolerance. */
const focal = ["BinaryFocalCrossentropy", "CategoricalFocalCrossentropy", "Circle", "CTC"];

/**
 * Rows of a record that contradicts itself: the percentage error of a prediction that equals its target is 0 with the
 * gradient 0, so a gradient there shows that another prediction was fed than the file says. (The generator changes the
 * predictions of one case in place for its next case before it writes them.) Such rows, and no others, are left out.
 */
function contradictoryRows(c: Case): ReadonlySet<number> {
  const rows = new Set<number>();
  if (c.class !== "MeanAbsolutePercentageError" || c.grad === null || c.config.reduction !== "none") return rows;
  const [targets, predictions, gradient] = [decode(c.y_true), decode(c.y_pred), decode(c.grad)];
  const size = c.y_true.shape.at(-1) as number;
  for (const [i, slope] of gradient.entries())
    if (targets[i] === predictions[i] && slope !== 0) rows.add(Math.floor(i / size));
  return rows;
}

/** The rows that do not contradict themselves, as a tensor of its own. */
async function consistentRows(x: Tensor | GoldenTensor, left: ReadonlySet<number>): Promise<GoldenTensor> {
  const data = x instanceof Tensor ? [...((await x.data()) as Float32Array)] : decode(x);
  const [rows = 1] = x.shape;
  const size = data.length / rows;
  const kept = data.filter((_, i) => !left.has(Math.floor(i / size)));
  return { shape: [rows - left.size, ...x.shape.slice(1)], dtype: x.dtype, data: kept };
}

async function expectRows(actual: Tensor, expected: GoldenTensor, tolerance: Tolerance, c: Case): Promise<void> {
  const left = contradictoryRows(c);
  if (left.size === 0) return expectCloseTensor(actual, expected, tolerance);
  expect(actual.shape).toEqual(expected.shape);
  const [a, b] = [await consistentRows(actual, left), await consistentRows(expected, left)];
  expectClose(decode(a), decode(b), tolerance);
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
    "MeanAbsolutePercentageError",
    "BinaryFocalCrossentropy",
    "CategoricalFocalCrossentropy",
    "CategoricalGeneralizedCrossEntropy",
    "Dice",
    "Tversky",
    "Circle",
    "CTC",
  ])("%s has cases", (name) => {
    expect(ours.some((c) => c.class === name)).toBe(true);
  });

  test("at most one row of the file contradicts itself", () => {
    const rows = ours.map((c) => contradictoryRows(c).size);
    expect(rows.reduce((sum, n) => sum + n, 0)).toBeLessThanOrEqual(1);
  });

  for (const c of ours)
    test(c.name, async () => {
      const before = getBackend().memory().buffers;
      const value = scope(() => lossOf(c, toTensor(c.y_pred)));
      await expectRows(value, c.value, tolerances.losses.values, c);
      value.dispose();
      expect(getBackend().memory().buffers, "buffers left").toBe(before);
    });

  for (const c of ours)
    test(`${c.name}: gradient`, async () => {
      const before = getBackend().memory().buffers;
      const gradient = gradientOf(c);
      if (c.grad === null || gradient === null) expect(gradient).toBe(c.grad);
      else {
        const { focalGradients, gradients } = tolerances.losses;
        await expectRows(gradient, c.grad, focal.includes(c.class) ? focalGradients : gradients, c);
      }
      gradient?.dispose();
      expect(getBackend().memory().buffers, "buffers left").toBe(before);
    });

  for (const c of ours)
    test(`${c.name}: configuration`, () => {
      const { name: _, ...expected } = camelCaseAll(c.config);
      expect(make(c).getConfig()).toMatchObject(expected);
    });
});
