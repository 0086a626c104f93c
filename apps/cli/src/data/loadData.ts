/** Training data from a name or a path. */
import { statSync } from "node:fs";
import { extname } from "node:path";
import { suggestName } from "@crease/backend";
import { UsageError } from "../failure.ts";
import { dataSets } from "./dataSets.ts";
import type { Load } from "./trainingData.ts";

const byEnding: { readonly [ending: string]: () => Promise<Load> } = {
  ".csv": async () => (await import("./csvData.ts")).loadCsv,
  ".tsv": async () => (await import("./csvData.ts")).loadCsv,
  ".npz": async () => (await import("./npzData.ts")).loadNpz,
};

/** Finds out what `data` names, before anything is loaded. @throws UsageError where it names nothing. */
export async function findData(data: string): Promise<Load> {
  const known = Object.keys(dataSets);
  if (Object.hasOwn(dataSets, data)) return (dataSets[data] as (typeof dataSets)[string]).open();
  const endings = Object.keys(byEnding).join(", ");
  const found = statSync(data, { throwIfNoEntry: false });
  if (found === undefined)
    throw new UsageError(
      /[/\\.]/.test(data)
        ? `there is no file or folder ${data}. Check the path, or name a data set: ${known.join(", ")}.`
        : `unknown data "${data}". ${suggestName(data, known)}, or the path of a file or folder.`,
    );
  if (found.isDirectory()) return (await import("./imageFolder.ts")).loadImageFolder;
  const load = byEnding[extname(data).toLowerCase()];
  if (load !== undefined) return load();
  throw new UsageError(
    `${data} is of no kind that crease trains on. Give a file that ends in ${endings}, or a folder of images.`,
  );
}
