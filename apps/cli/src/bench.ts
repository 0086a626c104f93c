/** `crease bench`: its options and its help. */
import { backendNames } from "./backends.ts";
import { type Command, command } from "./command.ts";
import { UsageError } from "./failure.ts";
import { filePath, flag, oneOf, option, optional, positiveNumber, wholeNumber } from "./options.ts";

const usualSize = 512;

const options = {
  backend: optional(oneOf(backendNames), backendNames.join(", "), "all that start"),
  threads: optional(wholeNumber(1, 256), "threads of wasm", "all"),
  seconds: option(positiveNumber, "time for each measurement", 1),
  size: optional(wholeNumber(16, 8192), "rows and columns of the matrices", String(usualSize)),
  peers: optional(flag, "the repository's pnpm bench beside other libraries; only in a checkout"),
  python: optional(filePath, "with --peers: a Python with keras and torch", "CREASE_PYTHON, else python3"),
  json: optional(flag, "one JSON object a line on stdout"),
};

/** Measures this machine. */
export const benchCommand: Command = command({
  usage: "[options] | --peers [cases]",
  about:
    "Measures how fast each backend is here: a training step of the chapter's network (784 inputs, 512 neurons, 10 classes, batches of 128, RMSprop) and the product of two matrices.",
  options,
  sections: {
    "With --peers": [
      "cases: chapter2, gemm, op, small-net, predict-one, evaluate, start-up, frames,",
      "page-start; all unless some are named",
    ],
  },
  notes:
    "Shown is the median of all repetitions. Other work on the machine slows it down; compare runs on a quiet one.",
  examples: ["crease bench", "crease bench --backend wasm --threads 1 --size 1024", "crease bench --peers predict-one"],

  async run({ peers, python, seconds, backend, threads, size, json }, positionals) {
    if (peers) {
      const idle = Object.entries({ backend, threads, size, json }).find(([, value]) => value !== undefined);
      if (idle !== undefined) throw new UsageError(`--${idle[0]} does nothing with --peers. Leave it out.`);
      const { benchPeers } = await import("./benchPeers.ts");
      return benchPeers({ cases: positionals, seconds, python });
    }
    if (positionals.length > 0)
      throw new UsageError(`bench takes no arguments without --peers, not "${positionals.join(" ")}".`);
    if (python !== undefined) throw new UsageError("--python is for --peers. Leave it out.");
    if (threads !== undefined && (backend ?? "wasm") !== "wasm")
      throw new UsageError(`--threads is for the wasm backend, not for ${backend}. Leave it out.`);
    const { benchMachine } = await import("./benchMachine.ts");
    return benchMachine({ backend, threads, seconds, size: size ?? usualSize, json });
  },
});
