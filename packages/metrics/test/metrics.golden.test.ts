/** Metrics against Keras's, after each of three updates and after a reset. */
import * as losses from "@crease/losses";
import { getBackend, scope, type TensorLike } from "@crease/tensor";
import { describe, expect, test } from "vitest";
import { expectCloseTensor, type GoldenTensor, readGolden } from "../../../testdata/golden.ts";
import { tolerances } from "../../../testdata/tolerances.ts";
import * as metrics from "../src/index.ts";
import { camelCase, camelCaseAll, toTensor } from "./goldenNames.ts";

interface Update {
  readonly values?: GoldenTensor;
  readonly y_true?: GoldenTensor;
  readonly y_pred?: GoldenTensor;
  readonly sample_weight?: GoldenTensor;
  readonly result: GoldenTensor;
}

interface Case {
  readonly name: string;
  readonly class: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly updates: readonly Update[];
  readonly variables?: readonly { readonly name: string; readonly shape: readonly number[] }[];
  readonly after_reset: GoldenTensor | null;
}

type AnyMetric = metrics.Metric<readonly [TensorLike, ...unknown[]]>;

/** Everything that the two packages export, by name. */
const exported: ReadonlyMap<string, unknown> = new Map(Object.entries(metrics));
const functions: ReadonlyMap<string, unknown> = new Map([...Object.entries(losses), ...exported]);

const { cases } = readGolden<{ readonly cases: readonly Case[] }>("metrics.json");
const ours = cases.filter((c) => exported.has(c.class));

/** Without weights they must be exact. */
const counts = ["TruePositives", "TrueNegatives", "FalsePositives", "FalseNegatives"];

function make(c: Case): AnyMetric {
  if (c.class === "MeanMetricWrapper") {
    const { fn, name, ...options } = camelCaseAll(c.args);
    const wrapped = functions.get(camelCase(fn as string)) as (a: TensorLike, b: TensorLike, o: object) => never;
    return new metrics.MeanMetricWrapper((yTrue, yPred) => wrapped(yTrue, yPred, options), { name: name as string });
  }
  const MetricClass = exported.get(c.class) as new (args: object) => AnyMetric;
  return new MetricClass(camelCaseAll(c.args));
}

function update(metric: AnyMetric, u: Update): void {
  scope(() => {
    const options = u.sample_weight === undefined ? {} : { sampleWeight: toTensor(u.sample_weight) };
    if (u.values !== undefined) metric.update(toTensor(u.values), options);
    else metric.update(toTensor(u.y_true as GoldenTensor), toTensor(u.y_pred as GoldenTensor), options);
  });
}

describe("metrics.json", () => {
  const known = new Set(cases.map((c) => c.class));

  test("has no class that is not exported", () => {
    expect([...known].filter((name) => !exported.has(name))).toEqual([]);
  });

  test("knows metrics that are exported", () => {
    expect(ours.length).toBeGreaterThan(0);
    for (const name of [
      "Mean",
      "BinaryAccuracy",
      "CategoricalAccuracy",
      "SparseCategoricalAccuracy",
      "SensitivityAtSpecificity",
      "SpecificityAtSensitivity",
      "PrecisionAtRecall",
      "RecallAtPrecision",
      "F1Score",
      "FBetaScore",
      "R2Score",
      "PearsonCorrelation",
      "ConcordanceCorrelation",
      "MeanIoU",
      "IoU",
      "BinaryIoU",
      "OneHotIoU",
      "OneHotMeanIoU",
    ])
      expect(known.has(name) && exported.has(name), name).toBe(true);
  });

  for (const c of ours)
    test(c.name, async () => {
      const before = getBackend().memory().buffers;
      const metric = make(c);
      const isExact = counts.includes(c.class) && c.updates.every((u) => u.sample_weight === undefined);
      const tolerance = isExact ? tolerances.metrics.counts : tolerances.metrics.values;
      for (const [i, u] of c.updates.entries()) {
        update(metric, u);
        const result = metric.result();
        await expectCloseTensor(result, u.result, tolerance, `update ${i}`);
        result.dispose();
      }
      expect(metric.variables.map((v) => v.shape)).toEqual((c.variables ?? []).map((v) => v.shape));
      metric.reset();
      if (c.after_reset !== null) {
        const result = metric.result();
        await expectCloseTensor(result, c.after_reset, tolerance, "after reset");
        result.dispose();
      }
      expect(getBackend().memory().buffers, "buffers besides the state").toBe(before + metric.variables.length);
      metric.dispose();
      expect(getBackend().memory().buffers).toBe(before);
    });

  for (const c of ours.filter((x) => x.config !== undefined))
    test(`${c.name}: configuration`, () => {
      const { name: _, dtype: __, thresholds, ...expected } = camelCaseAll(c.config ?? {});
      const config = make(c).getConfig();
      expect(config).toMatchObject(expected);
      if (thresholds != null) expect([config.thresholds].flat()).toEqual([thresholds].flat());
    });

  test.each(ours.map((c) => [c.name, c] as const))("%s: result before the first update", async (_, c) => {
    const metric = make(c);
    const result = metric.result();
    if (c.after_reset === null) return;
    // one score for each class cannot be as many before the first update tells how many classes there are
    const isUnknown = result.shape.length === 1 && metric.variables.length === 0 && result.size === 1;
    const data = isUnknown ? c.after_reset.data.slice(0, 1) : c.after_reset.data;
    const shape = isUnknown ? [1] : c.after_reset.shape;
    await expectCloseTensor(result, { ...c.after_reset, data, shape }, tolerances.metrics.values);
  });
});
