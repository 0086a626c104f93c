/** The training loop. */
import { disposeElement } from "@crease/datasets";
import { scope } from "@crease/tensor";
import type { AnyModel } from "./anyModel.ts";
import { moveBatch } from "./batch.ts";
import { CallbackList } from "./callbacks/callbackList.ts";
import { History } from "./callbacks/history.ts";
import { fitState, type Progress, progressOf, type Run } from "./checkpoint/fitState.ts";
import { type Taken, takeState } from "./checkpoint/modelState.ts";
import { findCheckpoint, resume } from "./checkpoint/resume.ts";
import { SafePoint } from "./checkpoint/safePoint.ts";
import { weighByClass } from "./classWeight.ts";
import { type Judged, runEvaluation } from "./evaluate.ts";
import { Feed } from "./feed.ts";
import type { FitOptions } from "./fit.ts";
import { noBatches } from "./noBatches.ts";
import { Pacer } from "./pause.ts";
import { progressFor } from "./progressLine.ts";
import { StepResults } from "./stepResults.ts";
import { TrainingSteps } from "./steps.ts";

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
  const stateful = [...(options.callbacks ?? []), history];
  const callbacks = new CallbackList([...stateful, ...progressFor(options.verbose)], model);
  const checkpoint = await findCheckpoint(options);
  const start = checkpoint === undefined ? { epoch: initialEpoch, step: 0, logs: {} } : progressOf(checkpoint);
  const pacer = new Pacer();
  const feed = new Feed(training.batches, options.stepsPerEpoch, initialEpoch);
  const run = { model, feed, training: training.batches, validation: validation?.batches, callbacks: stateful };
  let logs: Record<string, number> = {};
  model.stopTraining = false;
  try {
    const plan = { epochs, initialEpoch: start.epoch, steps: feed.steps, validationFreq };
    await callbacks.call("onTrainBegin", { ...plan, isResumed: checkpoint !== undefined });
    // The epoch under way begins before its state is set, so that what callbacks do then counts once.
    if (start.step > 0) await callbacks.call("onEpochBegin", start.epoch);
    if (checkpoint !== undefined) await resume(run, checkpoint);
    const isAmidEpoch = (epoch: number): boolean => epoch === start.epoch && start.step > 0;
    for (let epoch = start.epoch; epoch < epochs && (!model.stopTraining || isAmidEpoch(epoch)); epoch++) {
      signal?.throwIfAborted();
      if (!isAmidEpoch(epoch)) await callbacks.call("onEpochBegin", epoch);
      const from = isAmidEpoch(epoch) ? start : { epoch, step: 0, logs: {} };
      logs = await trainEpoch(run, from, training, options, callbacks, pacer);
      if (validation !== undefined && validationFreq !== undefined && (epoch + 1) % validationFreq === 0)
        Object.assign(logs, asValidation(await runEvaluation(model, validation, callbacks, pacer, options)));
      await callbacks.call("onEpochEnd", epoch, logs);
      await atSafePoint(run, callbacks, { epoch: epoch + 1, step: 0 }, async () => ({}));
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
  run: Run,
  from: Progress,
  { labels }: Judged,
  { signal, classWeight }: FitOptions,
  callbacks: CallbackList,
  pacer: Pacer,
): Promise<Record<string, number>> {
  const { model, feed } = run;
  const { compiled } = model;
  const { epoch } = from;
  let { step } = from;
  const results = new StepResults(step > 0 ? from.logs : undefined);
  if (step === 0) {
    model.resetMetrics();
    model.stopEpoch = false;
  }
  const steps = new TrainingSteps(model);
  compiled.labels = labels;
  try {
    for await (const given of model.stopTraining || model.stopEpoch ? [] : feed.epoch(epoch, step)) {
      const batch = await moveBatch(weighByClass("fit", given, classWeight), model.backend);
      try {
        if (callbacks.has("onTrainBatchBegin")) await callbacks.call("onTrainBatchBegin", step);
        results.replace(scope(() => steps.run(batch)));
      } finally {
        disposeElement(batch);
      }
      if (callbacks.has("onTrainBatchEnd")) await callbacks.call("onTrainBatchEnd", step, () => results.read());
      step++;
      await atSafePoint(run, callbacks, { epoch, step }, () => results.read());
      if (pacer.isDue) await pacer.pause();
      signal?.throwIfAborted();
      if (model.stopTraining || model.stopEpoch) break;
    }
    if (step === 0) throw noBatches("fit");
    return await results.read();
  } finally {
    compiled.labels = undefined;
    steps.dispose();
    results.dispose();
  }
}

/** Lets callbacks write checkpoints; a state is taken when one asks for it. */
async function atSafePoint(
  run: Run,
  callbacks: CallbackList,
  { epoch, step }: Omit<Progress, "logs">,
  readLogs: () => Promise<Record<string, number>>,
): Promise<void> {
  if (!callbacks.has("onSafePoint")) return;
  const take = async (): Promise<Taken> => {
    const logs = await readLogs();
    return takeState(run.model, () => fitState(run, { epoch, step, logs }));
  };
  await callbacks.call("onSafePoint", new SafePoint(epoch, step, take));
}
