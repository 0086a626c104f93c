/** `crease convert`: its options and its help. */
import { type Command, command } from "./command.ts";
import { UsageError } from "./failure.ts";
import { flag, nonEmpty, optional } from "./options.ts";

const options = {
  model: optional(nonEmpty("<model>", "a model file or run"), "the model that weights alone are of"),
  best: optional(flag, "the weights of the run's best epoch"),
  weightsOnly: optional(flag, "an .h5 or .keras file's weights, as .h5, without the model"),
  force: optional(flag, "write over a file that is there"),
  json: optional(flag, "one JSON object on stdout, text on stderr"),
  quiet: optional(flag, "no text but errors"),
};

/** Converts between files of models and of weights. */
export const convertCommand: Command = command({
  usage: "<run|file> <file> [options]",
  about:
    "Converts models and weights from one form of file to another, by the endings of their names, and checks what it has written.",
  sections: {
    Forms: [
      ".keras         the whole model, as Keras 3 has it",
      ".h5            the whole model, as older Keras has it",
      ".weights.h5    weights, as Keras 3 has them",
      ".safetensors   weights by their paths",
      ".npz           weights by their paths, for NumPy",
    ],
  },
  options,
  notes: "From weights alone a whole model comes only with --model, which says what its layers are.",
  examples: [
    "crease convert runs/mnist-1 mnist.h5",
    "crease convert old-model.h5 model.keras",
    "crease convert model.keras weights.npz",
    "crease convert weights.safetensors new.keras --model model.keras",
  ],

  async run({ weightsOnly, ...values }, positionals) {
    const [from, to, ...more] = positionals;
    if (from === undefined || to === undefined)
      throw new UsageError("convert what into what? Give two files, such as model.keras weights.npz.");
    if (more.length > 0) throw new UsageError(`convert takes two files, not "${positionals.join(" ")}".`);
    const { convertFile } = await import("./convertFile.ts");
    return convertFile(from, to, { ...values, weightsOnly: weightsOnly === true });
  },
});
