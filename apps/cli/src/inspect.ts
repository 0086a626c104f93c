/** `crease inspect`: its options and its help. */
import { type Command, command } from "./command.ts";
import { UsageError } from "./failure.ts";
import { flag, nonEmpty, optional } from "./options.ts";

const options = {
  svg: optional(nonEmpty("<file>", "a file, or -"), "write a picture of the layers, - for stdout"),
  best: optional(flag, "the weights of the run's best epoch"),
  json: optional(flag, "one JSON object on stdout"),
};

/** Shows a model. */
export const inspectCommand: Command = command({
  usage: "<run|model> [options]",
  about:
    "Shows what a model is made of: its layers, shapes and parameters, what it was trained by, and how the numbers in each of its weights are spread.",
  options,
  notes: "A histogram goes from the smallest to the largest number of a weight.",
  examples: [
    "crease inspect runs/mnist-1",
    "crease inspect model.keras --svg model.svg",
    "crease inspect runs/mnist-1 --json | jq .parameters",
  ],

  async run({ svg, best, json }, positionals) {
    const [path, ...more] = positionals;
    if (path === undefined) throw new UsageError("inspect what? Give a run such as runs/mnist-1, or a .keras file.");
    if (more.length > 0) throw new UsageError(`inspect takes one model, not "${positionals.join(" ")}".`);
    if (svg === "-" && json) throw new UsageError("--svg - and --json both write to stdout. Give the picture a file.");
    const { inspectModel } = await import("./inspectModel.ts");
    return inspectModel(path, { svg, best: best === true, json: json === true });
  },
});
