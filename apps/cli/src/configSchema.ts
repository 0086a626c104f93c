/** What a training can be told, once for the command line, configuration files and editors. */
import {
  array,
  description,
  type GenericSchema,
  integer,
  literal,
  looseObject,
  maxValue,
  minLength,
  minValue,
  number,
  optional,
  picklist,
  pipe,
  strictObject,
  string,
  tuple,
  union,
} from "valibot";
import { type BackendName, backendNames } from "./backends.ts";

// Each message says what is expected, so that an error reads "epochs takes a whole number from 1 on, not 0".

function whole(least: number, most: number = Number.MAX_SAFE_INTEGER) {
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} on` : `from ${least} to ${most}`;
  const message = `a whole number ${range}`;
  return pipe(number(message), integer(message), minValue(least, message), maxValue(most, message));
}

function text(what: string) {
  return pipe(string(what), minLength(1, what));
}

function oneOf<const N extends readonly string[]>(names: N) {
  return picklist(names, `one of ${names.join(", ")}`);
}

const rate = pipe(
  number("a number above 0"),
  minValue(Number.MIN_VALUE, "a number above 0"),
  maxValue(Number.MAX_VALUE, "a number above 0"),
);

const share = pipe(
  number("a share from 0 up to, but not, 1"),
  minValue(0, "a share from 0 up to, but not, 1"),
  maxValue(1 - 2 ** -53, "a share from 0 up to, but not, 1"),
);

type Entries = { readonly [K in keyof Required<Config>]: GenericSchema<unknown, Config[K]> };

/** The keys of a configuration, each with what it does. */
const schema = strictObject(
  {
    $schema: optional(pipe(string("an address"), description("where editors find the schema of this file"))),
    data: optional(
      pipe(
        text("a data set or a path"),
        description("a data set's name, a CSV or npz file, or a folder of images in a folder for each class"),
      ),
    ),
    target: optional(
      pipe(
        text("a column"),
        description("the column of a CSV file, or the array of an npz file, that is to be predicted"),
      ),
    ),
    features: optional(
      pipe(array(text("a column"), "a list of columns"), description("the columns to predict from; else all others")),
    ),
    task: optional(
      pipe(
        oneOf(["classes", "numbers"] as const),
        description("whether targets are classes or numbers; else as they look"),
      ),
    ),
    validationSplit: optional(pipe(share, description("share of the samples that is held out for validation"))),
    imageSize: optional(
      pipe(
        tuple([whole(1, 4096), whole(1, 4096)], "height and width, such as [32, 32]"),
        description("height and width that the images of a folder are brought to"),
      ),
    ),
    channels: optional(
      pipe(union([literal(1), literal(3)], "1 (grey) or 3 (colour)"), description("1 for grey images, 3 for colour")),
    ),
    limit: optional(pipe(whole(1), description("use the first n samples only"))),
    model: optional(
      pipe(
        union(
          [text("layers or a path"), looseObject({ class_name: string(), config: looseObject({}) })],
          "layers such as 512 relu, 10 softmax, the path of a .ts, .mjs, .json, .keras or .h5 file, or a model as JSON",
        ),
        description(
          "layers such as 512 relu, 10 softmax, the path of a .ts, .mjs, .json, .keras or .h5 file, or a model as JSON",
        ),
      ),
    ),
    units: optional(pipe(whole(1, 1_000_000), description("neurons of the hidden layer, where no model is given"))),
    optimizer: optional(
      pipe(
        union([text("an optimizer's name"), looseObject({ name: string() })], "a name, or { name, ...options }"),
        description("an optimizer's name, or its name and options"),
      ),
    ),
    learningRate: optional(pipe(rate, description("step size; else the optimizer's own"))),
    loss: optional(pipe(text("a loss's name"), description("a loss's name; else what fits the targets"))),
    metrics: optional(
      pipe(
        array(text("a metric's name"), "a list of metrics"),
        description("names of metrics; else what fits the targets"),
      ),
    ),
    epochs: optional(pipe(whole(1), description("passes over the data"))),
    batchSize: optional(pipe(whole(1), description("samples in a step"))),
    patience: optional(pipe(whole(1), description("stop after so many epochs without a better result"))),
    monitor: optional(pipe(text("a number of the logs"), description("the number that decides which epoch is best"))),
    checkpointEvery: optional(
      pipe(whole(1), description("steps between two checkpoints; else each epoch ends with one")),
    ),
    seed: optional(pipe(whole(0), description("makes a run repeat; else drawn anew, and shown"))),
    backend: optional(pipe(oneOf(backendNames), description("what computes"))),
    threads: optional(pipe(whole(1, 256), description("threads of the wasm backend"))),
    out: optional(pipe(text("the path of a folder"), description("the run's folder, which must be new or empty"))),
  } satisfies Entries,
  "an object of settings",
);

/** An optimizer by name, with options. */
export interface OptimizerConfig {
  readonly name: string;
  readonly [option: string]: unknown;
}

/** A model as `toJSON` writes it, and Keras. */
export interface ModelConfig {
  readonly class_name: string;
  readonly config: { readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

/** What a training can be told; all of it may be left out. Paths count from the file that names them. */
export interface Config {
  /** Where editors find the schema of this file. */
  readonly $schema?: string | undefined;
  /** A data set's name, a CSV or npz file, or a folder that holds a folder of images for each class. */
  readonly data?: string | undefined;
  /** The column of a CSV file, or the array of an npz file, that is to be predicted. */
  readonly target?: string | undefined;
  /** The columns to predict from; else all others. */
  readonly features?: readonly string[] | undefined;
  /** Whether targets are classes or numbers; else as they look. */
  readonly task?: "classes" | "numbers" | undefined;
  /** Share of the samples that is held out for validation. */
  readonly validationSplit?: number | undefined;
  /** Height and width that the images of a folder are brought to. */
  readonly imageSize?: readonly [height: number, width: number] | undefined;
  /** 1 for grey images, 3 for colour. */
  readonly channels?: 1 | 3 | undefined;
  /** Use the first n samples only. */
  readonly limit?: number | undefined;
  /** Layers such as `512 relu, 10 softmax`, the path of a .ts, .mjs, .json, .keras or .h5 file, or a model as JSON. */
  readonly model?: string | ModelConfig | undefined;
  /** Neurons of the hidden layer, where no model is given. */
  readonly units?: number | undefined;
  /** An optimizer's name, or its name and options. */
  readonly optimizer?: string | OptimizerConfig | undefined;
  /** Step size; else the optimizer's own. */
  readonly learningRate?: number | undefined;
  /** A loss's name; else what fits the targets. */
  readonly loss?: string | undefined;
  /** Names of metrics; else what fits the targets. */
  readonly metrics?: readonly string[] | undefined;
  /** Passes over the data. */
  readonly epochs?: number | undefined;
  /** Samples in a step. */
  readonly batchSize?: number | undefined;
  /** Stop after so many epochs without a better result. */
  readonly patience?: number | undefined;
  /** The number that decides which epoch is best. */
  readonly monitor?: string | undefined;
  /** Steps between two checkpoints; else each epoch ends with one. */
  readonly checkpointEvery?: number | undefined;
  /** Makes a run repeat; else drawn anew, and shown. */
  readonly seed?: number | undefined;
  /** What computes. */
  readonly backend?: BackendName | undefined;
  /** Threads of the wasm backend. */
  readonly threads?: number | undefined;
  /** The run's folder, which must be new or empty. */
  readonly out?: string | undefined;
}

/** The schema of a whole configuration. */
export const configSchema: GenericSchema<unknown, Config> = schema;

/** The schemas of all keys. */
export const configEntries: Entries = schema.entries;
