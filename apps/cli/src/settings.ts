/** What a training is asked for: configuration file, options and `--set` brought together and checked before data load. */
import { randomInt } from "node:crypto";
import { getLoss } from "@crease/losses";
import { getMetric } from "@crease/metrics";
import { checkConfig, setValues } from "./checkConfig.ts";
import { findConfigFile, isModelFile, readConfigFile, rooted } from "./configFile.ts";
import type { Config } from "./configSchema.ts";
import { dataSets } from "./data/dataSets.ts";
import { findData, requireTaken } from "./data/loadData.ts";
import type { Load } from "./data/trainingData.ts";
import { blaming, UsageError } from "./failure.ts";
import { layersOf } from "./layerWords.ts";
import { optimizerOf } from "./optimizerOf.ts";
import type { EarlyConfig } from "./runConfig.ts";

/** Where settings come from, the later over the earlier. */
export interface SettingSources {
  /** The configuration file; undefined: the one of the working directory, if there is one. */
  readonly file: string | undefined;
  readonly options: Config;
  readonly assignments: readonly string[];
}

/** Settings that can be meant, and how their data are loaded. */
export interface Settings {
  readonly config: EarlyConfig;
  readonly load: Load;
}

/** The settings of a training. @throws UsageError for the first that cannot be meant. */
export async function settingsOf({ file, options, assignments }: SettingSources): Promise<Settings> {
  const path = file ?? findConfigFile();
  const base = path === undefined ? {} : await readConfigFile(path);
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const asked = rooted(checkConfig(given, "options"), process.cwd());
  const config = rooted(setValues({ ...base, ...asked }, assignments), process.cwd());
  const { $schema: _, data, ...rest } = config;
  if (data === undefined)
    throw new UsageError(
      `train on what? Known data: ${Object.keys(dataSets).join(", ")}, or the path of a file. See crease train --help.`,
    );
  await checkNames(config);
  const early = { ...rest, data, seed: config.seed ?? randomInt(2 ** 32), backend: config.backend ?? "wasm" };
  const load = await findData(data);
  requireTaken(early);
  return { config: early, load };
}

/** Names and layers that can be checked without data. */
async function checkNames(config: Config): Promise<void> {
  const { model, units, loss, metrics = [], threads, backend = "wasm" } = config;
  if (model !== undefined && units !== undefined)
    throw new UsageError('"units" is for the usual model. Leave it out, or leave the model out.');
  if (threads !== undefined && backend !== "wasm")
    throw new UsageError(`"threads" is for the wasm backend, not for ${backend}. Leave it out.`);
  optimizerOf(config);
  if (typeof model === "string" && !isModelFile(model)) layersOf(model);
  const shapes = { yTrueShape: [1], yPredShape: [1, 2] };
  if (loss !== undefined) await blaming("loss", () => getLoss(loss as "mse", shapes));
  for (const metric of metrics) await blaming("metrics", () => getMetric(metric as "mse", shapes));
}
