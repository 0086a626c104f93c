/** Writes what TensorBoard shows. */
import { requireOptions, ValueError } from "@crease/backend";
import { StateReader } from "../checkpoint/reader.ts";
import type { State } from "../checkpoint/state.ts";
import type { Summary } from "../tensorBoard/event.ts";
import { EventLog, type FileSizes } from "../tensorBoard/eventLog.ts";
import { histogramOf } from "../tensorBoard/histogram.ts";
import { type BatchLogs, Callback, type Logs, type TrainingPlan } from "./callback.ts";

/** What TensorBoard takes besides the folder; names and defaults as Keras 3. */
export interface TensorBoardOptions {
  /** Epochs from one histogram of all weights to the next; 0 (default) for none. */
  readonly histogramFreq?: number;
  /** `"epoch"` (default), or also after each `"batch"`, or after so many. */
  readonly updateFreq?: "epoch" | "batch" | number;
  /** Whether the number of steps in a second is written too; default false. */
  readonly writeStepsPerSecond?: boolean;
}

/** The two folders, as Keras names them: TensorBoard shows each as a run, with one colour. */
type Place = "train" | "validation";

/**
 * Writes event files for TensorBoard into `<folder>/train` and `<folder>/validation`: the numbers of each epoch
 * (`epoch_loss`, ...), the learning rate (`epoch_learning_rate`), on demand those of batches (`batch_loss`, by step) and
 * histograms of the weights; of each evaluation `evaluation_loss_vs_iterations`. Tags as Keras 3's `TensorBoard` writes
 * them; there is no graph of the model, for which see `plotModel`. Look at them with `tensorboard --logdir <folder>`.
 * Runs where there is a file system (Node).
 *
 * @throws ValueError for frequencies that are none.
 * @example
 * ```ts
 * import { Dense } from "@crease/layers";
 * import { Sequential, TensorBoard } from "@crease/models";
 * import { tensor } from "@crease/tensor";
 * const { mkdtemp, readdir, rm } = await import("node:fs/promises");
 * const { tmpdir } = await import("node:os");
 * const folder = await mkdtemp(`${tmpdir()}/crease-`);
 * const model = new Sequential([new Dense(1)]);
 * model.compile({ optimizer: "sgd", loss: "mse" });
 * await model.fit(tensor([[1]]), tensor([[2]]), { epochs: 3, verbose: 0, callbacks: [new TensorBoard(folder)] });
 * const [name] = await readdir(`${folder}/train`);
 * await rm(folder, { recursive: true });
 * name.startsWith("events.out.tfevents."); // => true
 * ```
 */
export class TensorBoard extends Callback {
  readonly folder: string;
  readonly #options: Required<TensorBoardOptions>;
  #id = "";
  #logs: Readonly<Record<Place, EventLog>>;
  /** Steps since training began. */
  #step = 0;
  #stepsBeforeEpoch = 0;
  #epochBegan = 0;
  #stepBegan = 0;

  constructor(folder = "logs", options: TensorBoardOptions = {}) {
    super();
    requireOptions<TensorBoardOptions>("TensorBoard", options, {
      histogramFreq: true,
      updateFreq: true,
      writeStepsPerSecond: true,
    });
    const { histogramFreq = 0, updateFreq = "epoch", writeStepsPerSecond = false } = options;
    const wrong = (problem: string, fix: string): ValueError => new ValueError({ op: "TensorBoard", problem, fix });
    if (!Number.isInteger(histogramFreq) || histogramFreq < 0)
      throw wrong(`histogramFreq ${histogramFreq} is no number of epochs`, "Use a whole number, 0 for none");
    if (
      typeof updateFreq === "number"
        ? !Number.isInteger(updateFreq) || updateFreq < 1
        : !/^(epoch|batch)$/.test(updateFreq)
    )
      throw wrong(`updateFreq ${updateFreq} is no number of steps`, 'Use "epoch", "batch" or a whole number of steps');
    this.folder = folder;
    this.#options = { histogramFreq, updateFreq, writeStepsPerSecond };
    this.#logs = this.#begin(newId());
  }

  #begin(id: string): Readonly<Record<Place, EventLog>> {
    this.#id = id;
    return {
      train: new EventLog(`${this.folder}/train`, id),
      validation: new EventLog(`${this.folder}/validation`, id),
    };
  }

  override onTrainBegin(_plan: TrainingPlan): void {
    this.#logs = this.#begin(newId());
    this.#step = 0;
  }

  override onEpochBegin(): void {
    this.#stepsBeforeEpoch = this.#step;
    this.#epochBegan = performance.now();
  }

  override onTrainBatchBegin(): void {
    this.#stepBegan = performance.now();
  }

  override async onTrainBatchEnd(_step: number, logs: BatchLogs): Promise<void> {
    const { updateFreq, writeStepsPerSecond } = this.#options;
    const at = this.#step++;
    const every = updateFreq === "batch" ? 1 : updateFreq;
    if (every === "epoch" || at % every !== 0) return;
    const summaries = named("batch_", await logs());
    if (writeStepsPerSecond)
      summaries.push({ tag: "batch_steps_per_second", value: 1000 / (performance.now() - this.#stepBegan) });
    await this.#logs.train.add(at, summaries);
  }

  override async onEpochEnd(epoch: number, logs: Logs): Promise<void> {
    const { histogramFreq, writeStepsPerSecond } = this.#options;
    const { learningRate: _, ...numbers } = logs;
    const isValidation = ([name]: readonly [string, number]): boolean => /^val[A-Z]/.test(name);
    const entries = Object.entries(numbers);
    const train = named("epoch_", Object.fromEntries(entries.filter((entry) => !isValidation(entry))));
    train.push({ tag: "epoch_learning_rate", value: this.model.optimizer.learningRate });
    if (writeStepsPerSecond) {
      const seconds = (performance.now() - this.#epochBegan) / 1000;
      train.push({ tag: "epoch_steps_per_second", value: (this.#step - this.#stepsBeforeEpoch) / seconds });
    }
    if (histogramFreq > 0 && epoch % histogramFreq === 0) train.push(...(await this.#histograms()));
    await this.#logs.train.add(epoch, train);
    const validation = entries.filter(isValidation).map(([name, value]) => [withoutVal(name), value] as const);
    await this.#logs.validation.add(epoch, named("epoch_", Object.fromEntries(validation)));
  }

  override async onTestEnd(logs: Logs): Promise<void> {
    const summaries = named("evaluation_", logs).map(({ tag, value }) => ({ tag: `${tag}_vs_iterations`, value }));
    await this.#logs.validation.add(this.model.optimizer.iterations, summaries);
  }

  async #histograms(): Promise<readonly Summary[]> {
    const summaries: Summary[] = [];
    for (const { path, variable } of this.model.namedWeights()) {
      if (variable.dtype === "string") continue;
      // TensorBoard groups tags by what stands before the first slash: here by layer.
      const tag = `${path.replace(/\.(?=[^.]*$)/, "/")}/histogram`;
      summaries.push({ tag, value: histogramOf((await variable.held.data()) as ArrayLike<number>) });
    }
    return summaries;
  }

  override getState(): State {
    const { train, validation } = this.#logs;
    return { id: this.#id, step: this.#step, train: train.sizes, validation: validation.sizes };
  }

  override async setState(state: State): Promise<void> {
    const reader = new StateReader(state, "TensorBoard");
    this.#logs = this.#begin(reader.name("id"));
    this.#step = reader.count("step");
    this.#stepsBeforeEpoch = this.#step;
    for (const place of ["train", "validation"] as const) {
      const files = reader.below(place);
      const sizes: FileSizes = Object.fromEntries(files.names.map((name) => [name, files.count(name)]));
      await this.#logs[place].goBackTo(sizes);
    }
  }
}

function newId(): string {
  return globalThis.crypto.randomUUID();
}

function named(prefix: string, numbers: Logs): Summary[] {
  return Object.entries(numbers).map(([name, value]) => ({ tag: prefix + name, value }));
}

/** `valLoss` as `loss`. */
function withoutVal(name: string): string {
  return name.charAt(3).toLowerCase() + name.slice(4);
}
