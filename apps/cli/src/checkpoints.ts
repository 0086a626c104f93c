/** The last checkpoint of a run: written at the ends of epochs, every so many steps, and when somebody stops. */
import { Callback, type SafePoint, type TrainingPlan } from "@crease/models";
import { type RunControl, Stopped } from "./runControl.ts";
import type { TrainingWatch } from "./trainingWatch.ts";

/** Milliseconds from one checkpoint to that of another epoch: writing them shall not take longer than short epochs do. */
const leastPause = 1000;

/** What the checkpoints of a run are told. */
export interface CheckpointsOptions {
  readonly path: string;
  /** Steps from one to the next; undefined: the ends of epochs only. */
  readonly every: number | undefined;
  readonly control: RunControl;
  /** Knows whether the training makes sense: one that diverged leaves the checkpoint that there was. */
  readonly watch: TrainingWatch;
}

/** Writes checkpoints at safe points; where training is to stop, writes one and leaves fit by a `Stopped`. */
export class Checkpoints extends Callback {
  readonly #options: CheckpointsOptions;
  #epochs = 0;
  #steps = 0;
  #saved = Number.NEGATIVE_INFINITY;

  constructor(options: CheckpointsOptions) {
    super();
    this.#options = options;
  }

  override onTrainBegin({ epochs }: TrainingPlan): void {
    this.#epochs = epochs;
  }

  override async onSafePoint(point: SafePoint): Promise<void> {
    const { path, control, watch } = this.#options;
    if (point.step > 0) this.#steps++;
    if (!control.isStopping && !this.#isDue(point)) return;
    await watch.requireSound();
    await point.save(path);
    this.#steps = 0;
    this.#saved = performance.now();
    if (control.isStopping) throw new Stopped("training was stopped");
  }

  #isDue({ epoch, step }: SafePoint): boolean {
    const { every } = this.#options;
    if (every !== undefined && this.#steps >= every) return true;
    if (step > 0) return false;
    const isLast = epoch >= this.#epochs || this.model.stopTraining;
    return isLast || every !== undefined || performance.now() - this.#saved >= leastPause;
  }
}
