/** Losses by name. */
import { type Shape, suggestName, ValueError } from "@crease/backend";
import { BinaryCrossentropy } from "./binaryCrossentropy.ts";
import { BinaryFocalCrossentropy } from "./binaryFocalCrossentropy.ts";
import { CategoricalCrossentropy } from "./categoricalCrossentropy.ts";
import { CategoricalFocalCrossentropy } from "./categoricalFocalCrossentropy.ts";
import { CategoricalGeneralizedCrossEntropy } from "./categoricalGeneralizedCrossEntropy.ts";
import { CategoricalHinge } from "./categoricalHinge.ts";
import { Circle } from "./circle.ts";
import { CosineSimilarity } from "./cosineSimilarity.ts";
import { CTC } from "./ctc.ts";
import { Dice } from "./dice.ts";
import { Hinge } from "./hinge.ts";
import { Huber } from "./huber.ts";
import { KLDivergence } from "./klDivergence.ts";
import { labelKind } from "./labelKind.ts";
import { LogCosh } from "./logCosh.ts";
import { Loss } from "./loss.ts";
import { type LossFunction, LossFunctionWrapper } from "./lossFunctionWrapper.ts";
import { MeanAbsoluteError } from "./meanAbsoluteError.ts";
import { MeanAbsolutePercentageError } from "./meanAbsolutePercentageError.ts";
import { MeanSquaredError } from "./meanSquaredError.ts";
import { MeanSquaredLogarithmicError } from "./meanSquaredLogarithmicError.ts";
import { Poisson } from "./poisson.ts";
import { SparseCategoricalCrossentropy } from "./sparseCategoricalCrossentropy.ts";
import { SquaredHinge } from "./squaredHinge.ts";
import { Tversky } from "./tversky.ts";

/** A loss that `getLoss` finds by name. */
export type LossName =
  | "meanSquaredError"
  | "mse"
  | "meanAbsoluteError"
  | "mae"
  | "binaryCrossentropy"
  | "categoricalCrossentropy"
  | "sparseCategoricalCrossentropy"
  | "meanSquaredLogarithmicError"
  | "msle"
  | "huber"
  | "logCosh"
  | "klDivergence"
  | "poisson"
  | "cosineSimilarity"
  | "hinge"
  | "squaredHinge"
  | "categoricalHinge"
  | "binaryFocalCrossentropy"
  | "categoricalFocalCrossentropy"
  | "categoricalGeneralizedCrossEntropy"
  | "meanAbsolutePercentageError"
  | "mape"
  | "dice"
  | "tversky"
  | "circle"
  | "ctc";

const classes: { readonly [K in LossName]: new () => Loss } = {
  meanSquaredError: MeanSquaredError,
  mse: MeanSquaredError,
  meanAbsoluteError: MeanAbsoluteError,
  mae: MeanAbsoluteError,
  binaryCrossentropy: BinaryCrossentropy,
  categoricalCrossentropy: CategoricalCrossentropy,
  sparseCategoricalCrossentropy: SparseCategoricalCrossentropy,
  meanSquaredLogarithmicError: MeanSquaredLogarithmicError,
  msle: MeanSquaredLogarithmicError,
  huber: Huber,
  logCosh: LogCosh,
  klDivergence: KLDivergence,
  poisson: Poisson,
  cosineSimilarity: CosineSimilarity,
  hinge: Hinge,
  squaredHinge: SquaredHinge,
  categoricalHinge: CategoricalHinge,
  binaryFocalCrossentropy: BinaryFocalCrossentropy,
  categoricalFocalCrossentropy: CategoricalFocalCrossentropy,
  categoricalGeneralizedCrossEntropy: CategoricalGeneralizedCrossEntropy,
  meanAbsolutePercentageError: MeanAbsolutePercentageError,
  mape: MeanAbsolutePercentageError,
  dice: Dice,
  tversky: Tversky,
  circle: Circle,
  ctc: CTC,
};

/** A loss, a function that gives one loss for each sample, or a name; "crossentropy" and "ce" need shapes. */
export type LossLike = Loss | LossFunction | LossName | "crossentropy" | "ce";

/** What decides which cross-entropy "crossentropy" means. */
export interface LossContext {
  readonly yTrueShape: Shape;
  readonly yPredShape: Shape;
}

/**
 * The loss that was given, one made of a function, or a new one by name with its default options. "crossentropy" and
 * "ce" are binary, categorical or sparse by the shapes in `context`, as in Keras 3.
 *
 * @throws ValueError for an unknown name; the message lists the known ones.
 * @example
 * ```ts
 * import { getLoss } from "@crease/losses";
 * getLoss("mse").name; // => meanSquaredError
 * getLoss("crossentropy", { yTrueShape: [8], yPredShape: [8, 3] }).name; // => sparseCategoricalCrossentropy
 * ```
 */
export function getLoss(loss: LossLike, context?: LossContext): Loss {
  if (loss instanceof Loss) return loss;
  if (typeof loss === "function") return new LossFunctionWrapper(loss);
  if ((loss === "crossentropy" || loss === "ce") && context !== undefined) {
    const kind = labelKind(context.yTrueShape, context.yPredShape);
    return new classes[kind === "sparse" ? "sparseCategoricalCrossentropy" : (`${kind}Crossentropy` as const)]();
  }
  if (!Object.hasOwn(classes, loss))
    throw new ValueError({
      op: "getLoss",
      problem: `unknown loss "${String(loss)}"`,
      fix: suggestName(String(loss), Object.keys(classes)),
    });
  return new classes[loss as LossName]();
}
