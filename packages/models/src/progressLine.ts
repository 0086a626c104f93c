/** The line that shows how far training is, as Keras draws it. */
import { type BatchLogs, Callback, type Logs, type TrainingPlan } from "./callbacks/callback.ts";

/** `"auto"`: 1 in a terminal, 2 elsewhere in Node, 0 in a page; 0 silent; 1 a line that is redrawn; 2 a line for each epoch. */
export type Verbosity = "auto" | 0 | 1 | 2;

/** Where the line goes: Node's `process.stderr` and `process.stdout` are such. */
export interface TextStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Milliseconds between two drawings. */
const redrawTime = 100;
const barWidth = 20;

/** The callbacks that draw progress for a verbosity. */
export function progressFor(verbose: Verbosity = "auto"): readonly Callback[] {
  const stdout = (globalThis as { process?: { stdout?: TextStream } }).process?.stdout;
  if (stdout === undefined || verbose === 0) return [];
  return [new ProgressLine(stdout, { redraw: verbose === "auto" ? stdout.isTTY === true : verbose === 1 })];
}

/**
 * Draws `12/469 ━━━━━━━━━━━━━━━━━━━━ 1s 3ms/step - loss: 0.41 - accuracy: 0.88` for each epoch and evaluation: steps,
 * time left while it runs and time taken at its end, time of a step, numbers so far.
 *
 * @example
 * ```ts
 * import { Dense } from "@crease/layers";
 * import { ProgressLine, Sequential } from "@crease/models";
 * import { tensor } from "@crease/tensor";
 * let text = "";
 * const stream = { write: (part: string) => { text += part; } };
 * const model = new Sequential([new Dense(1)]);
 * model.compile({ optimizer: "sgd", loss: "mse" });
 * await model.fit(tensor([[1], [2]]), tensor([[2], [4]]), { epochs: 1, verbose: 0, callbacks: [new ProgressLine(stream)] });
 * text.startsWith("Epoch 1/1\n1/1 - "); // => true
 * ```
 */
export class ProgressLine extends Callback {
  readonly #stream: TextStream;
  readonly #redraw: boolean;
  #plan: TrainingPlan | undefined;
  #steps: number | undefined;
  #began = 0;
  #drawn = 0;
  #done = 0;
  #width = 0;
  #saidNaN = false;

  /** `redraw`: whether the line is drawn again while steps run, for terminals; else one line at the end. */
  constructor(stream: TextStream, { redraw = false }: { readonly redraw?: boolean } = {}) {
    super();
    this.#stream = stream;
    this.#redraw = redraw;
  }

  override onTrainBegin(plan: TrainingPlan): void {
    this.#plan = plan;
    this.#saidNaN = false;
  }

  override onTrainEnd(): void {
    this.#plan = undefined;
  }

  override onEpochBegin(epoch: number): void {
    this.#write(`Epoch ${epoch + 1}/${this.#plan?.epochs}\n`);
    this.#start(this.#plan?.steps);
  }

  override async onTrainBatchEnd(step: number, logs: BatchLogs): Promise<void> {
    await this.#advance(step + 1, logs);
  }

  override onEpochEnd(_epoch: number, logs: Logs): void {
    this.#finish(logs);
    if (this.#saidNaN || !Number.isNaN(logs.loss)) return;
    this.#saidNaN = true;
    this.#write("The loss is NaN: the weights are lost. Try a smaller learning rate, or clip gradients.\n");
  }

  override onTestBegin(steps: number | undefined): void {
    if (this.#plan === undefined) this.#start(steps);
  }

  override async onTestBatchEnd(step: number, logs: BatchLogs): Promise<void> {
    if (this.#plan === undefined) await this.#advance(step + 1, logs);
  }

  override onTestEnd(logs: Logs): void {
    if (this.#plan === undefined) this.#finish(logs);
  }

  override onPredictBegin(steps: number | undefined): void {
    this.#start(steps);
  }

  override async onPredictBatchEnd(step: number): Promise<void> {
    await this.#advance(step + 1, async () => ({}));
  }

  override onPredictEnd(): void {
    this.#finish({});
  }

  #start(steps: number | undefined): void {
    this.#steps = steps;
    this.#began = performance.now();
    this.#drawn = 0;
    this.#done = 0;
    this.#width = 0;
  }

  async #advance(done: number, logs: BatchLogs): Promise<void> {
    this.#done = done;
    if (!this.#redraw || performance.now() - this.#drawn < redrawTime) return;
    const numbers = await logs();
    this.#drawn = performance.now();
    const seconds = (this.#drawn - this.#began) / 1000;
    const left = this.#steps === undefined ? seconds : (seconds / done) * (this.#steps - done);
    this.#draw(`${this.#position()} ${formatSeconds(left)} ${formatStep(seconds / done)}${formatLogs(numbers)}`);
  }

  #finish(logs: Logs): void {
    const seconds = (performance.now() - this.#began) / 1000;
    const rate = formatStep(seconds / Math.max(this.#done, 1));
    this.#steps = this.#done;
    if (this.#redraw) {
      this.#draw(`${this.#position()} ${formatSeconds(seconds)} ${rate}${formatLogs(logs)}`, true);
      this.#write("\n");
    } else this.#write(`${this.#done}/${this.#done} - ${formatSeconds(seconds)} - ${rate}${formatLogs(logs)}\n`);
  }

  /** Steps done, of how many, and a bar. */
  #position(): string {
    if (this.#steps === undefined) return `${this.#done}/?`;
    const steps = String(this.#steps);
    const full = this.#steps === 0 ? barWidth : Math.round((this.#done / this.#steps) * barWidth);
    return `${String(this.#done).padStart(steps.length)}/${steps} ${"━".repeat(full)}${"─".repeat(barWidth - full)}`;
  }

  /** Overwrites the line; cut to the terminal's width unless it is the last, which may wrap. */
  #draw(line: string, isLast = false): void {
    const columns = this.#stream.columns ?? 80;
    const text = isLast || line.length < columns ? line : `${line.slice(0, columns - 2)}…`;
    this.#write(`\r${text.padEnd(Math.min(this.#width, columns - 1))}`);
    this.#width = text.length;
  }

  #write(text: string): void {
    this.#stream.write(text);
  }
}

function formatSeconds(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)}s`;
  const minutes = Math.floor(seconds / 60);
  return `${minutes}:${String(Math.round(seconds % 60)).padStart(2, "0")}`;
}

function formatStep(seconds: number): string {
  if (seconds >= 1) return `${Math.round(seconds)}s/step`;
  return seconds >= 1e-3 ? `${Math.round(seconds * 1e3)}ms/step` : `${Math.round(seconds * 1e6)}us/step`;
}

function formatLogs(logs: Logs): string {
  return Object.entries(logs)
    .map(
      ([name, value]) =>
        ` - ${name}: ${Math.abs(value) > 1e-3 || value === 0 ? value.toFixed(4) : value.toExponential(4)}`,
    )
    .join("");
}
