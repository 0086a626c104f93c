/** Losses: how far predictions are from targets. */
export { alignTargets, alignWeights, sameRank } from "./align.ts";
export { BinaryCrossentropy, type BinaryCrossentropyOptions, binaryCrossentropy } from "./binaryCrossentropy.ts";
export {
  BinaryFocalCrossentropy,
  type BinaryFocalCrossentropyOptions,
  binaryFocalCrossentropy,
} from "./binaryFocalCrossentropy.ts";
export {
  CategoricalCrossentropy,
  type CategoricalCrossentropyOptions,
  categoricalCrossentropy,
} from "./categoricalCrossentropy.ts";
export {
  CategoricalFocalCrossentropy,
  type CategoricalFocalCrossentropyOptions,
  categoricalFocalCrossentropy,
} from "./categoricalFocalCrossentropy.ts";
export {
  CategoricalGeneralizedCrossEntropy,
  categoricalGeneralizedCrossEntropy,
} from "./categoricalGeneralizedCrossEntropy.ts";
export { CategoricalHinge, categoricalHinge } from "./categoricalHinge.ts";
export { Circle, type CircleOptions, type CircleReferences, circle } from "./circle.ts";
export { CosineSimilarity, type CosineSimilarityOptions, cosineSimilarity } from "./cosineSimilarity.ts";
export { CTC, ctc } from "./ctc.ts";
export { Dice, type DiceOptions, dice } from "./dice.ts";
export { divideNoNaN } from "./divideNoNaN.ts";
export type { FocalOptions } from "./focalOptions.ts";
export { type ClassConfig, getLoss, type LossContext, type LossLike, type LossName } from "./getLoss.ts";
export { Hinge, hinge } from "./hinge.ts";
export { Huber, type HuberOptions, huber } from "./huber.ts";
export { KLDivergence, klDivergence } from "./klDivergence.ts";
export { labelKind } from "./labelKind.ts";
export { LogCosh, logCosh } from "./logCosh.ts";
export { type ApplyOptions, Loss, type LossOptions } from "./loss.ts";
export { type LossFunction, LossFunctionWrapper } from "./lossFunctionWrapper.ts";
export { MeanAbsoluteError, meanAbsoluteError } from "./meanAbsoluteError.ts";
export { MeanAbsolutePercentageError, meanAbsolutePercentageError } from "./meanAbsolutePercentageError.ts";
export { MeanSquaredError, meanSquaredError } from "./meanSquaredError.ts";
export { MeanSquaredLogarithmicError, meanSquaredLogarithmicError } from "./meanSquaredLogarithmicError.ts";
export { Poisson, poisson } from "./poisson.ts";
export type { Reduction } from "./reduction.ts";
export {
  SparseCategoricalCrossentropy,
  type SparseCategoricalCrossentropyOptions,
  sparseCategoricalCrossentropy,
} from "./sparseCategoricalCrossentropy.ts";
export { SquaredHinge, squaredHinge } from "./squaredHinge.ts";
export { Tversky, type TverskyOptions, tversky } from "./tversky.ts";
