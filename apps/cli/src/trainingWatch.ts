/** Follows a training: how far it is, what was best, and whether it still makes sense. */
import { type BatchLogs, Callback, type Logs, type TrainingPlan } from "@crease/models";
import { DivergedError } from "./failure.ts";
import type { RunLog } from "./runLog.ts";

/** Milliseconds between two readings of the loss: a device is not waited for at each step. */
const readTime = 50;

/** Counts epochs and steps from 1, logs whole epochs, and ends a training that diverges by a DivergedError. */
export class TrainingWatch extends Callback {
  readonly #log: RunLog;
  #epoch = 0;
  #step = 0;
  #steps: number | undefined;
  #logs: BatchLogs | undefined;
  #read = 0;

  constructor(log: RunLog) {
    super();
    this.#log = log;
  }

  /** How far training is: in which epoch, and how many of its steps are done. */
  get progress(): { readonly epoch: number; readonly step: number; readonly steps: number | undefined } {
    return { epoch: this.#epoch, step: this.#step, steps: this.#steps };
  }

  override onTrainBegin({ steps }: TrainingPlan): void {
    this.#steps = steps;
  }

  override onEpochBegin(epoch: number): void {
    this.#epoch = epoch + 1;
    this.#step = 0;
  }

  override async onTrainBatchEnd(step: number, logs: BatchLogs): Promise<void> {
    this.#step = step + 1;
    this.#logs = logs;
    if (performance.now() - this.#read >= readTime) await this.requireSound();
  }

  override onEpochEnd(_epoch: number, logs: Logs): void {
    this.#logs = undefined;
    this.#require(logs.loss);
    this.#log.event("epoch", { epoch: this.#epoch, ...logs });
  }

  /** Reads the loss of the newest step. @throws DivergedError where it is no number any more. */
  async requireSound(): Promise<void> {
    if (this.#logs === undefined) return;
    const { loss } = await this.#logs();
    this.#read = performance.now();
    this.#require(loss);
  }

  #require(loss: number | undefined): void {
    if (loss === undefined || Number.isFinite(loss)) return;
    throw new DivergedError(
      `training diverged: the loss is ${loss} after step ${this.#step} of epoch ${this.#epoch}. The model is not saved; try a smaller --learning-rate, or --optimizer adam.`,
    );
  }
}
