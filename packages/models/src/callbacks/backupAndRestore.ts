/** Lets an interrupted training go on where it stood. */
import { DataError, requireOptions, ValueError } from "@crease/backend";
import { readCheckpointFile } from "../checkpoint/checkpointFile.ts";
import type { SafePoint } from "../checkpoint/safePoint.ts";
import { Callback, type TrainingPlan } from "./callback.ts";

/** What BackupAndRestore takes besides the folder; names and defaults as Keras 3. */
export interface BackupAndRestoreOptions {
  /** `"epoch"` (default) or a number of steps. */
  readonly saveFreq?: "epoch" | number;
  /** Whether the checkpoint before the last one is kept too, for when the last one turns out damaged; default false. */
  readonly doubleCheckpoint?: boolean;
  /** Whether the checkpoints are deleted once training has come to its end; default true. */
  readonly deleteCheckpoint?: boolean;
}

/**
 * Writes checkpoints into a folder while fit runs, and where it finds one there, fit goes on from it: to the last bit as
 * if it had never stopped, given the same model, data, options and callbacks. A process killed at any moment leaves a
 * whole checkpoint. Runs where there is a file system (Node).
 *
 * @example
 * ```ts
 * import { Dense, Input } from "@crease/layers";
 * import { BackupAndRestore, LambdaCallback, Sequential } from "@crease/models";
 * import { tensor } from "@crease/tensor";
 * const { mkdtemp, rm } = await import("node:fs/promises");
 * const { tmpdir } = await import("node:os");
 * const folder = await mkdtemp(`${tmpdir()}/crease-`);
 * const train = async (callbacks: LambdaCallback[]) => {
 *   const model = new Sequential([Input({ shape: [1] }), new Dense(1, { kernelInitializer: "zeros" })]);
 *   model.compile({ optimizer: "adam", loss: "mse" });
 *   const backup = new BackupAndRestore(folder);
 *   return model.fit(tensor([[1]]), tensor([[2]]), { epochs: 4, verbose: 0, callbacks: [...callbacks, backup] });
 * };
 * const fail = new LambdaCallback({ onEpochBegin: (epoch) => { if (epoch === 2) throw new Error("power cut"); } });
 * await train([fail]).catch((error) => error.message); // => power cut
 * (await train([new LambdaCallback({})])).epoch; // => [0, 1, 2, 3]
 * await rm(folder, { recursive: true, force: true });
 * ```
 */
export class BackupAndRestore extends Callback {
  /** Where the last checkpoint lies. */
  readonly path: string;
  readonly #folder: string;
  readonly #previous: string;
  readonly #options: BackupAndRestoreOptions;
  #stepsSinceSave = 0;
  #epochs = 0;
  /** The epoch to come at the last safe point; undefined amid an epoch. */
  #nextEpoch: number | undefined;

  /** @throws ValueError where saveFreq is neither "epoch" nor a whole number of steps. */
  constructor(folder: string, options: BackupAndRestoreOptions = {}) {
    super();
    requireOptions<BackupAndRestoreOptions>("BackupAndRestore", options, {
      saveFreq: true,
      doubleCheckpoint: true,
      deleteCheckpoint: true,
    });
    const { saveFreq = "epoch" } = options;
    if (saveFreq !== "epoch" && !(Number.isInteger(saveFreq) && saveFreq > 0))
      throw new ValueError({
        op: "BackupAndRestore",
        problem: `saveFreq ${saveFreq} is no number of steps`,
        fix: 'Use "epoch" or a whole number of steps',
      });
    this.#folder = folder;
    this.path = `${folder}/latest.safetensors`;
    this.#previous = `${folder}/previous.safetensors`;
    this.#options = options;
  }

  override async resumeFrom(): Promise<string | undefined> {
    const { doubleCheckpoint = false } = this.#options;
    const [hasLatest, hasPrevious] = [await exists(this.path), doubleCheckpoint && (await exists(this.#previous))];
    if (!hasPrevious) return hasLatest ? this.path : undefined;
    return hasLatest && (await isWhole(this.path)) ? this.path : this.#previous;
  }

  override async onTrainBegin({ epochs, initialEpoch }: TrainingPlan): Promise<void> {
    this.#epochs = epochs;
    this.#stepsSinceSave = 0;
    this.#nextEpoch = initialEpoch;
    await this.#removeUnfinished();
  }

  /** What a process leaves that is killed while it writes. */
  async #removeUnfinished(): Promise<void> {
    const { readdir, rm } = await import("node:fs/promises");
    const names = await readdir(this.#folder).catch(() => []);
    for (const name of names)
      if (/^latest\.safetensors\..*\.tmp$/.test(name)) await rm(`${this.#folder}/${name}`, { force: true });
  }

  override async onSafePoint(point: SafePoint): Promise<void> {
    const { saveFreq = "epoch" } = this.#options;
    const isEpochEnd = point.step === 0;
    this.#nextEpoch = isEpochEnd ? point.epoch : undefined;
    if (!isEpochEnd) this.#stepsSinceSave++;
    if (saveFreq === "epoch" ? !isEpochEnd : this.#stepsSinceSave < saveFreq) return;
    this.#stepsSinceSave = 0;
    if (this.#options.doubleCheckpoint && (await exists(this.path))) {
      const { rename } = await import("node:fs/promises");
      await rename(this.path, this.#previous);
    }
    await point.save(this.path);
  }

  override async onTrainEnd(): Promise<void> {
    const hasEnded = this.#nextEpoch !== undefined && (this.#nextEpoch >= this.#epochs || this.model.stopTraining);
    if (!hasEnded || this.#options.deleteCheckpoint === false) return;
    const { rm, rmdir } = await import("node:fs/promises");
    for (const path of [this.path, this.#previous]) await rm(path, { force: true });
    // A folder that holds other files stays.
    await rmdir(this.#folder).catch(() => undefined);
  }
}

async function exists(path: string): Promise<boolean> {
  const { access } = await import("node:fs/promises");
  return access(path).then(
    () => true,
    () => false,
  );
}

async function isWhole(path: string): Promise<boolean> {
  try {
    await readCheckpointFile(path);
    return true;
  } catch (error) {
    if (error instanceof DataError) return false;
    throw error;
  }
}
