/** Trains the chapter's network on MNIST, tests it, shows it at work, and saves its weights. */
import type { Backend } from "@crease/backend";
import { cpuBackend } from "@crease/backend-cpu";
import { mnist } from "@crease/datasets";
import { Dense, Input } from "@crease/layers";
import { ProgressLine, Sequential } from "@crease/models";
import { getOptimizer } from "@crease/optimizers";
import { scope, setBackend, setRandomSeed, type Tensor } from "@crease/tensor";
import { drawDigits } from "./digits.ts";
import { type ExitCode, exitCodes } from "./exitCodes.ts";
import { onInterrupt } from "./interrupt.ts";
import { explained } from "./outFile.ts";
import { type Report, reportOf } from "./report.ts";
import type { TrainSettings } from "./train.ts";
import { TrainingWatch } from "./trainingWatch.ts";

const side = 28;
const classes = 10;
const shown = 10;

/** A backend and how the report calls it. */
type Start = () => Promise<{ readonly backend: Backend; readonly label: string }>;

const backends: { readonly [name in TrainSettings["backend"]]: Start } = {
  wasm: async () => {
    const { wasmBackend } = await import("@crease/backend-wasm");
    const backend = await wasmBackend();
    const { threads } = backend.info;
    return { backend: backend as Backend, label: `wasm on ${threads} ${threads === 1 ? "thread" : "threads"}` };
  },
  cpu: async () => ({ backend: cpuBackend() as Backend, label: "cpu" }),
};

/** Runs the training. @throws DataError where data are missing or `out` can no longer be written; DivergedError. */
export async function trainMnist(settings: TrainSettings): Promise<ExitCode> {
  const { json, limit, seed } = settings;
  const report = reportOf(json === true);
  const { backend, label } = await backends[settings.backend]();
  setBackend(backend);
  setRandomSeed(seed);
  const { train, test } = await loadDigits(limit);
  const model = buildModel(settings);
  announce(settings, label, train, test, model, report);
  const stopped = await fitAndSave(model, train, settings, report);
  if (stopped !== undefined) return stopped;
  await judge(model, test, settings, report);
  return exitCodes.done;
}

/** Pixels from 0 to 1 as float32 rows, and labels. */
interface Digits {
  readonly x: Tensor;
  readonly y: Tensor;
}

async function loadDigits(limit: number | undefined): Promise<{ readonly train: Digits; readonly test: Digits }> {
  const [train, test] = await mnist.loadData();
  const digits = ([images, labels]: [Tensor, Tensor]): Digits => {
    const first = (x: Tensor): Tensor => (limit === undefined ? x : x.slice([0, limit]));
    const x = scope(() =>
      first(images)
        .reshape([-1, side * side])
        .cast("float32")
        .div(255),
    );
    images.dispose();
    return { x, y: first(labels) };
  };
  return { train: digits(train), test: digits(test) };
}

function buildModel({ units, optimizer, learningRate }: TrainSettings): Sequential {
  const model = new Sequential([
    Input({ shape: [side * side] }),
    new Dense(units, { activation: "relu" }),
    new Dense(classes, { activation: "softmax" }),
  ]);
  const config = learningRate === undefined ? {} : { learningRate };
  model.compile({
    optimizer: getOptimizer({ className: optimizer, config }),
    loss: "sparseCategoricalCrossentropy",
    metrics: ["accuracy"],
  });
  return model;
}

function announce(
  settings: TrainSettings,
  place: string,
  train: Digits,
  test: Digits,
  model: Sequential,
  report: Report,
): void {
  const { epochs, batchSize, optimizer, units, seed, backend, out } = settings;
  const { learningRate } = model.optimizer;
  const trainSamples = train.y.size;
  const testSamples = test.y.size;
  report.say(`Training on ${trainSamples} digits: ${units} hidden units, ${optimizer} at ${learningRate}.`);
  report.say(`Seed ${seed}, backend ${place}.`);
  report.event("start", {
    ...{ data: "mnist", trainSamples, testSamples, epochs, batchSize, optimizer, learningRate },
    ...{ units, seed, backend, out },
  });
}

/** Trains and saves; the exit code of a training that was stopped. */
async function fitAndSave(
  model: Sequential,
  { x, y }: Digits,
  { epochs, batchSize, out }: TrainSettings,
  report: Report,
): Promise<ExitCode | undefined> {
  const { talk } = report;
  const watch = new TrainingWatch(report);
  const interruption = onInterrupt(() => {
    model.stopTraining = true;
    // In a terminal the progress line and ^C stand there.
    process.stderr.write(`${talk.isTTY ? "\n" : ""}Stopping after this step; again to leave at once.\n`);
  });
  try {
    const callbacks = [new ProgressLine(talk, { redraw: talk.isTTY === true }), watch];
    await model.fit(x, y, { epochs, batchSize, verbose: 0, callbacks });
    await explained(out, () => model.saveWeights(out));
  } finally {
    interruption.release();
  }
  if (interruption.exitCode === undefined) {
    report.say(`The weights are in ${out}.`);
    return undefined;
  }
  const { epoch, step, steps } = watch.progress;
  report.event("stopped", { epoch, step, steps, weights: out });
  report.say(`Stopped after step ${step} of ${steps} in epoch ${epoch}.`);
  report.say(`The weights so far are in ${out}.`);
  return interruption.exitCode;
}

async function judge(model: Sequential, test: Digits, { json, out }: TrainSettings, report: Report): Promise<void> {
  const { loss, accuracy } = (await model.evaluate(test.x, test.y, { batchSize: 1000, verbose: 0 })) as {
    loss: number;
    accuracy: number;
  };
  if (json !== true) report.say(`\n${await drawFirst(model, test)}`);
  report.event("result", { testLoss: loss, testAccuracy: accuracy, weights: out });
  report.say(`test loss ${loss.toFixed(4)}`);
  report.say(`test accuracy ${accuracy.toFixed(4)}`);
}

async function drawFirst(model: Sequential, test: Digits): Promise<string> {
  const images = test.x.slice([0, shown]);
  const probabilities = (await (await model.predict(images)).data()) as Float32Array;
  const pixels = (await images.data()) as Float32Array;
  const labels = await test.y.slice([0, shown]).data();
  const digits = Array.from(labels as ArrayLike<number>, (label, i) => ({
    pixels: pixels.subarray(i * side * side, (i + 1) * side * side),
    label,
    probabilities: probabilities.subarray(i * classes, (i + 1) * classes),
  }));
  const { stdout } = process;
  return drawDigits(digits, stdout.columns || 80, stdout.isTTY === true && stdout.hasColors());
}
