/** Where each name of Keras is here, or why it is not: what the table's first two columns say. */
import { camelCase } from "./camelCase.ts";
import { kerasNames } from "./kerasNames.ts";

/** A name of Keras: where it is here, or the reason why it is not. */
export interface Entry {
  readonly keras: string;
  /** The package and what it exports, `activations.relu` for a name in a namespace; undefined where it is not here. */
  readonly here?: { readonly package: string; readonly name: string };
  /** How to write it here where the export's name alone does not tell, or why it is not here. */
  readonly note?: string;
}

/** One table: a module of Keras. */
export interface Kind {
  readonly title: string;
  /** The module, a key of `kerasNames`. */
  readonly module: string;
  readonly entries: readonly Entry[];
}

type Place = { readonly name: string; readonly package?: string; readonly note?: string } | { readonly absent: string };
interface Rules {
  readonly package: string;
  /** What names are in, as `activations`. */
  readonly namespace?: string;
  readonly places?: { readonly [keras: string]: Place };
}

const config = { absent: "`getConfig()` of the object" };
const found = (name: string): { readonly [keras: string]: Place } => ({
  get: { name },
  deserialize: { name, note: `\`${name}({ className, config })\`` },
  serialize: config,
});
const byName = (name: string, ...keras: string[]): { readonly [keras: string]: Place } =>
  Object.fromEntries(keras.map((each) => [each, { name, note: `\`${name}("${camelCase(each)}")\`` }]));
const inLosses = (...keras: string[]): { readonly [keras: string]: Place } =>
  Object.fromEntries(keras.map((each) => [each, { package: "@crease/losses", name: camelCase(each) }]));
const method = (name: string): Place => ({ absent: `\`new ${name}().apply([a, b])\`` });

/** Layers of Keras that nothing here stands for yet: they are not for dense networks. */
const otherFields =
  "not a layer for dense networks: convolutions, pooling, recurrence, attention, images and sound come later";

const rules: { readonly [module: string]: Rules & { readonly title: string } } = {
  optimizers: {
    title: "Optimizers",
    package: "@crease/optimizers",
    places: {
      ...found("getOptimizer"),
      LossScaleOptimizer: {
        absent: "`lossScaleFactor` and `scaleLoss` scale by a fixed factor; float16 is computed in float32 here",
      },
      MultiOptimizer: { absent: "several optimizers in one model are not offered" },
      OptimizerMap: { absent: "belongs to `MultiOptimizer`" },
      ScheduleFreeAdamW: {
        absent: "on TensorFlow `beta_1` has no effect in Keras 3.15.1, so there are no numbers to agree with",
      },
    },
  },
  "optimizers.schedules": {
    title: "Learning rate schedules",
    package: "@crease/optimizers",
    places: { deserialize: { absent: "`getOptimizer` makes them with the optimizer" }, serialize: config },
  },
  losses: { title: "Losses", package: "@crease/losses", places: found("getLoss") },
  metrics: {
    title: "Metrics",
    package: "@crease/metrics",
    places: {
      ...found("getMetric"),
      ...inLosses(
        "binary_crossentropy",
        "binary_focal_crossentropy",
        "categorical_crossentropy",
        "categorical_focal_crossentropy",
        "categorical_hinge",
        "hinge",
        "huber",
        "kl_divergence",
        "log_cosh",
        "mean_absolute_error",
        "mean_absolute_percentage_error",
        "mean_squared_error",
        "mean_squared_logarithmic_error",
        "poisson",
        "sparse_categorical_crossentropy",
        "squared_hinge",
      ),
    },
  },
  activations: {
    title: "Activations",
    package: "@crease/layers",
    namespace: "activations",
    places: {
      get: { name: "getActivation" },
      deserialize: { name: "getActivation" },
      serialize: { absent: "layers write the name" },
      ...byName("getActivation", "hard_swish", "swish"),
    },
  },
  initializers: {
    title: "Initializers",
    package: "@crease/layers",
    places: {
      ...found("getInitializer"),
      Identity: { name: "IdentityInitializer" },
      OrthogonalInitializer: { name: "Orthogonal" },
      STFT: { name: "STFTInitializer", note: "`STFTInitializer`, with five of SciPy's windows" },
      ...byName(
        "getInitializer",
        "constant",
        "glorot_normal",
        "glorot_uniform",
        "he_normal",
        "he_uniform",
        "identity",
        "lecun_normal",
        "lecun_uniform",
        "ones",
        "orthogonal",
        "random_normal",
        "random_uniform",
        "stft",
        "truncated_normal",
        "variance_scaling",
        "zeros",
      ),
    },
  },
  regularizers: {
    title: "Regularizers",
    package: "@crease/layers",
    places: {
      ...found("getRegularizer"),
      Regularizer: { absent: "an object with `call(x)`: the type `Regularizer` of `@crease/tensor`" },
      ...byName("getRegularizer", "l1", "l2", "orthogonal_regularizer"),
      l1_l2: { name: "getRegularizer", note: '`getRegularizer("l1l2")`' },
    },
  },
  constraints: {
    title: "Constraints",
    package: "@crease/layers",
    places: {
      ...found("getConstraint"),
      Constraint: { absent: "an object with `call(w)`: the type `Constraint` of `@crease/tensor`" },
      ...byName("getConstraint", "max_norm", "min_max_norm", "non_neg", "unit_norm"),
    },
  },
  layers: {
    title: "Layers",
    package: "@crease/layers",
    places: {
      deserialize: { name: "getLayer" },
      serialize: config,
      InputSpec: { absent: "layers check their inputs themselves" },
      HashedCrossing: { absent: "cross features before the model, then `Hashing`" },
      add: method("Add"),
      average: method("Average"),
      concatenate: method("Concatenate"),
      dot: { absent: "`new Dot(axes).apply([a, b])`" },
      maximum: method("Maximum"),
      minimum: method("Minimum"),
      multiply: method("Multiply"),
      subtract: method("Subtract"),
      ...elsewhere(),
    },
  },
  models: {
    title: "Models",
    package: "@crease/models",
    places: {
      clone_model: { absent: "`modelFromJSON(model.toJSON())`" },
      model_from_json: { name: "modelFromJSON" },
      save_model: { absent: "`model.save(path)`" },
    },
  },
  callbacks: {
    title: "Callbacks",
    package: "@crease/models",
    places: {
      CallbackList: { absent: "`fit` makes it of its `callbacks`" },
      OrbaxCheckpoint: { absent: "Orbax is a library for JAX; `ModelCheckpoint` and `BackupAndRestore`" },
      ProgbarLogger: { absent: "the option `verbose` of `fit`" },
    },
  },
  utils: {
    title: "Utilities",
    package: "@crease/datasets",
    places: {
      ...without("the config is an object of the layer's options", "Config"),
      ...without(
        "there are no registries: `loadModel(path, { customObjects })`",
        "CustomObjectScope",
        "custom_object_scope",
        "get_custom_objects",
        "get_registered_name",
        "get_registered_object",
        "register_keras_serializable",
      ),
      ...without("`getLayer`, `getLoss` and so on; `getConfig()` of the object", "deserialize_keras_object"),
      serialize_keras_object: config,
      ...without(
        "the option `verbose` of `fit`",
        "disable_interactive_logging",
        "enable_interactive_logging",
        "is_interactive_logging_enabled",
      ),
      ...without("a `Dataset` yields `[x, y, sampleWeight]`", "pack_x_y_sample_weight", "unpack_x_y_sample_weight"),
      ...without(
        "files of sound and folders of texts come later",
        "audio_dataset_from_directory",
        "text_dataset_from_directory",
      ),
      ...without("images are only read", "array_to_img", "save_img"),
      ...without("`plotModel` draws without Graphviz", "model_to_dot"),
      FeatureSpace: { absent: "the preprocessing layers one by one" },
      clear_session: { absent: "there is no global state to clear" },
      get_source_inputs: { absent: "`inputs` of the model" },
      is_keras_tensor: { absent: "`x instanceof SymbolicTensor`" },
      standardize_dtype: { absent: "each dtype has one name" },
      Progbar: { package: "@crease/models", name: "ProgressLine" },
      PyDataset: { name: "Dataset.fromGenerator" },
      Sequence: { name: "Dataset.fromGenerator" },
      img_to_array: { name: "readImage" },
      load_img: { name: "readImage" },
      normalize: { package: "@crease/tensor", name: "normalize" },
      plot_model: { package: "@crease/models", name: "plotModel" },
      set_random_seed: { package: "@crease/tensor", name: "setRandomSeed" },
      to_categorical: { package: "@crease/tensor", name: "toCategorical" },
    },
  },
  datasets: { title: "Data sets", package: "@crease/datasets", places: dataSets() },
};

/** A data set of Keras by the name of its module, which is that of ours in camelCase. */
function dataSets(): { readonly [keras: string]: Place } {
  const load = (keras: string): Place => ({ name: `${camelCase(keras)}.loadData` });
  return Object.fromEntries((kerasNames.datasets ?? []).map((keras) => [keras, load(keras)]));
}

/** Names of Keras's that have one reason together for being nowhere here. */
function without(absent: string, ...keras: string[]): { readonly [keras: string]: Place } {
  return Object.fromEntries(keras.map((each) => [each, { absent }]));
}

/** Layers that the lists of layers for dense networks do not hold. */
function elsewhere(): { readonly [keras: string]: Place } {
  const fields =
    /Pool|Conv|RNN|LSTM|GRU|Attention|Cropping|Padding|UpSampling|Rand|Spatial|Spectr|Resizing|Crop|Mix|Contrast|Equaliz|Solariz|BoundingBoxes|TimeDistributed|Bidirectional|Wrapper|Jax|Flax|TFSM|Torch|Pipeline|Reversible/;
  const own = ["HashedCrossing", "InputSpec"];
  const names = (kerasNames.layers ?? []).filter((name) => fields.test(name) && !own.includes(name));
  return Object.fromEntries(names.map((name) => [name, { absent: otherFields }]));
}

function entryOf(keras: string, { package: home, namespace, places = {} }: Rules): Entry {
  const place = Object.hasOwn(places, keras) ? (places[keras] as Place) : undefined;
  if (place === undefined) {
    const name = /^[a-z]/.test(keras) ? camelCase(keras) : keras;
    return { keras, here: { package: home, name: namespace === undefined ? name : `${namespace}.${name}` } };
  }
  if ("absent" in place) return { keras, note: place.absent };
  const { name, note } = place;
  return { keras, here: { package: place.package ?? home, name }, ...(note !== undefined && { note }) };
}

/** All tables, in order. */
export const kinds: readonly Kind[] = Object.entries(rules).map(([module, rule]) => ({
  title: rule.title,
  module,
  entries: (kerasNames[module] ?? []).map((keras) => entryOf(keras, rule)),
}));

/** The rest of Keras's layers, which have one reason together. */
export function isOfOtherField({ note }: Entry): boolean {
  return note === otherFields;
}
