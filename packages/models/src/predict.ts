/** The outputs of a model for a data set. */
import { type OptionNames, requireOptions } from "@crease/backend";
import { Dataset, disposeElement } from "@crease/datasets";
import { listOf, type Tensors } from "@crease/layers";
import { concat, keep, scope, Tensor } from "@crease/tensor";
import type { AnyModel } from "./anyModel.ts";
import { moveBatch } from "./batch.ts";
import type { Callback } from "./callbacks/callback.ts";
import { CallbackList, requireCallbacks } from "./callbacks/callbackList.ts";
import { firstSteps } from "./evaluate.ts";
import { noBatches } from "./noBatches.ts";
import { Pacer } from "./pause.ts";
import { progressFor, type Verbosity } from "./progressLine.ts";
import { batchesOf, type Samples, tableOf } from "./table.ts";

/** What predict takes besides samples. */
export interface PredictOptions {
  /** Samples in a step, default 32; a `Dataset` is batched already. */
  readonly batchSize?: number;
  /** Batches to look at; default: all. */
  readonly steps?: number;
  readonly callbacks?: readonly Callback[];
  /** Ends after the step under way; predict then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** As in fit, but silent unless said. */
  readonly verbose?: Verbosity;
}

const optionNames: OptionNames<PredictOptions> = {
  batchSize: true,
  steps: true,
  callbacks: true,
  signal: true,
  verbose: true,
};

/** The outputs of `model`; see `Model.predict`. */
export async function predict(model: AnyModel, x: Samples | Dataset, options: PredictOptions): Promise<Tensors> {
  requireOptions("predict", options, optionNames);
  requireCallbacks("predict", options.callbacks);
  if (x instanceof Dataset) return predictAll(model, x, options);
  const table = tableOf("predict", { x }, model);
  try {
    return await predictAll(model, batchesOf("predict", table, { batchSize: options.batchSize ?? 32 }), options);
  } finally {
    table.dispose();
  }
}

/** The outputs for samples that make one batch; see `Model.predictOnBatch`. */
export async function predictOnBatch(model: AnyModel, x: Samples): Promise<Tensors> {
  const table = tableOf("predictOnBatch", { x }, model);
  try {
    return await predictAll(model, batchesOf("predictOnBatch", table, { batchSize: table.count }), {});
  } finally {
    table.dispose();
  }
}

async function predictAll(model: AnyModel, given: Dataset, options: PredictOptions): Promise<Tensors> {
  const batches = firstSteps("predict", "steps", given, options.steps);
  const { signal } = options;
  const callbacks = new CallbackList([...(options.callbacks ?? []), ...progressFor(options.verbose ?? 0)], model);
  const outputs: Tensors[] = [];
  const pacer = new Pacer();
  signal?.throwIfAborted();
  try {
    await callbacks.call("onPredictBegin", batches.size);
    for await (const given of batches) {
      const batch = await moveBatch(given, model.backend);
      try {
        if (callbacks.has("onPredictBatchBegin")) await callbacks.call("onPredictBatchBegin", outputs.length);
        // Views, since a model may give back the very tensors of the batch.
        outputs.push(scope(() => mapParts(model.predictStep(batch), (x) => keep(x.reshape(x.shape)))));
      } finally {
        disposeElement(batch);
      }
      if (callbacks.has("onPredictBatchEnd")) await callbacks.call("onPredictBatchEnd", outputs.length - 1);
      if (pacer.isDue) await pacer.pause();
      signal?.throwIfAborted();
    }
    const [first] = outputs;
    if (first === undefined) throw noBatches("predict");
    const columns = outputs.map(listOf);
    let column = 0;
    return mapParts(first, () => {
      const joined = concat(columns.map((parts) => parts[column] as Tensor));
      column++;
      return joined;
    });
  } finally {
    for (const output of outputs) for (const part of listOf(output)) part.dispose();
    await callbacks.callAll("onPredictEnd");
  }
}

/** The same structure with `change` applied to each tensor. */
function mapParts(output: Tensors, change: (x: Tensor) => Tensor): Tensors {
  if (output instanceof Tensor) return change(output);
  if (Array.isArray(output)) return output.map(change);
  return Object.fromEntries(Object.entries(output).map(([name, x]) => [name, change(x as Tensor)]));
}
