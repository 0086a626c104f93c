/** Single steps on batches that the caller cuts. */
import type { Tensors } from "@crease/layers";
import { scope, type Tensor } from "@crease/tensor";
import { type Batch, disposeBatch, moveBatch } from "./batch.ts";
import { type ClassWeight, weighByClass } from "./classWeight.ts";
import type { Model } from "./model.ts";
import { StepResults } from "./stepResults.ts";
import { batchesOf, type Samples, tableOf } from "./table.ts";

/** What trainOnBatch and testOnBatch take besides samples and targets. */
export interface BatchOptions {
  /** Weight of each sample, `[n]`. */
  readonly sampleWeight?: Samples;
  /** Weight of the samples of each class; for training. */
  readonly classWeight?: ClassWeight;
}

type AnyModel = Model<Tensors, Tensors>;

/** See `Model.trainOnBatch`. */
export function trainOnBatch(
  model: AnyModel,
  x: Samples,
  y: Samples | undefined,
  options: BatchOptions,
): Promise<Record<string, number>> {
  return onBatch("trainOnBatch", model, x, y, options, (batch) => model.trainStep(batch));
}

/** See `Model.testOnBatch`. */
export function testOnBatch(
  model: AnyModel,
  x: Samples,
  y: Samples | undefined,
  options: BatchOptions,
): Promise<Record<string, number>> {
  return onBatch("testOnBatch", model, x, y, options, (batch) => model.testStep(batch));
}

async function onBatch(
  op: string,
  model: AnyModel,
  x: Samples,
  y: Samples | undefined,
  { sampleWeight, classWeight }: BatchOptions,
  step: (batch: Batch) => Record<string, Tensor>,
): Promise<Record<string, number>> {
  model.compiled;
  const table = tableOf(op, x, y, sampleWeight);
  const results = new StepResults();
  try {
    for await (const given of batchesOf(op, table, Math.max(table.count, 1), false)) {
      const batch = await moveBatch(
        classWeight === undefined ? given : weighByClass(given, classWeight),
        model.backend,
      );
      try {
        results.replace(scope(() => step(batch)));
      } finally {
        disposeBatch(batch);
      }
    }
    return await results.read();
  } finally {
    results.dispose();
    table.dispose();
  }
}
