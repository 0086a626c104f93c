/** Layers from their JSON form. */
import { type ConfigOptions, type Configurable, entryOf, type Serialized } from "./config.ts";
import { withoutIdle } from "./idleOptions.ts";
import type { Layer } from "./layer.ts";
import { Activation } from "./layers/activation.ts";
import { ActivityRegularization } from "./layers/activityRegularization.ts";
import { Add } from "./layers/add.ts";
import { AlphaDropout } from "./layers/alphaDropout.ts";
import { Average } from "./layers/average.ts";
import { BatchNormalization } from "./layers/batchNormalization.ts";
import { CategoryEncoding } from "./layers/categoryEncoding.ts";
import { Concatenate } from "./layers/concatenate.ts";
import { Dense } from "./layers/dense.ts";
import { Discretization } from "./layers/discretization.ts";
import { Dot } from "./layers/dot.ts";
import { Dropout } from "./layers/dropout.ts";
import { EinsumDense } from "./layers/einsumDense.ts";
import { ELU } from "./layers/elu.ts";
import { Embedding } from "./layers/embedding.ts";
import { Flatten } from "./layers/flatten.ts";
import { GaussianDropout } from "./layers/gaussianDropout.ts";
import { GaussianNoise } from "./layers/gaussianNoise.ts";
import { GroupNormalization } from "./layers/groupNormalization.ts";
import { Hashing } from "./layers/hashing.ts";
import { Identity } from "./layers/identity.ts";
import { InputLayer } from "./layers/inputLayer.ts";
import { IntegerLookup } from "./layers/integerLookup.ts";
import { Lambda } from "./layers/lambda.ts";
import { LayerNormalization } from "./layers/layerNormalization.ts";
import { LeakyReLU } from "./layers/leakyReLU.ts";
import { Masking } from "./layers/masking.ts";
import { Maximum } from "./layers/maximum.ts";
import { Minimum } from "./layers/minimum.ts";
import { Multiply } from "./layers/multiply.ts";
import { Normalization } from "./layers/normalization.ts";
import { Permute } from "./layers/permute.ts";
import { PReLU } from "./layers/pReLU.ts";
import { ReLU } from "./layers/reLU.ts";
import { RepeatVector } from "./layers/repeatVector.ts";
import { Rescaling } from "./layers/rescaling.ts";
import { Reshape } from "./layers/reshape.ts";
import { RMSNormalization } from "./layers/rmsNormalization.ts";
import { Softmax } from "./layers/softmax.ts";
import { StringLookup } from "./layers/stringLookup.ts";
import { Subtract } from "./layers/subtract.ts";
import { TextVectorization } from "./layers/textVectorization.ts";
import { UnitNormalization } from "./layers/unitNormalization.ts";

/**
 * The layer that a class name and a config describe; the user's own classes come in `customObjects`.
 *
 * @throws ValueError for an unknown class; it lists the known ones.
 * @example
 * ```ts
 * import { Dense, getLayer } from "@crease/layers";
 * const config = new Dense(3, { activation: "relu" }).getConfig();
 * getLayer({ className: "Dense", config }) instanceof Dense; // => true
 * ```
 */
export function getLayer({ className, config }: Serialized, options: ConfigOptions = {}): Layer {
  const classes = {
    Activation,
    ActivityRegularization,
    Add,
    AlphaDropout,
    Average,
    BatchNormalization,
    CategoryEncoding,
    Concatenate,
    Dense,
    Discretization,
    Dot,
    Dropout,
    EinsumDense,
    ELU,
    Embedding,
    Flatten,
    GaussianDropout,
    GaussianNoise,
    GroupNormalization,
    Hashing,
    Identity,
    InputLayer,
    IntegerLookup,
    Lambda,
    LayerNormalization,
    LeakyReLU,
    Masking,
    Maximum,
    Minimum,
    Multiply,
    Normalization,
    Permute,
    PReLU,
    ReLU,
    RepeatVector,
    Rescaling,
    Reshape,
    RMSNormalization,
    Softmax,
    StringLookup,
    Subtract,
    TextVectorization,
    UnitNormalization,
  } as unknown as { readonly [name: string]: Configurable<Layer> };
  const made = entryOf("getLayer", "layer", className, classes, options.customObjects);
  return made.fromConfig(withoutIdle(config, made), options);
}
