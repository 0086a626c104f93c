/** The outputs of a model for a data set. */
import { Dataset } from "@crease/datasets";
import type { Tensors } from "@crease/layers";
import { concat, keep, scope, Tensor } from "@crease/tensor";
import { disposeBatch, moveBatch } from "./batch.ts";
import { type Callback, CallbackList } from "./callbacks/callback.ts";
import type { Model } from "./model.ts";
import { Pacer } from "./pause.ts";
import { progressFor, type Verbosity } from "./progressLine.ts";
import { batchesOf, type Samples, tableOf } from "./table.ts";

/** What predict takes besides samples. */
export interface PredictOptions {
  /** Samples in a step, default 32. */
  readonly batchSize?: number;
  readonly callbacks?: readonly Callback[];
  /** Ends after the step under way; predict then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** As in fit, but silent unless said. */
  readonly verbose?: Verbosity;
}

/** The outputs of `model`; see `Model.predict`. */
export async function predict(
  model: Model<Tensors, Tensors>,
  x: Samples | Dataset,
  options: PredictOptions,
): Promise<Tensors> {
  if (x instanceof Dataset) return predictAll(model, x, options);
  const table = tableOf("predict", x, undefined, undefined);
  try {
    return await predictAll(model, batchesOf("predict", table, options.batchSize ?? 32, false), options);
  } finally {
    table.dispose();
  }
}

async function predictAll(model: Model<Tensors, Tensors>, data: Dataset, options: PredictOptions): Promise<Tensors> {
  const callbacks = new CallbackList([...(options.callbacks ?? []), ...progressFor(options.verbose ?? 0)], model);
  const outputs: Tensors[] = [];
  const pacer = new Pacer();
  await callbacks.call("onPredictBegin", data.size);
  try {
    for await (const given of data) {
      const batch = await moveBatch(given, model.backend);
      try {
        outputs.push(keepAll(scope(() => model.predictStep(batch))));
      } finally {
        disposeBatch(batch);
      }
      if (callbacks.has("onPredictBatchEnd")) await callbacks.call("onPredictBatchEnd", outputs.length - 1);
      if (pacer.isDue) await pacer.pause();
      options.signal?.throwIfAborted();
    }
    const joined = join(outputs);
    await callbacks.call("onPredictEnd");
    return joined;
  } finally {
    for (const output of outputs) for (const part of partsOf(output)) part.dispose();
  }
}

function partsOf(output: Tensors): readonly Tensor[] {
  return output instanceof Tensor ? [output] : Object.values(output);
}

function keepAll(output: Tensors): Tensors {
  for (const part of partsOf(output)) keep(part);
  return output;
}

/** Outputs of one structure joined along the first axis. */
function join(outputs: readonly Tensors[]): Tensors {
  const first = outputs[0] as Tensors;
  if (first instanceof Tensor) return concat(outputs as readonly Tensor[]);
  const joined = Object.keys(first).map(
    (key) => [key, concat(outputs.map((output) => (output as Record<string, Tensor>)[key] as Tensor))] as const,
  );
  return Array.isArray(first) ? joined.map(([, x]) => x) : Object.fromEntries(joined);
}
