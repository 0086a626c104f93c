/** `crease evaluate`: its options and its help. */
import { backendNames } from "./backends.ts";
import { type Command, command } from "./command.ts";
import { dataSets } from "./data/dataSets.ts";
import { UsageError } from "./failure.ts";
import { flag, listOf, nonEmpty, oneOf, option, optional, wholeNumber } from "./options.ts";
import { reportOptions } from "./report.ts";

const options = {
  part: optional(
    oneOf(["train", "validation", "test"] as const),
    "train, validation or test samples",
    "test, else validation, else all",
  ),
  metrics: optional(listOf("metrics"), "names with commas between them", "those of the training"),
  target: optional(nonEmpty("<column>", "a column"), "the target of a CSV or npz", "the run's"),
  limit: optional(wholeNumber(1), "use the first n samples only", "all"),
  batchSize: option(wholeNumber(1), "samples at once", 256),
  best: optional(flag, "the weights of the run's best epoch"),
  backend: option(oneOf(backendNames), backendNames.join(", "), "wasm"),
  threads: optional(wholeNumber(1, 256), "threads of wasm", "all"),
  ...reportOptions,
};

/** Judges a model on data. */
export const evaluateCommand: Command = command({
  usage: "<run|model> [data] [options]",
  about:
    "Judges a trained model: its loss and metrics and, for classes, how well it does on each. A run knows its own data; a model file needs some.",
  options,
  notes: "CSV files are read with the encoding of the run, so that they mean the same as when it was trained.",
  examples: [
    "crease evaluate runs/mnist-1",
    "crease evaluate runs/houses-1 newer-houses.csv --json",
    "crease evaluate digits.keras mnist --limit 1000",
  ],
  names: Object.keys(dataSets),

  async run(values, positionals) {
    const [path, data, ...more] = positionals;
    if (path === undefined) throw new UsageError("evaluate what? Give a run such as runs/mnist-1, or a .keras file.");
    if (more.length > 0) throw new UsageError(`evaluate takes a model and data, not "${positionals.join(" ")}".`);
    if (values.threads !== undefined && values.backend !== "wasm")
      throw new UsageError(`--threads is for the wasm backend, not for ${values.backend}. Leave it out.`);
    const { evaluateModel } = await import("./evaluateModel.ts");
    return evaluateModel(path, data, values);
  },
});
