/** Follows a training: how far it is, and whether it still makes sense. */
import { type BatchLogs, Callback, type Logs, type TrainingPlan } from "@crease/models";
import { DivergedError } from "./failure.ts";
import type { Report } from "./report.ts";

/** Counts epochs and steps from 1, reports whole epochs, and ends a training that diverges by a DivergedError. */
export class TrainingWatch extends Callback {
  readonly #report: Report;
  #epoch = 0;
  #step = 0;
  #steps: number | undefined;

  constructor(report: Report) {
    super();
    this.#report = report;
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
    const { loss } = await logs();
    if (loss === undefined || Number.isFinite(loss)) return;
    throw new DivergedError(
      `training diverged: the loss is ${loss} after step ${this.#step} of epoch ${this.#epoch}. Nothing was saved; try a smaller --learning-rate.`,
    );
  }

  override onEpochEnd(_epoch: number, logs: Logs): void {
    if (this.#step === this.#steps) this.#report.event("epoch", { epoch: this.#epoch, ...logs });
  }
}
