/** `crease compare`: its options and its help. */
import { type Command, command } from "./command.ts";
import { UsageError } from "./failure.ts";
import { filePath, flag, nonEmpty, optional } from "./options.ts";

const options = {
  sort: optional(nonEmpty("<name>", "a number of the table"), "best run first by this number", "as they are given"),
  html: optional(filePath, "write a page with table and curves, in one file"),
  json: optional(flag, "one JSON object a line on stdout, text on stderr"),
};

/** Sets runs side by side. */
export const compareCommand: Command = command({
  usage: "<runs...> [options]",
  about:
    "Sets runs side by side: what came out of them, in what they differ, and how they got there. The page needs no other file and no network.",
  options,
  notes: "Runs that still go on, or were stopped, are compared by the epochs that they have.",
  examples: [
    "crease compare runs/mnist-*",
    "crease compare runs/houses-1 runs/houses-2 --sort valLoss",
    "crease compare runs/* --html compare.html",
  ],

  async run({ sort, html, json }, folders) {
    if (folders.length === 0) throw new UsageError("compare which runs? Give their folders, such as runs/mnist-*.");
    if (html !== undefined && !/\.html?$/i.test(html))
      throw new UsageError(`--html ${html} is no page's name. End it on .html.`);
    const { compareRuns } = await import("./compareRuns.ts");
    return compareRuns(folders, { sort, html, json: json === true });
  },
});
