/** Layers, activations, initializers, regularizers and constraints. */
export * as activations from "./activations.ts";
export type { Config, ConfigOptions, Configurable, CustomObjects, HasConfig, Serialized } from "./config.ts";
export { type ConstraintLike, type ConstraintName, getConstraint } from "./constraints/get.ts";
export { MaxNorm } from "./constraints/maxNorm.ts";
export { MinMaxNorm, type MinMaxNormOptions } from "./constraints/minMaxNorm.ts";
export { NonNeg } from "./constraints/nonNeg.ts";
export { UnitNorm } from "./constraints/unitNorm.ts";
export {
  type Activation as ActivationFunction,
  type ActivationLike,
  type ActivationName,
  getActivation,
} from "./getActivation.ts";
export { getLayer } from "./getLayer.ts";
export { isIdle, withoutIdle } from "./idleOptions.ts";
export { Constant } from "./initializers/constant.ts";
export { fansOf } from "./initializers/fans.ts";
export { getInitializer, type InitializerLike, type InitializerName } from "./initializers/get.ts";
export { GlorotNormal } from "./initializers/glorotNormal.ts";
export { GlorotUniform } from "./initializers/glorotUniform.ts";
export { HeNormal } from "./initializers/heNormal.ts";
export { HeUniform } from "./initializers/heUniform.ts";
export { IdentityInitializer, type IdentityInitializerOptions } from "./initializers/identity.ts";
export { type CreateOptions, Initializer, type SeedOptions } from "./initializers/initializer.ts";
export { LecunNormal } from "./initializers/lecunNormal.ts";
export { LecunUniform } from "./initializers/lecunUniform.ts";
export { Ones } from "./initializers/ones.ts";
export { Orthogonal, type OrthogonalOptions } from "./initializers/orthogonal.ts";
export { RandomNormal, type RandomNormalOptions } from "./initializers/randomNormal.ts";
export { RandomUniform, type RandomUniformOptions } from "./initializers/randomUniform.ts";
export { STFTInitializer, type STFTInitializerOptions, type StftWindow } from "./initializers/stft.ts";
export { TruncatedNormal, type TruncatedNormalOptions } from "./initializers/truncatedNormal.ts";
export {
  type Distribution,
  type FanMode,
  VarianceScaling,
  type VarianceScalingOptions,
} from "./initializers/varianceScaling.ts";
export { Zeros } from "./initializers/zeros.ts";
export { Input } from "./input.ts";
export { Layer, type Sublayer } from "./layer.ts";
export type { ApplyOptions, CallOptions, LayerOptions, WeightOptions } from "./layerOptions.ts";
export { Activation } from "./layers/activation.ts";
export { ActivityRegularization, type ActivityRegularizationOptions } from "./layers/activityRegularization.ts";
export { Add } from "./layers/add.ts";
export type { AffineNormalization, AffineNormalizationOptions } from "./layers/affineNormalization.ts";
export { AlphaDropout, type AlphaDropoutOptions } from "./layers/alphaDropout.ts";
export { Average } from "./layers/average.ts";
export { BatchNormalization, type BatchNormalizationOptions } from "./layers/batchNormalization.ts";
export { CategoryEncoding, type CategoryEncodingOptions } from "./layers/categoryEncoding.ts";
export { Concatenate, type ConcatenateOptions } from "./layers/concatenate.ts";
export { Dense, type DenseOptions } from "./layers/dense.ts";
export { Discretization, type DiscretizationOptions } from "./layers/discretization.ts";
export { Dot, type DotOptions } from "./layers/dot.ts";
export { Dropout, type DropoutOptions } from "./layers/dropout.ts";
export { EinsumDense, type EinsumDenseOptions } from "./layers/einsumDense.ts";
export { ELU, type ELUOptions } from "./layers/elu.ts";
export { Embedding, type EmbeddingOptions } from "./layers/embedding.ts";
export { Flatten } from "./layers/flatten.ts";
export { GaussianDropout, type GaussianDropoutOptions } from "./layers/gaussianDropout.ts";
export { GaussianNoise, type GaussianNoiseOptions } from "./layers/gaussianNoise.ts";
export { GroupNormalization, type GroupNormalizationOptions } from "./layers/groupNormalization.ts";
export { Hashing, type HashingOptions } from "./layers/hashing.ts";
export { Identity } from "./layers/identity.ts";
export type { IndexLookup, IndexLookupOptions, LookupMode } from "./layers/indexLookup.ts";
export { InputLayer, type InputOptions } from "./layers/inputLayer.ts";
export { IntegerLookup, type IntegerLookupOptions } from "./layers/integerLookup.ts";
export { Lambda, type LambdaOptions } from "./layers/lambda.ts";
export { LayerNormalization, type LayerNormalizationOptions } from "./layers/layerNormalization.ts";
export { LeakyReLU, type LeakyReLUOptions } from "./layers/leakyReLU.ts";
export { Masking, type MaskingOptions } from "./layers/masking.ts";
export { Maximum } from "./layers/maximum.ts";
export type { Merge } from "./layers/merge.ts";
export { Minimum } from "./layers/minimum.ts";
export { Multiply } from "./layers/multiply.ts";
export { Normalization, type NormalizationOptions } from "./layers/normalization.ts";
export { Permute } from "./layers/permute.ts";
export { PReLU, type PReLUOptions } from "./layers/pReLU.ts";
export { ReLU, type ReLUOptions } from "./layers/reLU.ts";
export { RepeatVector } from "./layers/repeatVector.ts";
export { Rescaling, type RescalingOptions } from "./layers/rescaling.ts";
export { Reshape } from "./layers/reshape.ts";
export { RMSNormalization, type RMSNormalizationOptions } from "./layers/rmsNormalization.ts";
export { Softmax, type SoftmaxOptions } from "./layers/softmax.ts";
export { StringLookup, type StringLookupOptions } from "./layers/stringLookup.ts";
export { Subtract } from "./layers/subtract.ts";
export { type TextMode, TextVectorization, type TextVectorizationOptions } from "./layers/textVectorization.ts";
export { UnitNormalization, type UnitNormalizationOptions } from "./layers/unitNormalization.ts";
export type { Masks } from "./passMasks.ts";
export type { AdaptBatch, AdaptData, AdaptOptions } from "./preprocessing/adaptBatches.ts";
export type { CategoryMode } from "./preprocessing/encodeCategories.ts";
export type { Salt } from "./preprocessing/hashBucket.ts";
export type { Split, Standardize } from "./preprocessing/tokenize.ts";
export { getRegularizer, type RegularizerLike, type RegularizerName } from "./regularizers/get.ts";
export { L1 } from "./regularizers/l1.ts";
export { L1L2 } from "./regularizers/l1l2.ts";
export { L2 } from "./regularizers/l2.ts";
export { OrthogonalRegularizer } from "./regularizers/orthogonal.ts";
export { Seeds } from "./seeds.ts";
export { formatPartialShape, listOf, type MasksOf, type PartialShape, type ShapesOf, type Tensors } from "./shape.ts";
export { snakeCase } from "./snakeCase.ts";
export {
  type GraphNode,
  type SpecsOf,
  type StandsFor,
  type Symbolic,
  type Symbolics,
  SymbolicTensor,
  specsWith,
  symbolicList,
  type TensorSpec,
} from "./symbolic.ts";
export type { UnaryLayer } from "./unaryLayer.ts";
export type { Weight } from "./weights.ts";
