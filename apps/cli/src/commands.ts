/** The commands that there are, a line each; a command's own files are loaded when it is asked for. */
import type { Command } from "./command.ts";

/** A command that is not loaded yet. */
export interface CommandEntry {
  /** What the list of commands says of it. */
  readonly summary: string;
  load(): Promise<Command>;
}

/** All commands by name, in the order in which they are listed. */
export const commands: { readonly [name: string]: CommandEntry } = {
  train: { summary: "train a model on data", load: async () => (await import("./train.ts")).trainCommand },
  resume: { summary: "go on with a run", load: async () => (await import("./resume.ts")).resumeCommand },
  evaluate: {
    summary: "judge a model on data",
    load: async () => (await import("./evaluate.ts")).evaluateCommand,
  },
  predict: {
    summary: "predict from images or rows",
    load: async () => (await import("./predict.ts")).predictCommand,
  },
  inspect: {
    summary: "show a model's layers and weights",
    load: async () => (await import("./inspect.ts")).inspectCommand,
  },
  datasets: {
    summary: "list, fetch, verify and preview data sets",
    load: async () => (await import("./datasets.ts")).datasetsCommand,
  },
  convert: {
    summary: "convert files of models and weights",
    load: async () => (await import("./convert.ts")).convertCommand,
  },
  compare: {
    summary: "set runs side by side",
    load: async () => (await import("./compare.ts")).compareCommand,
  },
  new: { summary: "make a small project that trains", load: async () => (await import("./new.ts")).newCommand },
  bench: { summary: "how fast this machine is", load: async () => (await import("./bench.ts")).benchCommand },
  learn: { summary: "the chapter as a tour", load: async () => (await import("./learn.ts")).learnCommand },
  cuda: {
    summary: "set up CUDA: install, status, remove",
    load: async () => (await import("./cuda.ts")).cudaCommand,
  },
  doctor: { summary: "what this machine has", load: async () => (await import("./doctor.ts")).doctorCommand },
  completion: {
    summary: "completions for a shell",
    load: async () => (await import("./completion.ts")).completionCommand,
  },
};
