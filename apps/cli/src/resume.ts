/** `crease resume`: its options and its help. */
import { type Command, command } from "./command.ts";
import { UsageError } from "./failure.ts";
import { optional, wholeNumber } from "./options.ts";
import { lookOptions } from "./train.ts";

const options = {
  epochs: optional(wholeNumber(1), "passes over the data in all", "as the run was asked for"),
  threads: optional(wholeNumber(1, 256), "threads of wasm", "as the run has"),
  ...lookOptions,
};

/** Goes on with a run. */
export const resumeCommand: Command = command({
  usage: "<run> [options]",
  about:
    "Goes on with a run from its last checkpoint, as if it had never stopped: on cpu and wasm, with as many threads, to the last bit.",
  options,
  notes: "A run that has ended can be given more --epochs.",
  examples: ["crease resume runs/mnist-1", "crease resume runs/mnist-1 --epochs 10"],

  async run({ epochs, threads, plain, json, quiet }, positionals) {
    const [folder, ...more] = positionals;
    if (folder === undefined) throw new UsageError("resume which run? Give its folder, such as runs/mnist-1.");
    if (more.length > 0) throw new UsageError(`resume takes one run, not "${positionals.join(" ")}".`);
    const { resumeTraining } = await import("./resumeTraining.ts");
    return resumeTraining(folder, { epochs, threads }, { plain, json, quiet });
  },
});
