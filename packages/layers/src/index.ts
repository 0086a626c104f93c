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
export { TruncatedNormal, type TruncatedNormalOptions } from "./initializers/truncatedNormal.ts";
export {
  type Distribution,
  type FanMode,
  VarianceScaling,
  type VarianceScalingOptions,
} from "./initializers/varianceScaling.ts";
export { Zeros } from "./initializers/zeros.ts";
export { Layer, type Sublayer, type Weight } from "./layer.ts";
export type { ApplyOptions, CallOptions, LayerOptions, WeightOptions } from "./layerOptions.ts";
export { Activation } from "./layers/activation.ts";
export { Dense, type DenseOptions } from "./layers/dense.ts";
export { Dropout, type DropoutOptions } from "./layers/dropout.ts";
export { Flatten } from "./layers/flatten.ts";
export { Identity } from "./layers/identity.ts";
export { InputLayer } from "./layers/inputLayer.ts";
export { Rescaling, type RescalingOptions } from "./layers/rescaling.ts";
export { Reshape } from "./layers/reshape.ts";
export { getRegularizer, type RegularizerLike, type RegularizerName } from "./regularizers/get.ts";
export { L1 } from "./regularizers/l1.ts";
export { L1L2 } from "./regularizers/l1l2.ts";
export { L2 } from "./regularizers/l2.ts";
export { formatPartialShape, type PartialShape, type ShapesOf, type Tensors } from "./shape.ts";
export { snakeCase } from "./snakeCase.ts";
export { Input, type InputOptions, SymbolicTensor } from "./symbolic.ts";
