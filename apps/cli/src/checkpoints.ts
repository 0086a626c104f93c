/** The last checkpoint of a run: written at the end of each epoch, every so many steps, and when somebody stops. */
import { Callback, type SafePoint } from "@crease/models";
import { type RunControl, Stopped } from "./runControl.ts";

/** What the checkpoints of a run are told. */
export interface CheckpointsOptions {
  readonly path: string;
  /** Steps from one to the next; undefined: the ends of epochs only. */
  readonly every: number | undefined;
  readonly control: RunControl;
}

/** Writes checkpoints at safe points; where training is to stop, writes one and leaves fit by a `Stopped`. */
export class Checkpoints extends Callback {
  readonly #options: CheckpointsOptions;
  #steps = 0;

  constructor(options: CheckpointsOptions) {
    super();
    this.#options = options;
  }

  override async onSafePoint(point: SafePoint): Promise<void> {
    const { path, every, control } = this.#options;
    if (point.step > 0) this.#steps++;
    const isDue = point.step === 0 || (every !== undefined && this.#steps >= every);
    if (!isDue && !control.isStopping) return;
    this.#steps = 0;
    await point.save(path);
    if (control.isStopping) throw new Stopped("training was stopped");
  }
}
