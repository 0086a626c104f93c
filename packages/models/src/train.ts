/** The training loop. */
import { disposeElement } from "@crease/datasets";
import { scope } from "@crease/tensor";
import type { AnyModel } from "./anyModel.ts";
import { type Batch, moveBatch } from "./batch.ts";
import { CallbackList } from "./callbacks/callbackList.ts";
import { History } from "./callbacks/history.ts";
import { weighByClass } from "./classWeight.ts";
import { type Judged, runEvaluation } from "./evaluate.ts";
import { Feed } from "./feed.ts";
import type { FitOptions } from "./fit.ts";
import { noBatches } from "./noBatches.ts";
import { Pacer } from "./pause.ts";
import { progressFor } from "./progressLine.ts";
import { StepResults } from "./stepResults.ts";

/** Epochs of training, each followed by validation; `options` are checked already. */
export async function train(
  model: AnyModel,
  training: Judged,
  validation: Judged | undefined,
  options: FitOptions,
): Promise<History> {
  const { epochs = 1, initialEpoch = 0, signal } = options;
  const validationFreq = validation === undefined ? undefined : (options.validationFreq ?? 1);
  const history = new History();
  const callbacks = new CallbackList([...(options.callbacks ?? []), history, ...progressFor(options.verbose)], model);
  const pacer = new Pacer();
  const feed = new Feed(training.batches, options.stepsPerEpoch, initialEpoch);
  let logs: Record<string, number> = {};
  model.stopTraining = false;
  try {
    await callbacks.call("onTrainBegin", { epochs, initialEpoch, steps: feed.steps, validationFreq });
    for (let epoch = initialEpoch; epoch < epochs && !model.stopTraining; epoch++) {
      signal?.throwIfAborted();
      await callbacks.call("onEpochBegin", epoch);
      logs = await trainEpoch(model, feed.epoch(epoch), training, options, callbacks, pacer);
      if (validation !== undefined && validationFreq !== undefined && (epoch + 1) % validationFreq === 0)
        Object.assign(logs, asValidation(await runEvaluation(model, validation, callbacks, pacer, options)));
      await callbacks.call("onEpochEnd", epoch, logs);
    }
    model.optimizer.finalizeVariableValues(model.trainableWeights);
  } finally {
    try {
      await feed.close();
    } finally {
      await callbacks.callAll("onTrainEnd", logs);
    }
  }
  return history;
}

/** `loss` as `valLoss`. */
function asValidation(numbers: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(numbers).map(([name, value]) => [`val${name.charAt(0).toUpperCase()}${name.slice(1)}`, value]),
  );
}

async function trainEpoch(
  model: AnyModel,
  batches: AsyncIterable<Batch>,
  { labels }: Judged,
  { signal, classWeight }: FitOptions,
  callbacks: CallbackList,
  pacer: Pacer,
): Promise<Record<string, number>> {
  const { compiled } = model;
  const results = new StepResults();
  let step = 0;
  model.resetMetrics();
  compiled.labels = labels;
  try {
    for await (const given of batches) {
      const batch = await moveBatch(weighByClass("fit", given, classWeight), model.backend);
      try {
        if (callbacks.has("onTrainBatchBegin")) await callbacks.call("onTrainBatchBegin", step);
        results.replace(scope(() => model.trainStep(batch)));
      } finally {
        disposeElement(batch);
      }
      if (callbacks.has("onTrainBatchEnd")) await callbacks.call("onTrainBatchEnd", step, () => results.read());
      step++;
      if (pacer.isDue) await pacer.pause();
      signal?.throwIfAborted();
      if (model.stopTraining) break;
    }
    if (step === 0) throw noBatches("fit");
    return await results.read();
  } finally {
    compiled.labels = undefined;
    results.dispose();
  }
}
