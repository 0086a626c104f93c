/** Metrics by name. */
import { type Shape, suggestName, ValueError } from "@crease/backend";
import { Loss, type LossFunction, labelKind } from "@crease/losses";
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
import { KLDivergence } from "./klDivergence.ts";
import { LogCoshError } from "./logCoshError.ts";
import { MeanAbsoluteError } from "./meanAbsoluteError.ts";
import { MeanAbsolutePercentageError } from "./meanAbsolutePercentageError.ts";
import { MeanMetricWrapper } from "./meanMetricWrapper.ts";
import { MeanSquaredError } from "./meanSquaredError.ts";
import { MeanSquaredLogarithmicError } from "./meanSquaredLogarithmicError.ts";
import { Metric } from "./metric.ts";
import { PearsonCorrelation } from "./pearsonCorrelation.ts";
import { Poisson } from "./poisson.ts";
import { Precision } from "./precision.ts";
import { R2Score } from "./r2Score.ts";
import { Recall } from "./recall.ts";
import { RootMeanSquaredError } from "./rootMeanSquaredError.ts";
import { SparseCategoricalAccuracy } from "./sparseCategoricalAccuracy.ts";
import { SparseCategoricalCrossentropy } from "./sparseCategoricalCrossentropy.ts";
import { SparseTopKCategoricalAccuracy } from "./sparseTopKCategoricalAccuracy.ts";
import { SquaredHinge } from "./squaredHinge.ts";
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
 * A metric, a loss, a function that gives one value for each sample, or a name; "crossentropy" and "ce" need a context.
 */
export type MetricLike = Metric | Loss | LossFunction | MetricName | "crossentropy" | "ce";

/** What decides which metric "accuracy" and "crossentropy" mean: shapes, or else the loss. */
export interface MetricContext {
  readonly yTrueShape?: Shape;
  readonly yPredShape?: Shape;
  readonly loss?: Loss;
}

/**
 * The metric that was given, one made of a function or a loss, or a new one by name with its default options, which
 * keeps the name that was asked for. "accuracy" ("acc") and "crossentropy" ("ce") are binary, categorical or sparse by
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
  if (!Object.hasOwn(classes, metric))
    throw new ValueError({
      op: "getMetric",
      problem: `unknown metric "${String(metric)}"`,
      fix: suggestName(String(metric), Object.keys(classes)),
    });
  return new classes[metric as MetricName]({ name: metric });
}

function kindOf({ yTrueShape, yPredShape, loss }: MetricContext): keyof typeof accuracies | undefined {
  if (yTrueShape !== undefined && yPredShape !== undefined) return labelKind(yTrueShape, yPredShape);
  if (loss?.name === "sparseCategoricalCrossentropy") return "sparse";
  if (loss?.name === "categoricalCrossentropy") return "categorical";
  return loss?.name === "binaryCrossentropy" ? "binary" : undefined;
}
