/** Training data from a name or a path. */
import { statSync } from "node:fs";
import { extname } from "node:path";
import { DataError, suggestName } from "@crease/backend";
import { UsageError } from "../failure.ts";
import { shownPath } from "../runFolder.ts";
import { dataSets } from "./dataSets.ts";
import type { DataSettings, Load } from "./trainingData.ts";

const byEnding: { readonly [ending: string]: () => Promise<Load> } = {
  ".csv": async () => (await import("./csvData.ts")).loadCsv,
  ".tsv": async () => (await import("./csvData.ts")).loadCsv,
  ".npz": async () => (await import("./npzData.ts")).loadNpz,
};

/** Finds out what `data` names, before anything is loaded. @throws UsageError where it names nothing; DataError for a path where nothing is. */
export async function findData(data: string): Promise<Load> {
  const known = Object.keys(dataSets);
  if (Object.hasOwn(dataSets, data)) return (dataSets[data] as (typeof dataSets)[string]).open();
  const endings = Object.keys(byEnding).join(", ");
  const found = statSync(data, { throwIfNoEntry: false });
  if (found === undefined && /[/\\.]/.test(data))
    throw new DataError({
      op: shownPath(data),
      problem: "there is no such file or folder",
      fix: `Check the path, or name a data set: ${known.join(", ")}`,
    });
  if (found === undefined)
    throw new UsageError(`unknown data "${data}". ${suggestName(data, known)}, or the path of a file or folder.`);
  if (found.isDirectory()) return (await import("./imageFolder.ts")).loadImageFolder;
  const load = byEnding[extname(data).toLowerCase()];
  if (load !== undefined) return load();
  throw new UsageError(
    `${data} is of no kind that crease trains on. Give a file that ends in ${endings}, or a folder of images.`,
  );
}

/** Settings that only some data take. */
const special = [
  "target",
  "features",
  "task",
  "imageSize",
  "channels",
  "limit",
] as const satisfies readonly (keyof DataSettings)[];

/** What kind of data `data` names, and which of the special settings it takes. */
function kindOf(data: string): readonly [kind: string, takes: readonly (typeof special)[number][]] {
  if (Object.hasOwn(dataSets, data)) return [data, ["limit"]];
  if (statSync(data, { throwIfNoEntry: false })?.isDirectory())
    return ["a folder of images", ["imageSize", "channels"]];
  if (extname(data).toLowerCase() === ".npz") return ["an npz file", ["target", "task", "limit"]];
  return ["a CSV file", ["target", "features", "task"]];
}

/** @throws UsageError for a setting that does nothing with the data: whoever gave it meant something else. */
export function requireTaken(settings: Omit<DataSettings, "seed">): void {
  const [kind, takes] = kindOf(settings.data);
  for (const key of special)
    if (settings[key] !== undefined && !takes.includes(key))
      throw new UsageError(`"${key}" does nothing with ${kind}, which takes ${takes.join(", ")}. Leave it out.`);
}
