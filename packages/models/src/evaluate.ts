/** Loss and metrics over a data set, without training. */
import { type OptionNames, requireInteger, requireOptions } from "@crease/backend";
import { Dataset, disposeElement } from "@crease/datasets";
import { scope } from "@crease/tensor";
import type { AnyModel } from "./anyModel.ts";
import { moveBatch } from "./batch.ts";
import type { Callback } from "./callbacks/callback.ts";
import { CallbackList, requireCallbacks } from "./callbacks/callbackList.ts";
import type { KnownLabels } from "./compiled.ts";
import { noBatches } from "./noBatches.ts";
import { Pacer } from "./pause.ts";
import { progressFor, type Verbosity } from "./progressLine.ts";
import { refuseBeside } from "./refuseBeside.ts";
import { StepResults } from "./stepResults.ts";
import { TestSteps } from "./steps.ts";
import { batchesOf, type Samples, tableOf } from "./table.ts";

/** What evaluate takes besides samples and targets. */
export interface EvaluateOptions {
  /** Samples in a step, default 32; a `Dataset` is batched already. */
  readonly batchSize?: number;
  /** Weight of each sample, `[n]`. */
  readonly sampleWeight?: Samples;
  /** Batches to look at; default: all. */
  readonly steps?: number;
  readonly callbacks?: readonly Callback[];
  /** Ends after the step under way; evaluate then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** As in fit. */
  readonly verbose?: Verbosity;
}

const optionNames: OptionNames<EvaluateOptions> = {
  batchSize: true,
  sampleWeight: true,
  steps: true,
  callbacks: true,
  signal: true,
  verbose: true,
};

/** Batches with what is known of their labels. */
export interface Judged {
  readonly batches: Dataset;
  readonly labels: KnownLabels | undefined;
}

/** Evaluates `model`; see `Model.evaluate`. */
export async function evaluate(
  model: AnyModel,
  x: Samples | Dataset,
  y: Samples | undefined,
  options: EvaluateOptions,
): Promise<Record<string, number>> {
  const { compiled } = model;
  requireOptions("evaluate", options, optionNames);
  requireCallbacks("evaluate", options.callbacks);
  const { sampleWeight, batchSize = 32, steps } = options;
  const callbacks = new CallbackList([...(options.callbacks ?? []), ...progressFor(options.verbose)], model);
  if (x instanceof Dataset) {
    refuseBeside("evaluate", { y, sampleWeight });
    return runEvaluation(
      model,
      { batches: firstSteps("evaluate", "steps", x, steps), labels: undefined },
      callbacks,
      new Pacer(),
      options,
    );
  }
  const table = tableOf("evaluate", { x, y, sampleWeight }, model);
  try {
    const batches = firstSteps("evaluate", "steps", batchesOf("evaluate", table, { batchSize }), steps);
    const labels = await compiled.readLabels(table.y, model.backend);
    return await runEvaluation(model, { batches, labels }, callbacks, new Pacer(), options);
  } finally {
    table.dispose();
  }
}

/** So many batches of a data set from its beginning, all where no number is given. @throws ValueError for a number below 1. */
export function firstSteps(op: string, name: string, batches: Dataset, steps: number | undefined): Dataset {
  if (steps === undefined) return batches;
  requireInteger(op, name, steps, { min: 1 });
  return batches.take(steps);
}

/** One pass over the batches with the hooks of an evaluation. */
export async function runEvaluation(
  model: AnyModel,
  { batches, labels }: Judged,
  callbacks: CallbackList,
  pacer: Pacer,
  { signal }: { readonly signal?: AbortSignal },
): Promise<Record<string, number>> {
  signal?.throwIfAborted();
  const { compiled } = model;
  const results = new StepResults();
  const steps = new TestSteps(model);
  let step = 0;
  let numbers: Record<string, number> = {};
  model.resetMetrics();
  compiled.labels = labels;
  try {
    await callbacks.call("onTestBegin", batches.size);
    for await (const given of batches) {
      const batch = await moveBatch(given, model.backend);
      try {
        if (callbacks.has("onTestBatchBegin")) await callbacks.call("onTestBatchBegin", step);
        results.replace(scope(() => steps.run(batch)));
      } finally {
        disposeElement(batch);
      }
      if (callbacks.has("onTestBatchEnd")) await callbacks.call("onTestBatchEnd", step, () => results.read());
      step++;
      if (pacer.isDue) await pacer.pause();
      signal?.throwIfAborted();
    }
    if (step === 0) throw noBatches("evaluate");
    numbers = await results.read();
  } finally {
    compiled.labels = undefined;
    steps.dispose();
    results.dispose();
    await callbacks.callAll("onTestEnd", numbers);
  }
  return numbers;
}
