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
  | "bce"
  | "categoricalCrossentropy"
  | "sparseCategoricalCrossentropy"
  | "meanSquaredLogarithmicError"
  | "msle"
  | "huber"
  | "logCosh"
  | "klDivergence"
  | "kld"
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
  bce: BinaryCrossentropy,
  categoricalCrossentropy: CategoricalCrossentropy,
  sparseCategoricalCrossentropy: SparseCategoricalCrossentropy,
  meanSquaredLogarithmicError: MeanSquaredLogarithmicError,
  msle: MeanSquaredLogarithmicError,
  huber: Huber,
  logCosh: LogCosh,
  klDivergence: KLDivergence,
  kld: KLDivergence,
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

const byClass: { readonly [className: string]: new (config: never) => Loss } = {
  BinaryCrossentropy,
  BinaryFocalCrossentropy,
  CategoricalCrossentropy,
  CategoricalFocalCrossentropy,
  CategoricalGeneralizedCrossEntropy,
  CategoricalHinge,
  Circle,
  CosineSimilarity,
  CTC,
  Dice,
  Hinge,
  Huber,
  KLDivergence,
  LogCosh,
  MeanAbsoluteError,
  MeanAbsolutePercentageError,
  MeanSquaredError,
  MeanSquaredLogarithmicError,
  Poisson,
  SparseCategoricalCrossentropy,
  SquaredHinge,
  Tversky,
};

/** A class by name with its constructor's options: the form in which a loss or metric is saved. */
export interface ClassConfig {
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/**
 * A loss, a function that gives one loss for each sample, a name, or what a loss was saved as; "crossentropy" and "ce"
 * need shapes.
 */
export type LossLike = Loss | LossFunction | LossName | "crossentropy" | "ce" | ClassConfig;

/** What decides which cross-entropy "crossentropy" means. */
export interface LossContext {
  readonly yTrueShape: Shape;
  readonly yPredShape: Shape;
}

/**
 * The loss that was given, one made of a function, or a new one by name with its default options, or by class name and
 * configuration. "crossentropy" and
 * "ce" are binary, categorical or sparse by the shapes in `context`, as in Keras 3.
 *
 * @throws ValueError for an unknown name; the message lists the known ones.
 * @example
 * ```ts
 * import { getLoss } from "@crease/losses";
 * getLoss("mse").name; // => meanSquaredError
 * getLoss({ className: "Huber", config: { delta: 2 } }).getConfig().delta; // => 2
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
  if (typeof loss === "object" && loss !== null) return new (entryOf(loss.className, byClass))(loss.config as never);
  return new (entryOf(loss, classes))();
}

function entryOf<T>(name: string, table: { readonly [name: string]: T }): T {
  if (Object.hasOwn(table, name)) return table[name] as T;
  throw new ValueError({
    op: "getLoss",
    problem: `unknown loss "${String(name)}"`,
    fix: suggestName(String(name), Object.keys(table)),
  });
}
