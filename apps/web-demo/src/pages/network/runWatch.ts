/** The callback of a run: holds it at the gate, tells how it does, and has it judged now and then. */
import { type BatchLogs, Callback, type Logs, type TrainingPlan } from "@crease/models";
import type { Progress } from "./calls.ts";
import type { Gate } from "./gate.ts";

/** What a watch tells, and to whom. */
export interface RunWatchOptions {
  readonly gate: Gate;
  readonly samples: number;
  /** Epochs that the network had before this run. */
  readonly before: number;
  tell(progress: Progress): void;
  /** Judges the network after so many epochs. */
  judge(at: number): Promise<void>;
}

/** Shortest time in ms between two points of a curve; it grows with the run, so that a long one has some hundred points. */
const leastInterval = 60;
/** Training goes on for so many times as long as the last judgement took, and for so many ms, before the next one. */
const judgeEvery = 8;
const leastTraining = 500;

/** Watches one run. */
export class RunWatch extends Callback {
  readonly #options: RunWatchOptions;
  #epoch = 0;
  #steps = 1;
  #step = 0;
  /** Steps that the last told progress was after, and the running means then. */
  #told = { step: 0, loss: 0, accuracy: 0, time: 0, at: 0 };
  #judged = { time: 0, took: 0, at: -1 };
  #began = 0;
  /** Time in ms that was not training since the last told progress. */
  #idle = 0;
  #hasDiverged = false;

  constructor(options: RunWatchOptions) {
    super();
    this.#options = options;
  }

  /** Whether the loss became no number. */
  get hasDiverged(): boolean {
    return this.#hasDiverged;
  }

  /** Epochs that the network has had, with a fraction. */
  get at(): number {
    return this.#options.before + this.#epoch + this.#step / this.#steps;
  }

  override onTrainBegin({ steps = 1 }: TrainingPlan): void {
    this.#steps = steps;
    this.#began = performance.now();
    this.#told = { ...this.#told, time: this.#began, at: this.#options.before };
    this.#judged.time = this.#began;
  }

  override onEpochBegin(epoch: number): void {
    this.#epoch = epoch;
    this.#step = 0;
    // Running means begin anew with each epoch.
    this.#told = { ...this.#told, step: 0, loss: 0, accuracy: 0 };
  }

  override async onTrainBatchBegin(): Promise<void> {
    const { gate } = this.#options;
    if (!gate.isShut) return gate.pass();
    if (this.#judged.at !== this.at && this.at > this.#options.before) await this.#judge();
    await this.#aside(() => gate.pass());
    this.#judged.time = performance.now();
  }

  override async onTrainBatchEnd(step: number, logs: BatchLogs): Promise<void> {
    this.#step = step + 1;
    const now = performance.now();
    const interval = Math.max(leastInterval, (now - this.#began) / 400);
    const isLast = this.#step === this.#steps;
    if (isLast || this.#options.gate.isShut || now - this.#told.time - this.#idle >= interval) await this.#tell(logs);
    const training = now - this.#judged.time;
    if (!isLast && training >= Math.max(leastTraining, judgeEvery * this.#judged.took)) await this.#judge();
  }

  override async onEpochEnd(_epoch: number, _logs: Logs): Promise<void> {
    await this.#judge();
  }

  async #tell(logs: BatchLogs): Promise<void> {
    const { loss = Number.NaN, accuracy = Number.NaN } = await logs();
    const now = performance.now();
    const told = this.#told;
    const count = this.#step - told.step;
    const mean = (running: number, before: number): number => (running * this.#step - before * told.step) / count;
    const samples = this.#options.samples * (this.at - told.at);
    const seconds = Math.max(1, now - told.time - this.#idle) / 1000;
    this.#options.tell({
      at: this.at,
      epoch: this.#epoch,
      step: this.#step,
      steps: this.#steps,
      loss: mean(loss, told.loss),
      accuracy: mean(accuracy, told.accuracy),
      samplesPerSecond: samples / seconds,
    });
    this.#told = { step: this.#step, loss, accuracy, time: now, at: this.at };
    this.#idle = 0;
    if (!Number.isFinite(loss)) {
      this.#hasDiverged = true;
      this.model.stopTraining = true;
    }
  }

  async #judge(): Promise<void> {
    const began = performance.now();
    await this.#aside(() => this.#options.judge(this.at));
    const now = performance.now();
    this.#judged = { time: now, took: now - began, at: this.at };
  }

  /** Does what is no training, so that speed is that of training. */
  async #aside(work: () => Promise<void>): Promise<void> {
    const began = performance.now();
    await work();
    this.#idle += performance.now() - began;
  }
}
