/** `crease new`: its options and its help. */
import { type Command, command } from "./command.ts";
import { UsageError } from "./failure.ts";
import { nonEmpty, optional } from "./options.ts";
import { reportOptions } from "./report.ts";

const options = {
  name: optional(nonEmpty("<name>", "a package's name"), "the package's name", "the folder's"),
  ...reportOptions,
};

/** Makes a small project. */
export const newCommand: Command = command({
  usage: "<dir> [options]",
  about:
    "Makes a small project in TypeScript that trains the chapter's network, saves it and predicts with it: a beginning for your own.",
  options,
  notes: "Node 22.18 and newer run its TypeScript as it is; nothing has to be built.",
  examples: ["crease new digits", "crease new digits && cd digits && npm install && npm start"],

  async run({ name, json, quiet }, positionals) {
    const [folder, ...more] = positionals;
    if (folder === undefined || folder === "")
      throw new UsageError("new project where? Give a folder, such as digits.");
    if (more.length > 0) throw new UsageError(`new takes one folder, not "${positionals.join(" ")}".`);
    const { makeProject } = await import("./newProject.ts");
    return makeProject(folder, { name, json, quiet });
  },
});
