/** Training data from a name or a path. */
import { existsSync, statSync } from "node:fs";
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
  if (Object.hasOwn(dataSets, data)) return (dataSets[data] as (typeof dataSets)[string]).open();
  const load = byEnding[extname(data).toLowerCase()];
  if (!existsSync(data)) {
    const isPath = /[/\\.]/.test(data);
    throw new UsageError(
      isPath
        ? `there is no file or folder ${data}. Check the path, or name a data set: ${Object.keys(dataSets).join(", ")}.`
        : `unknown data "${data}". ${suggestName(data, Object.keys(dataSets))}.`,
    );
  }
  if (load !== undefined) return load();
  throw new UsageError(
    `${data} is ${statSync(data).isDirectory() ? "a folder" : "no file"} that crease can train on. Give a ${Object.keys(byEnding).join(" or ")} file.`,
  );
}
