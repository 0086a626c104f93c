/** An old training from its last checkpoint on. */
import { existsSync } from "node:fs";
import { DataError } from "@crease/backend";
import { buildModel } from "./buildModel.ts";
import { findData } from "./data/loadData.ts";
import type { ExitCode } from "./exitCodes.ts";
import { UsageError } from "./failure.ts";
import { type LookOptions, lookOf } from "./look.ts";
import { reportOf } from "./report.ts";
import { readRun, shownPath } from "./runFolder.ts";
import { beginRun, trainRun } from "./trainRun.ts";

/** What may differ from the run so far. */
export interface Changes {
  readonly epochs: number | undefined;
  readonly threads: number | undefined;
}

/** Goes on with the run in a folder. @throws UsageError where nothing is left to do; DataError where the run or its data changed. */
export async function resumeTraining(folder: string, changes: Changes, look: LookOptions): Promise<ExitCode> {
  const { files, config: saved, data: before } = await readRun(folder);
  const config = {
    ...saved,
    ...(changes.epochs === undefined ? {} : { epochs: changes.epochs }),
    ...(changes.threads === undefined ? {} : { threads: changes.threads }),
  };
  const hasBegun = existsSync(files.last);
  if (existsSync(files.model) && config.epochs <= saved.epochs)
    throw new UsageError(`${shownPath(folder)} has ended. Give more --epochs than ${saved.epochs} to train on.`);
  const report = reportOf(look);
  const load = await findData(config.data);
  const started = await beginRun(config);
  const data = await load(config);
  if ((data.digest ?? null) !== before.digest)
    throw new DataError({
      op: shownPath(folder),
      problem: `${config.data} has changed since the run began`,
      fix: "Bring the data back, or train anew",
    });
  const { model } = await buildModel(config.model, data);
  return trainRun({ config, data, model, files, started, report, look: lookOf(look, report), isResumed: hasBegun });
}
