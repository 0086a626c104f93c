/** What scores, rates under a limit, correlations and overlaps do beyond the reference numbers. */
import { type Backend, ShapeError, ValueError } from "@crease/backend";
import { cpuBackend } from "@crease/backend-cpu";
import { getBackend, tensor } from "@crease/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  BinaryIoU,
  CosineSimilarity,
  confusionMatrix,
  F1Score,
  FBetaScore,
  getMetric,
  IoU,
  MeanIoU,
  OneHotMeanIoU,
  PearsonCorrelation,
  Precision,
  PrecisionAtRecall,
  R2Score,
  Recall,
  RecallAtPrecision,
  SensitivityAtSpecificity,
  SpecificityAtSensitivity,
} from "../src/index.ts";

describe("confusionMatrix", () => {
  test("counts every pair within the classes", async () => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: -1, max: 3 }), fc.integer({ min: -1, max: 3 }), fc.nat(4)), {
      minLength: 1,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(pairs, async (rows) => {
        const counted = await confusionMatrix(
          rows.map(([label]) => label),
          rows.map(([, prediction]) => prediction),
          3,
          { sampleWeight: rows.map(([, , weight]) => weight) },
        ).array();
        const expected = [0, 1, 2].map((i) =>
          [0, 1, 2].map((j) => rows.reduce((sum, [a, b, weight]) => sum + (a === i && b === j ? weight : 0), 0)),
        );
        expect(counted).toEqual(expected);
      }),
    );
  });

  test("takes a column beside a vector, and a weight for each row", async () => {
    expect(await confusionMatrix([0, 1], [[0], [0]], 2).array()).toEqual([
      [1, 0],
      [1, 0],
    ]);
    const [labels, predictions] = [
      [
        [0, 1],
        [1, 1],
      ],
      [
        [0, 0],
        [1, 1],
      ],
    ];
    expect(await confusionMatrix(labels ?? [], predictions ?? [], 2, { sampleWeight: [1, 10] }).array()).toEqual([
      [1, 0],
      [1, 20],
    ]);
  });

  test("refuses what does not fit", () => {
    expect(() => confusionMatrix([0, 1], [0], 2)).toThrow(ShapeError);
    expect(() => confusionMatrix([0], [0], 2, { sampleWeight: [1, 2] })).toThrow(ShapeError);
    expect(() => confusionMatrix([0.5], [0], 2)).toThrow(ValueError);
    for (const numClasses of [0, -1, 2.5, Number.NaN])
      expect(() => confusionMatrix([0], [0], numClasses)).toThrow(ValueError);
  });
});

describe("overlaps", () => {
  test("drop fractions of weights as Keras does, and count them in float32", async () => {
    for (const [dtype, expected] of [
      ["int32", 0.5],
      ["float32", 0.6],
    ] as const) {
      const metric = new IoU({ numClasses: 2, targetClassIds: [1], dtype });
      metric.update([1, 1], [1, 0], { sampleWeight: [1.5, 1] });
      expect(await metric.result().item()).toBeCloseTo(expected, 6);
    }
  });

  test("leave out classes that are nowhere", async () => {
    const metric = new MeanIoU({ numClasses: 5 });
    metric.update([0, 1], [0, 1]);
    expect(await metric.result().item()).toBeCloseTo(1, 6);
  });

  test("of one-hot labels are those of the class numbers", async () => {
    const [labels, predictions] = [
      [2, 0, 1, 2],
      [2, 1, 1, 0],
    ];
    const oneHot = (classes: readonly number[]): number[][] => classes.map((c) => [0, 1, 2].map((i) => +(i === c)));
    const sparse = new MeanIoU({ numClasses: 3 });
    const dense = new OneHotMeanIoU({ numClasses: 3 });
    sparse.update(labels ?? [], predictions ?? []);
    dense.update(oneHot(labels ?? []), oneHot(predictions ?? []));
    expect(await dense.result().item()).toBe(await sparse.result().item());
  });

  test("refuse classes that there are not", () => {
    expect(() => new IoU({ numClasses: 2, targetClassIds: [2] })).toThrow(/ioU.*2.*\[0, 2\)/);
    expect(() => new IoU({ numClasses: 2, targetClassIds: [-1] })).toThrow(ValueError);
    expect(() => new MeanIoU({ numClasses: 2.5 })).toThrow(ValueError);
    expect(() => new MeanIoU({ numClasses: -1 })).toThrow(ValueError);
    expect(() => new OneHotMeanIoU({ numClasses: 0 })).toThrow(ValueError);
    expect(() => new BinaryIoU({ targetClassIds: [2] })).toThrow(ValueError);
    expect(() => new BinaryIoU({ threshold: 2 })).toThrow(ValueError);
  });
});

describe("scores", () => {
  test("F1 is the harmonic mean of precision and recall", async () => {
    const rows = fc.array(fc.tuple(fc.nat(1), fc.integer({ min: 0, max: 9 })), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(rows, async (decisions) => {
        const labels = decisions.map(([label]) => [label]);
        const predictions = decisions.map(([, p]) => [p / 10]);
        const [precision, recall, score] = [
          new Precision(),
          new Recall(),
          new F1Score({ average: "micro", threshold: 0.5 }),
        ];
        for (const metric of [precision, recall, score]) metric.update(labels, predictions);
        const [p, r] = [await precision.result().item(), await recall.result().item()];
        expect(await score.result().item()).toBeCloseTo(p + r === 0 ? 0 : (2 * p * r) / (p + r), 5);
      }),
    );
  });

  test("refuse options out of range", () => {
    expect(() => new F1Score({ average: "mean" as "micro" })).toThrow(/micro, macro, weighted/);
    expect(() => new F1Score({ threshold: 0 })).toThrow(ValueError);
    for (const beta of [0, -1, Number.POSITIVE_INFINITY, Number.NaN])
      expect(() => new FBetaScore({ beta })).toThrow(ValueError);
    expect(() => new F1Score().update([1, 0], [1, 0])).toThrow(ShapeError);
    expect(() => new R2Score({ classAggregation: "mean" as "uniformAverage" })).toThrow(/uniformAverage/);
    expect(() => new R2Score({ numRegressors: -1 })).toThrow(ValueError);
    expect(() => new R2Score().update([1, 0], [1, 0])).toThrow(ShapeError);
  });

  test("R2 is not adjusted where there are too few numbers for it", async () => {
    const data = [
      [[1], [4], [3]],
      [[2], [4], [4]],
    ];
    const [plain, adjusted] = [new R2Score(), new R2Score({ numRegressors: 2 })];
    for (const metric of [plain, adjusted]) metric.update(data[0] ?? [], data[1] ?? []);
    expect(await adjusted.result().item()).toBe(await plain.result().item());
    adjusted.update([[5]], [[5]]);
    plain.update([[5]], [[5]]);
    const score = await plain.result().item();
    expect(await adjusted.result().item()).toBeCloseTo(1 - ((1 - score) * 3) / 1, 5);
  });

  test("a constant has no correlation", async () => {
    const metric = new PearsonCorrelation();
    metric.update([[1, 1, 1]], [[1, 2, 3]]);
    expect(await metric.result().item()).toBeNaN();
  });
});

describe("rates under a limit", () => {
  const options = [
    [SensitivityAtSpecificity, "specificity"],
    [SpecificityAtSensitivity, "sensitivity"],
    [PrecisionAtRecall, "recall"],
    [RecallAtPrecision, "precision"],
  ] as const;

  test.each(options)("%o refuses limits and thresholds out of range", (RateMetric, limit) => {
    const make = RateMetric as unknown as new (options: object) => unknown;
    expect(() => new make({ [limit]: 1.5 })).toThrow(new RegExp(`${limit} is 1.5`));
    expect(() => new make({ [limit]: -0.1 })).toThrow(ValueError);
    expect(() => new make({})).toThrow(ValueError);
    expect(() => new make({ [limit]: 0.5, numThresholds: 0 })).toThrow(ValueError);
  });

  test("one threshold is 0.5", async () => {
    const metric = new RecallAtPrecision({ precision: 0.5, numThresholds: 1 });
    metric.update([0, 0, 1, 1], [0.1, 0.6, 0.4, 0.8]);
    expect(await metric.result().item()).toBe(0.5);
  });

  test("0 where nothing reaches the limit", async () => {
    const metric = new PrecisionAtRecall({ recall: 1 });
    metric.update([1, 0], [0, 0.5]);
    expect(await metric.result().item()).toBe(0);
  });
});

test("the cosine similarity is 1 for one direction, where the loss is -1", async () => {
  const metric = new CosineSimilarity();
  metric.update([[1, 2]], [[2, 4]]);
  expect(await metric.result().item()).toBeCloseTo(1, 6);
});

test("state is made on the predictions' backend, and nothing but it stays", async () => {
  const other = cpuBackend() as unknown as Backend;
  const scores = tensor([[0.2, 0.7, 0.1]], { backend: other });
  const classes = tensor([1], { dtype: "int32", backend: other });
  const updates = [
    [new F1Score(), [[0, 1, 0]], scores],
    [new R2Score(), [[0, 1, 0]], scores],
    [new SensitivityAtSpecificity({ specificity: 0.5, classId: 1 }), [[0, 1, 0]], scores],
    [new OneHotMeanIoU({ numClasses: 3 }), [[0, 1, 0]], scores],
    [new MeanIoU({ numClasses: 3, ignoreClass: 0 }), [1], classes],
    [new BinaryIoU(), [[0, 1, 0]], scores],
  ] as const;
  for (const [metric, yTrue, yPred] of updates) {
    metric.update(yTrue, yPred, { sampleWeight: [2] });
    const before = [getBackend().memory().buffers, other.memory().buffers];
    metric.update(yTrue, yPred, { sampleWeight: [1] });
    metric.reset();
    expect([getBackend().memory().buffers, other.memory().buffers]).toEqual(before);
    expect(metric.result().backend).toBe(other);
  }
});

test.each([
  ["mape", "mape"],
  ["f1Score", "f1Score"],
  ["logcosh", "logcosh"],
  ["cosineSimilarity", "cosineSimilarity"],
  ["binaryIoU", "binaryIoU"],
] as const)("getMetric knows %s", (name, expected) => expect(getMetric(name).name).toBe(expected));
