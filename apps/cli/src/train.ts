/** `crease train`: its options and its help. */
import { backendNames } from "./backends.ts";
import { type Command, command } from "./command.ts";
import type { Config } from "./configSchema.ts";
import { dataSets } from "./data/dataSets.ts";
import { UsageError } from "./failure.ts";
import {
  filePath,
  flag,
  folderPath,
  listOf,
  nonEmpty,
  type Option,
  oneNumberOf,
  oneOf,
  optional,
  positiveNumber,
  repeated,
  share,
  sizeOf,
  wholeNumber,
} from "./options.ts";
import { reportOptions } from "./report.ts";

const optimizers = [
  ...["rmsprop", "sgd", "adagrad", "adam", "adamw", "adadelta", "adafactor", "adamax", "ftrl", "lamb", "lion", "muon"],
  "nadam",
] as const;

/** What shows a training; `crease resume` has the same. */
export const lookOptions: { readonly [name in "plain" | "json" | "quiet"]: Option<true, undefined> } = {
  plain: optional(flag, "a progress line, no live view"),
  ...reportOptions,
};

const options = {
  model: optional(
    nonEmpty("<model>", "layers, or the path of a file"),
    "layers in words, or a .ts, .mjs, .json or .keras file",
    "what suits the data",
  ),
  epochs: optional(wholeNumber(1), "passes over the data", "5, more where data are few"),
  batchSize: optional(wholeNumber(1), "samples in a step", "128, 32 where data are few"),
  optimizer: optional(oneOf(optimizers), optimizers.join(", "), "rmsprop"),
  learningRate: optional(positiveNumber, "step size", "the optimizer's own"),
  units: optional(wholeNumber(1, 1_000_000), "neurons of the hidden layer, without --model", "512 for mnist"),
  loss: optional(nonEmpty("<name>", "a loss's name"), "what is minimised", "what suits the targets"),
  metrics: optional(listOf("metrics"), "names with commas between them", "what suits the targets"),
  target: optional(nonEmpty("<column>", "a column"), "the column of a CSV that is to be predicted"),
  features: optional(listOf("columns"), "columns to predict from", "all others"),
  task: optional(oneOf(["classes", "numbers"] as const), "whether targets are classes or numbers", "as they look"),
  validationSplit: optional(share, "share held out for validation", "0.2; 0 where there is a test set"),
  imageSize: optional(sizeOf, "what images of a folder are brought to", "32x32"),
  channels: optional(oneNumberOf([1, 3]), "1: grey images of a folder, 3: colour", "3"),
  limit: optional(wholeNumber(1), "use the first n samples only", "all"),
  patience: optional(wholeNumber(1), "stop after n epochs without a better result", "never"),
  monitor: optional(
    nonEmpty("<name>", "a number of the logs"),
    "what decides which epoch is best",
    "valLoss, else loss",
  ),
  checkpointEvery: optional(wholeNumber(1), "steps from one checkpoint to the next", "each epoch"),
  seed: optional(wholeNumber(0), "makes a run repeat", "drawn anew, and shown"),
  backend: optional(oneOf(backendNames), backendNames.join(", "), "wasm"),
  threads: optional(wholeNumber(1, 256), "threads of wasm", "all"),
  out: optional(folderPath, "the run's folder, new or empty", "runs/<data>-<n>"),
  config: optional(filePath, "a configuration", "crease.config.ts, .mjs or .json, if there"),
  set: repeated(nonEmpty("<key=value>", "key=value"), "set any key of the configuration, as optimizer.momentum=0.9"),
  ...lookOptions,
};

/** Trains a model. */
export const trainCommand: Command = command({
  usage: "<data> [options]",
  about:
    "Trains a model on data, shows how it goes, and keeps everything in a folder: configuration, log, history, checkpoints, the model.",
  sections: {
    Data: [
      ...Object.entries(dataSets).map(([name, { summary }]) => `${name.padEnd(22)} ${summary}`),
      "a .csv file            a row for each sample; types are found out and shown",
      "a .npz file            arrays x and y, or x_train, y_train, x_test, y_test",
      "a folder               of images, in a folder for each class",
    ],
    "A model in words": [
      '"512 relu, dropout 0.2, 10 softmax": neurons with an activation, or dropout,',
      "noise, flatten, batchnorm, layernorm",
    ],
    "Keys of the live view": ["p pause, s stop and keep, n next epoch"],
  },
  options,
  notes:
    "Ctrl-C finishes the step, writes a checkpoint, and exits with 130; twice leaves at once. crease resume goes on as if nothing had happened.",
  examples: [
    "crease train mnist",
    'crease train mnist --model "128 relu, dropout 0.2, 10 softmax" --epochs 3',
    "crease train houses.csv --target price --optimizer adam --patience 5",
    "crease train --config crease.config.ts --set learningRate=0.01",
  ],
  names: Object.keys(dataSets),

  async run({ config: file, set: assignments = [], plain, json, quiet, help: _, debug: __, ...given }, positionals) {
    const [data, ...more] = positionals;
    if (more.length > 0) throw new UsageError(`train takes one data set, not "${positionals.join(" ")}".`);
    const { startTraining } = await import("./startTraining.ts");
    const sources = { file, assignments, options: { ...given, data } satisfies Config };
    return startTraining(sources, { plain, json, quiet });
  },
});
