/** Single steps on batches that the caller cuts. */
import { type OptionNames, requireOptions } from "@crease/backend";
import { disposeElement } from "@crease/datasets";
import { scope, type Tensor } from "@crease/tensor";
import type { AnyModel } from "./anyModel.ts";
import { type Batch, moveBatch } from "./batch.ts";
import { type ClassWeight, weighByClass } from "./classWeight.ts";
import { StepResults } from "./stepResults.ts";
import { batchesOf, type Samples, tableOf } from "./table.ts";

/** What trainOnBatch and testOnBatch take besides samples and targets. */
export interface BatchOptions {
  /** Weight of each sample, `[n]`. */
  readonly sampleWeight?: Samples;
  /** Weight of the samples of each class. */
  readonly classWeight?: ClassWeight;
}

const optionNames: OptionNames<BatchOptions> = { sampleWeight: true, classWeight: true };

/** One step on all samples at once; see `Model.trainOnBatch` and `Model.testOnBatch`. */
export async function onBatch(
  op: string,
  model: AnyModel,
  x: Samples,
  y: Samples | undefined,
  options: BatchOptions,
  step: (batch: Batch) => Record<string, Tensor>,
): Promise<Record<string, number>> {
  const { compiled } = model;
  requireOptions(op, options, optionNames);
  const { sampleWeight, classWeight } = options;
  const table = tableOf(op, { x, y, sampleWeight }, model);
  const results = new StepResults();
  try {
    compiled.labels = await compiled.readLabels(table.y, model.backend);
    for await (const given of batchesOf(op, table, { batchSize: table.count })) {
      const batch = await moveBatch(weighByClass(op, given, classWeight), model.backend);
      try {
        results.replace(scope(() => step(batch)));
      } finally {
        disposeElement(batch);
      }
    }
    return await results.read();
  } finally {
    compiled.labels = undefined;
    results.dispose();
    table.dispose();
  }
}
