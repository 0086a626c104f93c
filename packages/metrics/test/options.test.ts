/** Options out of range: every metric refuses them when it is made. */
import { ValueError } from "@crease/backend";
import { expect, test } from "vitest";
import * as all from "../src/index.ts";
import { getMetric, Metric } from "../src/index.ts";

type Options = Readonly<Record<string, unknown>>;
const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
const fractions: readonly unknown[] = [-0.1, 1.1, nan, "0.5"];
const integers: readonly unknown[] = [0.5, nan, "1"];
const counts = (least: number): readonly unknown[] => [least - 1, least + 0.5, nan, "3"];

const smoothed = { labelSmoothing: fractions };
const limits = { thresholds: [...fractions, [0.5, 2], []] };
const decisions = { ...limits, topK: counts(1), classId: counts(0) };
const best = { numThresholds: counts(1), classId: counts(0) };
const scores = { average: ["mirco", 1], threshold: [0, ...fractions] };
const overlaps = { ignoreClass: integers, axis: integers, dtype: ["float64", 1] };
const classes = { numClasses: counts(1), ...overlaps };

/** What each metric is made with, and values that its options refuse. */
const table: {
  readonly [name: string]: readonly [bad: { readonly [option: string]: readonly unknown[] }, good?: Options];
} = {
  AUC: [
    {
      numThresholds: counts(2),
      thresholds: [[2], [nan]],
      curve: ["roc"],
      summationMethod: ["minor"],
      numLabels: counts(1),
      labelWeights: [[-1], [nan]],
    },
  ],
  Accuracy: [{}],
  BinaryAccuracy: [{ threshold: [0, 1, nan, "0.5"] }],
  BinaryCrossentropy: [smoothed],
  BinaryIoU: [{ threshold: fractions, targetClassIds: [[2], [0.5]], dtype: ["float64"] }],
  CategoricalAccuracy: [{}],
  CategoricalCrossentropy: [{ ...smoothed, axis: integers }],
  CategoricalHinge: [{}],
  ConcordanceCorrelation: [{}],
  CosineSimilarity: [{ axis: integers }],
  F1Score: [scores],
  FBetaScore: [{ ...scores, beta: [0, -1, nan, infinity] }],
  FalseNegatives: [limits],
  FalsePositives: [limits],
  Hinge: [{}],
  IoU: [
    { ...classes, targetClassIds: [[3], [-1], [0.5]] },
    { numClasses: 3, targetClassIds: [0] },
  ],
  KLDivergence: [{}],
  LogCoshError: [{}],
  Mean: [{}],
  MeanAbsoluteError: [{}],
  MeanAbsolutePercentageError: [{}],
  MeanIoU: [classes, { numClasses: 3 }],
  MeanSquaredError: [{}],
  MeanSquaredLogarithmicError: [{}],
  OneHotIoU: [
    { ...classes, targetClassIds: [[3]] },
    { numClasses: 3, targetClassIds: [0] },
  ],
  OneHotMeanIoU: [classes, { numClasses: 3 }],
  PearsonCorrelation: [{}],
  Poisson: [{}],
  Precision: [decisions],
  PrecisionAtRecall: [{ recall: fractions, ...best }, { recall: 0.5 }],
  R2Score: [{ classAggregation: ["uniform", 1], numRegressors: counts(0) }],
  Recall: [decisions],
  RecallAtPrecision: [{ precision: fractions, ...best }, { precision: 0.5 }],
  RootMeanSquaredError: [{}],
  SensitivityAtSpecificity: [{ specificity: fractions, ...best }, { specificity: 0.5 }],
  SparseCategoricalAccuracy: [{}],
  SparseCategoricalCrossentropy: [{ ignoreClass: integers, axis: integers }],
  SparseTopKCategoricalAccuracy: [{ k: counts(1) }],
  SpecificityAtSensitivity: [{ sensitivity: fractions, ...best }, { sensitivity: 0.5 }],
  SquaredHinge: [{}],
  Sum: [{}],
  TopKCategoricalAccuracy: [{ k: counts(1) }],
  TrueNegatives: [limits],
  TruePositives: [limits],
};

const constructors = all as unknown as Readonly<Record<string, new (options: Options) => object>>;
const made = (name: string, options: Options): object =>
  new (constructors[name] as new (options: Options) => object)(options);

test("every metric is in the table", () => {
  const isMetric = ([name, value]: [string, unknown]): boolean =>
    typeof value === "function" && value.prototype instanceof Metric && name !== "MeanMetricWrapper";
  const exported = Object.entries(all as Record<string, unknown>).filter(isMetric);
  expect(Object.keys(table).sort()).toEqual(exported.map(([name]) => name).sort());
});

test.each(
  Object.entries(table).flatMap(([name, [bad, good = {}]]) =>
    Object.entries(bad).flatMap(([option, values]) => values.map((value) => [name, option, value, good] as const)),
  ),
)("%s refuses %s %o", (name, option, value, good) => {
  expect(() => made(name, good)).not.toThrow();
  expect(() => made(name, { ...good, [option]: value })).toThrow(ValueError);
});

test.each(Object.entries(table))("%s is made anew from its class name and configuration", (name, [, good = {}]) => {
  const metric = made(name, { ...good, name: "mine" }) as Metric;
  const again = getMetric({ className: name, config: metric.getConfig() });
  expect(again).toBeInstanceOf(metric.constructor);
  expect(again.getConfig()).toEqual(metric.getConfig());
});

test("unknown names tell the nearest, and Keras's short ones are known", () => {
  expect(() => getMetric({ className: "Recal", config: {} })).toThrow(
    /getMetric: unknown metric "Recal". Did you mean "Recall"/,
  );
  expect(() => getMetric({ className: "toString", config: {} })).toThrow(/unknown metric/);
  expect(getMetric("bce").name).toBe("bce");
});

test.each(Object.entries(table))(
  "%s refuses options of unknown names and what are no options",
  (name, [, good = {}]) => {
    expect(() => made(name, { ...good, nam: "x" })).toThrow(`${name}: there is no option "nam". Did you mean "name"?`);
    expect(() => made(name, 3 as never)).toThrow(/: the options are 3\. Give an object, each option by its name\.$/);
  },
);
