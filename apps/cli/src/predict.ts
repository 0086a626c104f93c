/** `crease predict`: its options and its help. */
import { backendNames } from "./backends.ts";
import { type Command, command } from "./command.ts";
import { UsageError } from "./failure.ts";
import { flag, oneOf, option, optional, wholeNumber } from "./options.ts";

const options = {
  images: option(
    oneOf(["auto", "digits", "plain"] as const),
    "digits: cut out, centred and scaled as MNIST's; plain: resized; auto: digits where a model takes 28 x 28, unless its run was trained on other images",
    "auto" as const,
  ),
  top: option(wholeNumber(1, 100), "classes to name for each input", 3),
  best: optional(flag, "the weights of the run's best epoch"),
  batchSize: option(wholeNumber(1), "inputs at once", 64),
  backend: option(oneOf(backendNames), backendNames.join(", "), "wasm"),
  json: optional(flag, "one JSON object a line"),
  csv: optional(flag, "a CSV with a row for each input"),
};

/** Predicts from images and rows. */
export const predictCommand: Command = command({
  usage: "<run|model> <images|csv|-> [options]",
  about:
    "Predicts from PNG and JPEG files, folders of them, the rows of a CSV, or any of these on stdin (-). Rows are read with the encoding of the run.",
  options,
  notes: "Dark digits on light paper and light ones on dark are both read; the paper is what is at the edge.",
  examples: [
    "crease predict runs/mnist-1 seven.png photos/",
    "crease predict runs/mnist-1 - < seven.png",
    "crease predict runs/houses-1 new-houses.csv --csv > prices.csv",
  ],

  async run({ json, csv, ...values }, positionals) {
    const [path, ...inputs] = positionals;
    if (path === undefined)
      throw new UsageError("predict with what? Give a run such as runs/mnist-1, or a .keras file.");
    if (inputs.length === 0)
      throw new UsageError("predict from what? Give images, a folder of them, a CSV, or - for stdin.");
    if (json && csv) throw new UsageError("--json and --csv are two forms of one output. Give one of them.");
    const { predictInputs } = await import("./predictInputs.ts");
    return predictInputs(path, inputs, { ...values, form: json ? "json" : csv ? "csv" : "table" });
  },
});
