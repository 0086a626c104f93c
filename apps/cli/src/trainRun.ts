/** One training from its first step or its last checkpoint to its end, in a run's folder. */
import {
  type AnyModel,
  Callback,
  CSVLogger,
  EarlyStopping,
  ModelCheckpoint,
  ProgressLine,
  TensorBoard,
} from "@crease/models";
import { setRandomSeed } from "@crease/tensor";
import { type StartedBackend, useBackend } from "./backends.ts";
import { Checkpoints } from "./checkpoints.ts";
import type { TrainingData } from "./data/trainingData.ts";
import { environmentOf } from "./environment.ts";
import { type ExitCode, exitCodes } from "./exitCodes.ts";
import { blaming } from "./failure.ts";
import { judge } from "./judge.ts";
import type { Look } from "./look.ts";
import { optimizerOf } from "./optimizerOf.ts";
import type { Report } from "./report.ts";
import type { RunConfig } from "./runConfig.ts";
import { RunControl, Stopped } from "./runControl.ts";
import { type RunFiles, shownPath, writeJson } from "./runFolder.ts";
import { RunLog } from "./runLog.ts";
import { saveModel } from "./saveModel.ts";
import { TrainingWatch } from "./trainingWatch.ts";
import { LiveView } from "./view/liveView.ts";

/** A training that is about to run. */
export interface TrainRun {
  readonly config: RunConfig;
  readonly data: TrainingData;
  /** Built for the data, not compiled yet. */
  readonly model: AnyModel;
  readonly files: RunFiles;
  readonly started: StartedBackend;
  readonly control: RunControl;
  readonly report: Report;
  readonly look: Look;
  /** Whether it goes on from the run's last checkpoint. */
  readonly isResumed: boolean;
}

/** Starts the backend and the random numbers of a run: everything after it follows from the seed. */
export async function beginRun({
  backend,
  threads,
  seed,
}: Pick<RunConfig, "backend" | "threads" | "seed">): Promise<StartedBackend> {
  const started = await useBackend(backend, { threads });
  setRandomSeed(seed);
  return started;
}

/** Listens to who wants to stop a run, from before its data load. */
export function controlRun(report: Report, look: Look): RunControl {
  return new RunControl(() => {
    if (look === "live" || report.isQuiet) return;
    // In a terminal the progress line and ^C stand there.
    process.stderr.write(`${report.talk.isTTY ? "\n" : ""}Stopping after this step; again to leave at once.\n`);
  });
}

/** Trains, saves and judges. @throws DivergedError; UsageError where model and data do not fit; DataError where the disk is full. */
export async function trainRun(run: TrainRun): Promise<ExitCode> {
  const { config, data, files, started, report, isResumed, model } = run;
  await blaming("configuration", () =>
    model.compile({ optimizer: optimizerOf(config), loss: config.loss as "mse", metrics: config.metrics as ["mse"] }),
  );
  if (!isResumed) {
    await writeJson(files.config, config);
    const { name, task, input, inputShape, digest = null } = data;
    await writeJson(files.data, { name, task, input, inputShape, digest });
    await writeJson(files.environment, await environmentOf(started));
  }
  announce(run);
  const log = new RunLog(files.log, report);
  try {
    logStart(run, log);
    const stopped = await fit(run, log);
    if (stopped !== undefined) return stopped;
    report.say(await saveModel(model, files));
    await judge(model, data, { report, log, folder: files.folder });
    return exitCodes.done;
  } finally {
    log.close();
  }
}

function announce({ config, data, model, files, started, report, isResumed }: TrainRun): void {
  const { counts, notes, name } = data;
  for (const note of notes) report.say(note);
  const held = counts.validation === 0 ? "" : `, validating with ${counts.validation}`;
  const words = typeof config.model === "string" ? shownPath(config.model) : config.model.class_name;
  const { optimizer, learningRate } = {
    optimizer: model.optimizer.className,
    learningRate: model.optimizer.learningRate,
  };
  report.say(`Training on ${counts.train} samples of ${name}${held}: ${words}.`);
  report.say(`${optimizer} at ${learningRate}, ${config.loss}, ${model.countParams()} parameters.`);
  report.say(
    `Seed ${config.seed}, backend ${started.label}, ${isResumed ? "going on in" : "in"} ${shownPath(files.folder)}.`,
  );
}

function logStart({ config, data, model, isResumed }: TrainRun, log: RunLog): void {
  const { counts } = data;
  log.event(isResumed ? "resume" : "start", {
    ...config,
    trainSamples: counts.train,
    validationSamples: counts.validation,
    testSamples: counts.test,
    parameters: model.countParams(),
    data: data.name,
    optimizer: model.optimizer.className.toLowerCase(),
    learningRate: model.optimizer.learningRate,
  });
}

/** Trains; the exit code of a training that a signal stopped. */
async function fit(run: TrainRun, log: RunLog): Promise<ExitCode | undefined> {
  const { config, data, model, files, control, isResumed } = run;
  const { batchSize, epochs, monitor } = config;
  const watch = new TrainingWatch(log);
  const best = new ModelCheckpoint(files.best, { monitor, saveBestOnly: true });
  const callbacks: Callback[] = [
    control,
    watch,
    best,
    new CSVLogger(files.history),
    new TensorBoard(files.tensorBoard),
    ...(config.patience === undefined
      ? []
      : [new EarlyStopping({ monitor, patience: config.patience, restoreBestWeights: true })]),
    viewOf(run, best),
    new Checkpoints({ path: files.last, every: config.checkpointEvery, control, watch }),
  ];
  const validation = data.counts.validation === 0 ? {} : { validationData: data.batches("validation", batchSize) };
  try {
    await blaming("training", () =>
      model.fit(data.batches("train", batchSize), null, {
        ...{ epochs, callbacks, verbose: 0 },
        ...validation,
        ...(isResumed ? { resumeFrom: files.last } : {}),
      }),
    );
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    return sayStopped(run, watch, log);
  } finally {
    control.release();
  }
  return undefined;
}

/** What was stopped and how to go on; the exit code of a signal, undefined where a key meant to keep what there is. */
function sayStopped(
  { files, report, model, control: { exitCode } }: TrainRun,
  { progress: { epoch, step, steps } }: TrainingWatch,
  log: RunLog,
): ExitCode | undefined {
  const folder = shownPath(files.folder);
  log.event("stopped", { epoch, step, steps, folder });
  report.say(`Stopped after step ${step} of ${steps ?? "?"} in epoch ${epoch}.`);
  if (exitCode === undefined) model.optimizer.finalizeVariableValues(model.trainableWeights);
  else report.say(`Go on with: crease resume ${folder}`);
  return exitCode;
}

/** What shows the training; there is always one, so that a checkpoint fits whatever look it is resumed with. */
function viewOf({ look, report, config, data, started, files, control }: TrainRun, best: ModelCheckpoint): Callback {
  if (look === "quiet") return new Silence();
  const { talk } = report;
  if (look === "plain") return new ProgressLine(talk, { redraw: talk.isTTY === true });
  return new LiveView(talk, {
    title: `crease · ${data.name}`,
    place: started.label,
    folder: shownPath(files.folder),
    batchSize: config.batchSize,
    control,
    best: { name: config.monitor, value: () => best.best },
  });
}

/** Shows nothing. */
class Silence extends Callback {}
