/** Metrics by name. */
import { type Shape, suggestName, ValueError } from "@crease/backend";
import { type ClassConfig, Loss, type LossFunction, labelKind } from "@crease/losses";
import { Accuracy } from "./accuracy.ts";
import { AUC } from "./auc.ts";
import { BinaryAccuracy } from "./binaryAccuracy.ts";
import { BinaryCrossentropy } from "./binaryCrossentropy.ts";
import { BinaryIoU } from "./binaryIoU.ts";
import { CategoricalAccuracy } from "./categoricalAccuracy.ts";
import { CategoricalCrossentropy } from "./categoricalCrossentropy.ts";
import { CategoricalHinge } from "./categoricalHinge.ts";
import { ConcordanceCorrelation } from "./concordanceCorrelation.ts";
import { CosineSimilarity } from "./cosineSimilarity.ts";
import { F1Score } from "./f1Score.ts";
import { FalseNegatives } from "./falseNegatives.ts";
import { FalsePositives } from "./falsePositives.ts";
import { FBetaScore } from "./fBetaScore.ts";
import { Hinge } from "./hinge.ts";
import { IoU } from "./iou.ts";
import { KLDivergence } from "./klDivergence.ts";
import { LogCoshError } from "./logCoshError.ts";
import { Mean } from "./mean.ts";
import { MeanAbsoluteError } from "./meanAbsoluteError.ts";
import { MeanAbsolutePercentageError } from "./meanAbsolutePercentageError.ts";
import { MeanIoU } from "./meanIoU.ts";
import { MeanMetricWrapper } from "./meanMetricWrapper.ts";
import { MeanSquaredError } from "./meanSquaredError.ts";
import { MeanSquaredLogarithmicError } from "./meanSquaredLogarithmicError.ts";
import { Metric } from "./metric.ts";
import { OneHotIoU } from "./oneHotIoU.ts";
import { OneHotMeanIoU } from "./oneHotMeanIoU.ts";
import { PearsonCorrelation } from "./pearsonCorrelation.ts";
import { Poisson } from "./poisson.ts";
import { Precision } from "./precision.ts";
import { PrecisionAtRecall } from "./precisionAtRecall.ts";
import { R2Score } from "./r2Score.ts";
import { Recall } from "./recall.ts";
import { RecallAtPrecision } from "./recallAtPrecision.ts";
import { RootMeanSquaredError } from "./rootMeanSquaredError.ts";
import { SensitivityAtSpecificity } from "./sensitivityAtSpecificity.ts";
import { SparseCategoricalAccuracy } from "./sparseCategoricalAccuracy.ts";
import { SparseCategoricalCrossentropy } from "./sparseCategoricalCrossentropy.ts";
import { SparseTopKCategoricalAccuracy } from "./sparseTopKCategoricalAccuracy.ts";
import { SpecificityAtSensitivity } from "./specificityAtSensitivity.ts";
import { SquaredHinge } from "./squaredHinge.ts";
import { Sum } from "./sum.ts";
import { TopKCategoricalAccuracy } from "./topKCategoricalAccuracy.ts";
import { TrueNegatives } from "./trueNegatives.ts";
import { TruePositives } from "./truePositives.ts";

/** A metric that `getMetric` finds by name. */
export type MetricName =
  | "accuracy"
  | "acc"
  | "binaryAccuracy"
  | "categoricalAccuracy"
  | "sparseCategoricalAccuracy"
  | "topKCategoricalAccuracy"
  | "sparseTopKCategoricalAccuracy"
  | "meanSquaredError"
  | "mse"
  | "meanAbsoluteError"
  | "mae"
  | "rootMeanSquaredError"
  | "binaryCrossentropy"
  | "bce"
  | "categoricalCrossentropy"
  | "sparseCategoricalCrossentropy"
  | "precision"
  | "recall"
  | "auc"
  | "truePositives"
  | "falsePositives"
  | "trueNegatives"
  | "falseNegatives"
  | "meanAbsolutePercentageError"
  | "mape"
  | "meanSquaredLogarithmicError"
  | "msle"
  | "logcosh"
  | "cosineSimilarity"
  | "klDivergence"
  | "poisson"
  | "hinge"
  | "squaredHinge"
  | "categoricalHinge"
  | "f1Score"
  | "fbetaScore"
  | "r2Score"
  | "pearsonCorrelation"
  | "concordanceCorrelation"
  | "binaryIoU";

const classes: { readonly [K in MetricName]: new (options: { readonly name: string }) => Metric } = {
  accuracy: Accuracy,
  acc: Accuracy,
  binaryAccuracy: BinaryAccuracy,
  categoricalAccuracy: CategoricalAccuracy,
  sparseCategoricalAccuracy: SparseCategoricalAccuracy,
  topKCategoricalAccuracy: TopKCategoricalAccuracy,
  sparseTopKCategoricalAccuracy: SparseTopKCategoricalAccuracy,
  meanSquaredError: MeanSquaredError,
  mse: MeanSquaredError,
  meanAbsoluteError: MeanAbsoluteError,
  mae: MeanAbsoluteError,
  rootMeanSquaredError: RootMeanSquaredError,
  binaryCrossentropy: BinaryCrossentropy,
  bce: BinaryCrossentropy,
  categoricalCrossentropy: CategoricalCrossentropy,
  sparseCategoricalCrossentropy: SparseCategoricalCrossentropy,
  precision: Precision,
  recall: Recall,
  auc: AUC,
  truePositives: TruePositives,
  falsePositives: FalsePositives,
  trueNegatives: TrueNegatives,
  falseNegatives: FalseNegatives,
  meanAbsolutePercentageError: MeanAbsolutePercentageError,
  mape: MeanAbsolutePercentageError,
  meanSquaredLogarithmicError: MeanSquaredLogarithmicError,
  msle: MeanSquaredLogarithmicError,
  logcosh: LogCoshError,
  cosineSimilarity: CosineSimilarity,
  klDivergence: KLDivergence,
  poisson: Poisson,
  hinge: Hinge,
  squaredHinge: SquaredHinge,
  categoricalHinge: CategoricalHinge,
  f1Score: F1Score,
  fbetaScore: FBetaScore,
  r2Score: R2Score,
  pearsonCorrelation: PearsonCorrelation,
  concordanceCorrelation: ConcordanceCorrelation,
  binaryIoU: BinaryIoU,
};

const byClass: { readonly [className: string]: new (config: never) => unknown } = {
  Accuracy,
  AUC,
  BinaryAccuracy,
  BinaryCrossentropy,
  BinaryIoU,
  CategoricalAccuracy,
  CategoricalCrossentropy,
  CategoricalHinge,
  ConcordanceCorrelation,
  CosineSimilarity,
  F1Score,
  FalseNegatives,
  FalsePositives,
  FBetaScore,
  Hinge,
  IoU,
  KLDivergence,
  LogCoshError,
  Mean,
  MeanAbsoluteError,
  MeanAbsolutePercentageError,
  MeanIoU,
  MeanSquaredError,
  MeanSquaredLogarithmicError,
  OneHotIoU,
  OneHotMeanIoU,
  PearsonCorrelation,
  Poisson,
  Precision,
  PrecisionAtRecall,
  R2Score,
  Recall,
  RecallAtPrecision,
  RootMeanSquaredError,
  SensitivityAtSpecificity,
  SparseCategoricalAccuracy,
  SparseCategoricalCrossentropy,
  SparseTopKCategoricalAccuracy,
  SpecificityAtSensitivity,
  SquaredHinge,
  Sum,
  TopKCategoricalAccuracy,
  TrueNegatives,
  TruePositives,
};

const accuracies = {
  binary: BinaryAccuracy,
  categorical: CategoricalAccuracy,
  sparse: SparseCategoricalAccuracy,
} as const;
const crossentropies = {
  binary: BinaryCrossentropy,
  categorical: CategoricalCrossentropy,
  sparse: SparseCategoricalCrossentropy,
} as const;

/**
 * A metric, a loss, a function that gives one value for each sample, a name, or what a metric was saved as;
 * "crossentropy" and "ce" need a context.
 */
export type MetricLike = Metric | Loss | LossFunction | MetricName | "crossentropy" | "ce" | ClassConfig;

/** What decides which metric "accuracy" and "crossentropy" mean: shapes, or else the loss. */
export interface MetricContext {
  readonly yTrueShape?: Shape;
  readonly yPredShape?: Shape;
  readonly loss?: Loss;
}

/**
 * The metric that was given, one made of a function or a loss, or a new one by name with its default options, which
 * keeps the name that was asked for, or one by class name and configuration. "accuracy" ("acc") and "crossentropy" ("ce") are binary, categorical or sparse by
 * the shapes in `context`, as in Keras 3, or by its loss where it has no shapes.
 *
 * @throws ValueError for an unknown name; the message lists the known ones.
 * @example
 * ```ts
 * import { getMetric, SparseCategoricalAccuracy } from "@crease/metrics";
 * const metric = getMetric("accuracy", { yTrueShape: [8], yPredShape: [8, 3] });
 * metric.name; // => accuracy
 * metric instanceof SparseCategoricalAccuracy; // => true
 * ```
 */
export function getMetric(metric: MetricLike, context: MetricContext = {}): Metric {
  if (metric instanceof Metric) return metric;
  if (metric instanceof Loss || typeof metric === "function") return new MeanMetricWrapper(metric);
  const kind = kindOf(context);
  if (kind !== undefined && (metric === "accuracy" || metric === "acc")) return new accuracies[kind]({ name: metric });
  if (kind !== undefined && (metric === "crossentropy" || metric === "ce"))
    return new crossentropies[kind]({ name: metric });
  if (typeof metric === "object" && metric !== null)
    return new (entryOf(metric.className, byClass))(metric.config as never) as Metric;
  return new (entryOf(metric, classes))({ name: metric });
}

function entryOf<T>(name: string, table: { readonly [name: string]: T }): T {
  if (Object.hasOwn(table, name)) return table[name] as T;
  throw new ValueError({
    op: "getMetric",
    problem: `unknown metric "${String(name)}"`,
    fix: suggestName(String(name), Object.keys(table)),
  });
}

function kindOf({ yTrueShape, yPredShape, loss }: MetricContext): keyof typeof accuracies | undefined {
  if (yTrueShape !== undefined && yPredShape !== undefined) return labelKind(yTrueShape, yPredShape);
  if (loss?.name === "sparseCategoricalCrossentropy") return "sparse";
  if (loss?.name === "categoricalCrossentropy") return "categorical";
  return loss?.name === "binaryCrossentropy" ? "binary" : undefined;
}
