/** A new training from its settings: data, model and a folder for the run. */
import type { ExitCode } from "./exitCodes.ts";
import { type LookOptions, lookOf } from "./look.ts";
import { reportOf } from "./report.ts";
import { resolveConfig } from "./runConfig.ts";
import { dropRunFolder, makeRunFolder } from "./runFolder.ts";
import { type SettingSources, settingsOf } from "./settings.ts";
import { beginRun, trainRun } from "./trainRun.ts";

/** Trains as it is asked for. @throws UsageError before anything is loaded; DataError; DivergedError. */
export async function startTraining(sources: SettingSources, look: LookOptions): Promise<ExitCode> {
  const { config: early, load } = await settingsOf(sources);
  const report = reportOf(look);
  const files = await makeRunFolder(early.out, nameOf(early.data));
  try {
    const started = await beginRun(early);
    const data = await load(early);
    // A run goes on with as many threads, wherever that is.
    const { threads = started.threads } = early;
    const { config, model } = await resolveConfig({ ...early, ...(threads === undefined ? {} : { threads }) }, data);
    return await trainRun({
      config,
      data,
      model,
      files,
      started,
      report,
      look: lookOf(look, report),
      isResumed: false,
    });
  } catch (error) {
    await dropRunFolder(files);
    throw error;
  }
}

/** `houses` for `/data/houses.csv`: what the folder of the run is called after. */
function nameOf(data: string): string {
  const base =
    data
      .split(/[/\\]/)
      .filter((part) => part !== "")
      .at(-1) ?? "run";
  return base.replace(/\.\w+$/, "").replaceAll(/[^\w.-]+/g, "-") || "run";
}
