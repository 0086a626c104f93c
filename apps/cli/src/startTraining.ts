/** A new training from its settings: data, model and a folder for the run. */
import type { ExitCode } from "./exitCodes.ts";
import { type LookOptions, lookOf } from "./look.ts";
import { reportOf } from "./report.ts";
import { resolveConfig } from "./runConfig.ts";
import { dropRunFolder, makeRunFolder, shownPath } from "./runFolder.ts";
import { type SettingSources, settingsOf } from "./settings.ts";
import { beginRun, controlRun, trainRun } from "./trainRun.ts";
import { waitingFor } from "./view/waitingFor.ts";

/** Trains as it is asked for. @throws UsageError before anything is loaded; DataError; DivergedError. */
export async function startTraining(sources: SettingSources, options: LookOptions): Promise<ExitCode> {
  const { config: early, load } = await settingsOf(sources);
  const report = reportOf(options);
  const look = lookOf(options, report);
  const control = controlRun(report, look);
  const files = await makeRunFolder(early.out, nameOf(early.data));
  const drop = (): void => dropRunFolder(files);
  // A signal may end the process while data load.
  process.once("exit", drop);
  try {
    const started = await beginRun(early);
    const data = await waitingFor(`Loading ${shownPath(early.data)}`, report, () => load(early));
    // A run goes on with as many threads, wherever that is.
    const { threads = started.threads } = early;
    const { config, model } = await resolveConfig({ ...early, ...(threads === undefined ? {} : { threads }) }, data);
    return await trainRun({ config, data, model, files, started, control, report, look, isResumed: false });
  } finally {
    process.off("exit", drop);
    drop();
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
