/** `crease bench`: its options and its help. */
import { backendNames } from "./backends.ts";
import { type Command, command } from "./command.ts";
import { UsageError } from "./failure.ts";
import { flag, oneOf, option, optional, positiveNumber, wholeNumber } from "./options.ts";

const options = {
  backend: optional(oneOf(backendNames), backendNames.join(", "), "all that start"),
  threads: optional(wholeNumber(1, 256), "threads of wasm", "all"),
  seconds: option(positiveNumber, "time for each measurement", 1),
  size: option(wholeNumber(16, 8192), "rows and columns of the matrices", 512),
  peers: optional(flag, "run the repository's pnpm bench beside other libraries; only in a checkout"),
  json: optional(flag, "one JSON object a line on stdout"),
};

/** Measures this machine. */
export const benchCommand: Command = command({
  usage: "[options]",
  about:
    "Measures how fast each backend is here: a training step of the chapter's network (784 inputs, 512 neurons, 10 classes, batches of 128, RMSprop) and the product of two matrices.",
  options,
  notes:
    "Shown is the median of all repetitions. Other work on the machine slows it down; compare runs on a quiet one.",
  examples: ["crease bench", "crease bench --backend wasm --threads 1 --size 1024", "crease bench --peers"],

  async run({ peers, ...settings }, positionals) {
    if (positionals.length > 0) throw new UsageError(`bench takes no arguments, not "${positionals.join(" ")}".`);
    if (settings.threads !== undefined && (settings.backend ?? "wasm") !== "wasm")
      throw new UsageError(`--threads is for the wasm backend, not for ${settings.backend}. Leave it out.`);
    if (peers) {
      const { benchPeers } = await import("./benchPeers.ts");
      return benchPeers();
    }
    const { benchMachine } = await import("./benchMachine.ts");
    return benchMachine(settings);
  },
});
