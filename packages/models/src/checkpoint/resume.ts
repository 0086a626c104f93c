/** How a run of fit goes on from a checkpoint. */
import { disposeElement } from "@crease/datasets";
import { scope } from "@crease/tensor";
import { moveBatch } from "../batch.ts";
import type { FitOptions } from "../fit.ts";
import { noBatches } from "../noBatches.ts";
import { type CheckpointFile, readCheckpointFile } from "./checkpointFile.ts";
import { type Run, restoreFit } from "./fitState.ts";
import { isBuiltFor, restoreState } from "./modelState.ts";

/** The checkpoint that fit was told to go on from, else the first that a callback has. */
export async function findCheckpoint({ resumeFrom, callbacks = [] }: FitOptions): Promise<CheckpointFile | undefined> {
  let source = resumeFrom;
  for (const callback of callbacks) source ??= await callback.resumeFrom();
  return source === undefined ? undefined : readCheckpointFile(source);
}

/** Sets everything that the checkpoint holds; to be called after `onTrainBegin`. */
export async function resume(run: Run, file: CheckpointFile): Promise<void> {
  if (!isBuiltFor(run.model, file)) await buildByBatch(run);
  restoreState(run.model, file);
  await restoreFit(run, file);
}

/** Lets a batch go through a model whose weights are made by the first one. */
async function buildByBatch({ model, training }: Run): Promise<void> {
  const pass = training.iterate({ epoch: 0 });
  try {
    const { value } = await pass.next();
    if (value === undefined) throw noBatches("fit");
    const batch = await moveBatch(value, model.backend);
    try {
      scope(() => {
        model.predictStep(batch);
      });
    } finally {
      disposeElement(batch);
    }
  } finally {
    await pass.return();
  }
}
