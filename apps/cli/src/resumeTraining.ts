/** An old training from its last checkpoint on. */
import { existsSync } from "node:fs";
import { DataError } from "@crease/backend";
import { buildModel } from "./buildModel.ts";
import { findData } from "./data/loadData.ts";
import type { ExitCode } from "./exitCodes.ts";
import { UsageError } from "./failure.ts";
import { type LookOptions, lookOf } from "./look.ts";
import { reportOf } from "./report.ts";
import { readRun, readRunConfig, runFiles, shownPath, sweep } from "./runFolder.ts";
import { beginRun, controlRun, trainRun } from "./trainRun.ts";
import { waitingFor } from "./view/waitingFor.ts";

/** What may differ from the run so far. */
export interface Changes {
  readonly epochs: number | undefined;
  readonly threads: number | undefined;
}

/** Goes on with the run in a folder. @throws UsageError where nothing is left to do; DataError where the run or its data changed. */
export async function resumeTraining(folder: string, changes: Changes, options: LookOptions): Promise<ExitCode> {
  const files = runFiles(folder);
  const saved = await readRunConfig(files);
  const { epochs = saved.epochs, threads = saved.threads } = changes;
  const config = { ...saved, epochs, ...(threads === undefined ? {} : { threads }) };
  const hasEnded = existsSync(files.model) || existsSync(files.weights);
  if (hasEnded && epochs <= saved.epochs)
    throw new UsageError(`${shownPath(folder)} has ended. Give more --epochs than ${saved.epochs} to train on.`);
  const report = reportOf(options);
  const look = lookOf(options, report);
  const control = controlRun(report, look);
  const load = await findData(config.data);
  const started = await beginRun(config);
  const data = await waitingFor(`Loading ${shownPath(config.data)}`, report, () => load(config));
  // One that was killed at its very beginning has no checkpoint yet: it begins anew.
  const isResumed = existsSync(files.last);
  if (isResumed && (data.digest ?? null) !== (await readRun(folder)).data.digest)
    throw new DataError({
      op: shownPath(folder),
      problem: `${config.data} has changed since the run began`,
      fix: "Bring the data back, or train anew",
    });
  await sweep(files);
  const { model } = await buildModel(config.model, data);
  return trainRun({ config, data, model, files, started, control, report, look, isResumed });
}
