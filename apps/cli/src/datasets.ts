/** `crease datasets`: its options and its help. */
import { suggestName } from "@crease/backend";
import { type Command, command } from "./command.ts";
import { dataSets } from "./data/dataSets.ts";
import { UsageError } from "./failure.ts";
import { flag, optional, wholeNumber } from "./options.ts";

const actions = ["list", "fetch", "verify", "preview"] as const;

const options = {
  count: optional(wholeNumber(1, 100), "samples that preview shows", "6 pictures, 5 rows, 3 texts"),
  json: optional(flag, "one JSON object a line on stdout"),
};

/** Lists, fetches, checks and shows data sets. */
export const datasetsCommand: Command = command({
  usage: "[list | fetch | verify | preview] [names] [options]",
  about: "Lists the data sets that crease knows, fetches them, checks what is kept of them, and shows some samples.",
  sections: {
    Actions: [
      "list              all data sets, and which are there; the default",
      "fetch <names>     downloads what is not there yet",
      "verify [names]    reads all that is there and compares it with its digests",
      "preview <name>    samples in the terminal",
    ],
  },
  options,
  notes: "Downloads are kept in the folder that CREASE_CACHE names, else in the platform's place for caches.",
  examples: ["crease datasets", "crease datasets fetch fashionMnist imdb", "crease datasets preview mnist --count 4"],
  names: [...actions, ...Object.keys(dataSets)],

  async run({ count, json }, [action = "list", ...names]) {
    const known = actions.find((one) => one === action);
    if (known === undefined)
      throw new UsageError(
        Object.hasOwn(dataSets, action)
          ? `what of ${action}? Write crease datasets preview ${action}, or fetch, or verify.`
          : `datasets has no "${action}". ${suggestName(action, actions)}.`,
      );
    const unknown = names.find((name) => !Object.hasOwn(dataSets, name));
    if (unknown !== undefined)
      throw new UsageError(`unknown data set "${unknown}". ${suggestName(unknown, Object.keys(dataSets))}.`);
    if (known === "list" && names.length > 0)
      throw new UsageError(`list takes no names, not "${names.join(" ")}". Use preview to look at one.`);
    if (known === "fetch" && names.length === 0) throw new UsageError("fetch which? Name one, such as fashionMnist.");
    if (known === "preview" && names.length !== 1)
      throw new UsageError("preview takes one data set. Name it, such as crease datasets preview mnist.");
    if (count !== undefined && known !== "preview") throw new UsageError(`--count is for preview, not for ${known}.`);
    if (known === "preview") {
      if (json) throw new UsageError("preview draws for people. Leave --json out.");
      const { previewData } = await import("./previewData.ts");
      return previewData(names[0] as string, count);
    }
    const { listData, readData } = await import("./keptData.ts");
    return known === "list" ? listData(json === true) : readData(known, names, json === true);
  },
});
