/** What metrics do beyond the reference numbers: names, state, backends, mistakes. */

import { GradientTape } from "@crease/autograd";
import { type Backend, BackendError, ShapeError, ValueError } from "@crease/backend";
import { cpuBackend } from "@crease/backend-cpu";
import { MeanSquaredError as MeanSquaredErrorLoss, SparseCategoricalCrossentropy as SparseLoss } from "@crease/losses";
import { getBackend, interpret, scope, type Tensor, type TensorLike, tensor, type Variable } from "@crease/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readGolden } from "../../../testdata/golden.ts";
import {
  Accuracy,
  AUC,
  BinaryAccuracy,
  BinaryCrossentropy,
  CategoricalAccuracy,
  CategoricalCrossentropy,
  getMetric,
  Mean,
  MeanMetricWrapper,
  Metric,
  Precision,
  Recall,
  SparseCategoricalAccuracy,
  SparseCategoricalCrossentropy,
  SparseTopKCategoricalAccuracy,
  Sum,
  TruePositives,
} from "../src/index.ts";

describe("getMetric", () => {
  test.each([
    [[8, 1], [8, 1], BinaryAccuracy, BinaryCrossentropy],
    [[8], [8, 1], BinaryAccuracy, BinaryCrossentropy],
    [[8], [8], BinaryAccuracy, BinaryCrossentropy],
    [[8], [8, 3], SparseCategoricalAccuracy, SparseCategoricalCrossentropy],
    [[8, 1], [8, 3], SparseCategoricalAccuracy, SparseCategoricalCrossentropy],
    [[8, 3], [8, 3], CategoricalAccuracy, CategoricalCrossentropy],
    [[8, 5], [8, 5, 3], SparseCategoricalAccuracy, SparseCategoricalCrossentropy],
  ] as const)("labels %j with predictions %j", (yTrueShape, yPredShape, accuracy, crossentropy) => {
    for (const name of ["accuracy", "acc"] as const) {
      const metric = getMetric(name, { yTrueShape, yPredShape });
      expect(metric).toBeInstanceOf(accuracy);
      expect(metric.name).toBe(name);
    }
    for (const name of ["crossentropy", "ce"] as const) {
      const metric = getMetric(name, { yTrueShape, yPredShape });
      expect(metric).toBeInstanceOf(crossentropy);
      expect(metric.name).toBe(name);
    }
  });

  test("takes the loss where there are no shapes, and equality where there is nothing", () => {
    expect(getMetric("accuracy", { loss: new SparseLoss() })).toBeInstanceOf(SparseCategoricalAccuracy);
    expect(getMetric("accuracy")).toBeInstanceOf(Accuracy);
    expect(() => getMetric("crossentropy")).toThrow(ValueError);
  });

  test("keeps the name that was asked for", () => {
    expect(getMetric("mae").name).toBe("mae");
    expect(getMetric("auc").name).toBe("auc");
  });

  test("takes instances, losses and functions", async () => {
    const metric = new Precision();
    expect(getMetric(metric)).toBe(metric);
    const loss = getMetric(new MeanSquaredErrorLoss({ reduction: "sum" }));
    expect(loss.name).toBe("meanSquaredError");
    loss.update([[0], [0]], [[1], [3]]);
    expect(await loss.result().item()).toBe(5);
    const largest = (yTrue: Tensor, yPred: Tensor): Tensor => yTrue.sub(yPred).abs().max(-1);
    const own = getMetric(largest);
    expect(own.name).toBe("largest");
    own.update([[1, 2]], [[2, 4]]);
    expect(await own.result().item()).toBe(2);
  });

  const unknown = readGolden<{ readonly cases: readonly { op: string; attrs: { name: string } }[] }>(
    "errors.json",
  ).cases.filter((c) => c.op === "get_metric");

  test("errors.json has unknown names", () => expect(unknown.length).toBeGreaterThan(0));

  test.each([...unknown.map((c) => c.attrs.name), "toString"])("refuses %s and lists the known names", (name) => {
    expect(() => getMetric(name as "mse")).toThrow(ValueError);
    expect(() => getMetric(name as "mse")).toThrow(new RegExp(`getMetric.*${name}.*sparseCategoricalAccuracy`));
  });
});

describe("state", () => {
  test("is nothing before the first update, float32 after it, and moves", async () => {
    const metric = new Mean();
    expect(metric.variables).toEqual([]);
    metric.update(tensor([1, 2], { dtype: "float64" }));
    expect(metric.variables.map((v) => [v.name, v.dtype, v.trainable])).toEqual([
      ["total", "float32", false],
      ["count", "float32", false],
    ]);
    const other = cpuBackend() as unknown as Backend;
    await metric.to(other);
    expect(() => metric.update([3])).toThrow(BackendError);
    metric.update(tensor([6], { backend: other }));
    expect(await metric.result().item()).toBe(3);
    expect(metric.result().backend).toBe(other);
  });

  test("is made on the predictions' backend, for numbers beside them too", () => {
    const other = cpuBackend() as unknown as Backend;
    const yPred = tensor([[0.2, 0.7, 0.1]], { backend: other });
    const metrics = [
      new SparseCategoricalAccuracy(),
      new SparseCategoricalCrossentropy(),
      new SparseTopKCategoricalAccuracy({ k: 2 }),
    ];
    for (const metric of metrics) {
      metric.update([1], yPred, { sampleWeight: [2] });
      expect(metric.result().backend).toBe(other);
    }
    for (const metric of [
      new AUC({ multiLabel: true, labelWeights: [1, 2, 1] }),
      new Precision({ topK: 1 }),
      new Recall({ classId: 1 }),
    ]) {
      metric.update([[0, 1, 0]], yPred, { sampleWeight: [2] });
      expect(metric.result().backend).toBe(other);
    }
  });

  test("nothing is read back, and nothing but the state stays", () => {
    const yPred = tensor([[0.2, 0.7, 0.1]]);
    const yTrue = tensor([[0, 1, 0]]);
    for (const metric of [
      new CategoricalAccuracy(),
      new AUC(),
      new Precision({ thresholds: [0.2, 0.4] }),
      new TruePositives(),
    ]) {
      metric.update(yTrue, yPred);
      const before = getBackend().memory().buffers;
      metric.update(yTrue, yPred, { sampleWeight: [1] });
      metric.reset();
      expect(getBackend().memory().buffers).toBe(before);
    }
  });

  test("an update inside a tape's record disturbs neither", async () => {
    const x = tensor([[0.5], [2]]);
    const metric = getMetric("mse");
    metric.update([[0], [0]], x);
    const before = getBackend().memory().buffers;
    const gradient = scope(() => {
      const tape = new GradientTape();
      tape.watch(x);
      const loss = tape.record(() => {
        metric.update([[0], [0]], x);
        return x.square().sum();
      });
      return tape.gradient(loss, [x])[0];
    });
    expect(await gradient?.array()).toEqual([[1], [4]]);
    expect(await metric.result().item()).toBe(2.125);
    gradient?.dispose();
    expect(getBackend().memory().buffers).toBe(before + 1);
  });

  test("an update inside an interpreter leaves what that sees", () => {
    const seen: string[] = [];
    const metric = new Mean();
    interpret(
      (call, next) => {
        seen.push(call.op);
        return next(call);
      },
      () => metric.update([1, 2]),
    );
    expect(seen).toContain("sum");
  });
});

describe("Mean", () => {
  test("is the weighted mean of everything, in whatever batches", async () => {
    const batches = fc.array(
      fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 0, max: 3 })), {
        minLength: 1,
        maxLength: 4,
      }),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    await fc.assert(
      fc.asyncProperty(batches, async (all) => {
        const metric = new Mean();
        for (const batch of all)
          metric.update(
            batch.map(([x]) => x),
            { sampleWeight: batch.map(([, w]) => w) },
          );
        const weight = all.flat().reduce((sum, [, w]) => sum + w, 0);
        const total = all.flat().reduce((sum, [x, w]) => sum + x * w, 0);
        expect(await metric.result().item()).toBeCloseTo(weight === 0 ? 0 : total / weight, 5);
      }),
    );
  });

  test("a scalar weight weighs the mean of the batch", async () => {
    const metric = new Mean();
    metric.update([1, 3], { sampleWeight: 1 });
    metric.update([6], { sampleWeight: 3 });
    expect(await metric.result().item()).toBe(5);
  });

  test("refuses weights of another number", () => {
    expect(() => new Mean().update([1, 2], { sampleWeight: [1, 2, 3] })).toThrow(ShapeError);
    expect(() => new Sum().update([1, 2], { sampleWeight: [1, 2, 3] })).toThrow(ShapeError);
  });
});

describe("thresholds", () => {
  test("even ones count by buckets as by comparison", async () => {
    const even = [0, 0.25, 0.5, 0.75, 1];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 16 })), { minLength: 1, maxLength: 9 }),
        async (rows) => {
          const metric = new TruePositives({ thresholds: even });
          metric.update(
            rows.map(([label]) => Number(label)),
            rows.map(([, p]) => p / 16),
          );
          const expected = even.map((t) => rows.filter(([label, p]) => label && p / 16 > t).length);
          expect(await metric.result().array()).toEqual(expected);
        },
      ),
    );
  });

  test("outside [0, 1] are refused", () => {
    expect(() => new Precision({ thresholds: [0.5, 1.5] })).toThrow(ValueError);
    expect(() => new BinaryAccuracy({ threshold: 1 })).toThrow(ValueError);
    expect(() => new AUC({ curve: "roc" as "ROC" })).toThrow(/ROC, PR/);
    expect(() => new AUC({ numThresholds: 1 })).toThrow(ValueError);
  });
});

describe("mistakes", () => {
  test("shapes are never broadcast", () => {
    expect(() => new BinaryAccuracy().update([[1], [0]], [[0.5, 0.5]])).toThrow(ShapeError);
    expect(() => new SparseCategoricalAccuracy().update([1, 2, 3], [[0.5, 0.5]])).toThrow(ShapeError);
    expect(() => new AUC().update([1, 0], [0.5, 0.5, 0.2])).toThrow(ShapeError);
    expect(() => new AUC({ multiLabel: true, numLabels: 2 }).update([[1, 0, 0]], [[1, 0, 0]])).toThrow(/numLabels/);
  });

  test("classes and k beyond what there is", () => {
    expect(() => new Precision({ classId: 3 }).update([[1, 0, 0]], [[1, 0, 0]])).toThrow(ValueError);
    expect(() => new Precision({ classId: 0 }).update([1], [1])).toThrow(ShapeError);
    expect(() => new Recall({ topK: 4 }).update([[1, 0, 0]], [[1, 0, 0]])).toThrow(ValueError);
  });

  test("a label outside the classes is never right", async () => {
    const metric = new SparseTopKCategoricalAccuracy({ k: 2 });
    metric.update(
      [2, -1, 0],
      [
        [0.5, 0.5],
        [0.5, 0.5],
        [0.5, 0.5],
      ],
    );
    expect(await metric.result().item()).toBeCloseTo(1 / 3, 6);
  });
});

test("an own metric by subclassing", async () => {
  class Largest extends Metric {
    largest: Variable | null = null;

    override update(_yTrue: TensorLike, yPred: TensorLike): void {
      scope(() => {
        const x = yPred as Tensor;
        this.largest ??= this.makeState("largest", [], x.backend);
        this.largest.assign(x.max().maximum(this.largest));
      });
    }

    override result(): Tensor {
      return this.largest?.value ?? tensor(0);
    }
  }
  const metric = new Largest();
  expect(metric.name).toBe("largest");
  metric.update([], tensor([3, 7]));
  metric.update([], tensor([5]));
  expect(await metric.result().item()).toBe(7);
  metric.reset();
  expect(await metric.result().item()).toBe(0);
  expect(new MeanMetricWrapper((a, b) => a.sub(b)).name).toBe("metric");
});
