/** The live view of a training: gathers its numbers, draws them, and passes keys on. */
import { type BatchLogs, Callback, type Logs, type TrainingPlan } from "@crease/models";
import type { RunControl } from "../runControl.ts";
import { Curve } from "./curve.ts";
import { type Chart, frameOf, type Progress } from "./frame.ts";
import { shortNumber } from "./numbers.ts";
import { Pace } from "./pace.ts";
import { paintFor } from "./paint.ts";
import { Screen } from "./screen.ts";

/** Milliseconds between two drawings. */
const redrawTime = 100;

/** What the view is told before training begins. */
export interface LiveViewOptions {
  readonly title: string;
  readonly place: string;
  readonly folder: string;
  readonly batchSize: number;
  readonly control: RunControl;
  /** The number that decides which epoch is best, and its best value so far. */
  readonly best: { readonly name: string; readonly value: () => number | undefined };
}

/** Draws a training on a terminal's second screen; its last frame stays on the first one. */
export class LiveView extends Callback {
  readonly #stream: NodeJS.WriteStream;
  readonly #options: LiveViewOptions;
  readonly #screen: Screen;
  readonly #curves: Map<string, { readonly training: Curve; readonly validation: Curve }> = new Map();
  #timer: NodeJS.Timeout | undefined;
  #plan: TrainingPlan | undefined;
  #began = 0;
  #epoch = 0;
  #step = 0;
  #isValidating = false;
  #numbers: Readonly<Record<string, number>> = {};
  #sampled: { readonly step: number; readonly numbers: Logs } | undefined;
  #sampleTime = 0;
  readonly #pace: Pace = new Pace();
  #steps = 0;

  constructor(stream: NodeJS.WriteStream, options: LiveViewOptions) {
    super();
    this.#stream = stream;
    this.#options = options;
    this.#screen = new Screen(stream, process.stdin, {
      onKey: (key) => this.#press(key),
      onResize: () => this.#draw(),
    });
  }

  override onTrainBegin(plan: TrainingPlan): void {
    this.#plan = plan;
    this.#began = performance.now();
    this.#screen.open();
    this.#draw();
    this.#timer = setInterval(() => this.#draw(), redrawTime);
  }

  override onEpochBegin(epoch: number): void {
    this.#epoch = epoch + 1;
    this.#step = 0;
    this.#sampled = undefined;
    this.#pace.beginEpoch();
  }

  override async onTrainBatchEnd(step: number, logs: BatchLogs): Promise<void> {
    this.#step = step + 1;
    this.#steps++;
    this.#pace.endStep();
    if (performance.now() - this.#sampleTime < redrawTime) return;
    this.#sampleTime = performance.now();
    this.#sample(await logs());
  }

  override onTestBegin(): void {
    this.#isValidating = true;
  }

  override onTestEnd(): void {
    this.#isValidating = false;
  }

  override onEpochEnd(epoch: number, logs: Logs): void {
    this.#numbers = { ...logs };
    for (const [name, value] of Object.entries(logs)) {
      const plain = /^val([A-Z].*)$/.exec(name)?.[1];
      if (plain !== undefined)
        this.#curve(plain.charAt(0).toLowerCase() + plain.slice(1)).validation.add(epoch + 1, value);
      else if (this.#sampled === undefined && name !== "learningRate") this.#curve(name).training.add(epoch + 1, value);
    }
  }

  override onTrainEnd(): void {
    this.close();
  }

  /** Gives the terminal back. */
  close(): void {
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#screen.close();
    const { columns, rows } = this.#screen;
    const size = { columns, rows: Math.min(rows, 24), paint: paintFor(this.#stream), hasKeys: false };
    const progress = this.#progress();
    const hasEnded =
      this.model.stopTraining || (progress.epoch === progress.epochs && progress.step === progress.steps);
    const state = hasEnded ? "done" : "stopped";
    this.#stream.write(`${frameOf({ ...progress, state, left: undefined }, size).join("\n")}\n\n`);
  }

  /** A mean over the steps since the last sample, which shows more than the epoch's running mean does. */
  #sample(numbers: Logs): void {
    const before = this.#sampled;
    this.#sampled = { step: this.#step, numbers };
    this.#numbers = { ...numbers };
    const steps = this.#plan?.steps;
    const x = this.#epoch - 1 + (steps === undefined ? 0 : this.#step / steps);
    for (const [name, value] of Object.entries(numbers)) {
      const last = before?.numbers[name];
      const isMean = /^loss$|accuracy|error$/i.test(name);
      const windowed =
        isMean && before !== undefined && last !== undefined && before.step < this.#step
          ? (value * this.#step - last * before.step) / (this.#step - before.step)
          : value;
      this.#curve(name).training.add(x, windowed);
    }
  }

  #curve(name: string): { readonly training: Curve; readonly validation: Curve } {
    const curve = this.#curves.get(name) ?? { training: new Curve(), validation: new Curve() };
    this.#curves.set(name, curve);
    return curve;
  }

  #progress(): Progress {
    const { title, place, folder, batchSize, control, best } = this.#options;
    const { epochs = 1, initialEpoch = 0, steps } = this.#plan ?? {};
    const { secondsPerStep } = this.#pace;
    const state = control.isStopping
      ? "stopping"
      : control.isPaused
        ? "paused"
        : this.#isValidating
          ? "validating"
          : this.#steps === 0
            ? "starting"
            : "training";
    return {
      ...{ title, place, folder, state, epochs, steps, secondsPerStep },
      epoch: this.#epoch,
      firstEpoch: initialEpoch,
      step: this.#step,
      numbers: this.#numbers,
      charts: [...this.#curves].map(
        ([name, { training, validation }]): Chart => ({
          name,
          training: training.points,
          validation: validation.points,
        }),
      ),
      learningRate: this.model.optimizer.learningRate,
      samplesPerSecond: secondsPerStep === undefined ? undefined : batchSize / secondsPerStep,
      memory: process.memoryUsage.rss(),
      elapsed: (performance.now() - this.#began) / 1000,
      left: steps === undefined ? undefined : this.#pace.secondsFor(epochs - this.#epoch, steps, steps - this.#step),
      best: best.value() === undefined ? "" : `best ${best.name} ${shortNumber(best.value() as number)}`,
    };
  }

  #draw(): void {
    const { columns, rows, hasKeys } = this.#screen;
    this.#screen.draw(frameOf(this.#progress(), { columns, rows, hasKeys, paint: paintFor(this.#stream) }));
  }

  #press(key: string): void {
    const { control } = this.#options;
    if (key === "\u0003") control.interrupt("SIGINT");
    else if (key === "\u001a") this.#screen.suspend();
    else if (key === "p" || key === " ") control.togglePause();
    else if (key === "s") control.stop();
    else if (key === "n") control.endEpoch();
    // While it was paused no steps ran.
    this.#pace.resume();
    this.#draw();
  }
}
