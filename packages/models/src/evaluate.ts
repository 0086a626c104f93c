/** Loss and metrics over a data set, without training. */
import { ValueError } from "@crease/backend";
import { Dataset } from "@crease/datasets";
import type { Tensors } from "@crease/layers";
import { scope } from "@crease/tensor";
import { disposeBatch, moveBatch } from "./batch.ts";
import { type Callback, CallbackList } from "./callbacks/callback.ts";
import type { Model } from "./model.ts";
import { Pacer } from "./pause.ts";
import { progressFor, type Verbosity } from "./progressLine.ts";
import { StepResults } from "./stepResults.ts";
import { batchesOf, type Samples, tableOf } from "./table.ts";

/** What evaluate takes besides samples and targets. */
export interface EvaluateOptions {
  /** Samples in a step, default 32. */
  readonly batchSize?: number;
  /** Weight of each sample, `[n]`. */
  readonly sampleWeight?: Samples;
  readonly callbacks?: readonly Callback[];
  /** Ends after the step under way; evaluate then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** As in fit. */
  readonly verbose?: Verbosity;
}

/** Evaluates `model`; see `Model.evaluate`. */
export async function evaluate(
  model: Model<Tensors, Tensors>,
  x: Samples | Dataset,
  y: Samples | undefined,
  options: EvaluateOptions,
): Promise<Record<string, number>> {
  model.compiled;
  const callbacks = new CallbackList([...(options.callbacks ?? []), ...progressFor(options.verbose)], model);
  if (x instanceof Dataset) {
    if (y !== undefined)
      throw new ValueError({ op: "evaluate", problem: "a Dataset brings its own targets", fix: "Leave `y` out" });
    return runEvaluation(model, x, callbacks, options);
  }
  const table = tableOf("evaluate", x, y, options.sampleWeight);
  try {
    return await runEvaluation(model, batchesOf("evaluate", table, options.batchSize ?? 32, false), callbacks, options);
  } finally {
    table.dispose();
  }
}

/** One pass over `data` with the hooks of an evaluation. */
export async function runEvaluation(
  model: Model<Tensors, Tensors>,
  data: Dataset,
  callbacks: CallbackList,
  { signal }: { readonly signal?: AbortSignal },
): Promise<Record<string, number>> {
  const results = new StepResults();
  const pacer = new Pacer();
  let step = 0;
  model.resetMetrics();
  await callbacks.call("onTestBegin", data.size);
  try {
    for await (const given of data) {
      const batch = await moveBatch(given, model.backend);
      try {
        results.replace(scope(() => model.testStep(batch)));
      } finally {
        disposeBatch(batch);
      }
      if (callbacks.has("onTestBatchEnd")) await callbacks.call("onTestBatchEnd", step, () => results.read());
      step++;
      if (pacer.isDue) await pacer.pause();
      signal?.throwIfAborted();
    }
    const numbers = await results.read();
    await callbacks.call("onTestEnd", numbers);
    return numbers;
  } finally {
    results.dispose();
  }
}
