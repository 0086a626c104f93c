/** The line that shows how far training is, as Keras draws it. */
import { ValueError } from "@crease/backend";
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
const separator = " - ";
const indent = "    ";
/** Erases from the cursor to the end of the line (ECMA-48 EL). */
const clearToEnd = "\x1b[K";

const verbosities: readonly Verbosity[] = ["auto", 0, 1, 2];

/** The callbacks that draw progress for a verbosity. */
export function progressFor(verbose: Verbosity = "auto"): readonly Callback[] {
  if (!verbosities.includes(verbose))
    throw new ValueError({
      op: "verbose",
      problem: `${JSON.stringify(verbose) ?? String(verbose)} is no verbosity`,
      fix: 'Use "auto", 0 (silent), 1 (a line that is redrawn) or 2 (a line for each epoch)',
    });
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
  /** Steps of the epoch that were done before this run, which goes on from a checkpoint. */
  #doneBefore = 0;
  #isOpen = false;
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
    this.#close();
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
    this.#write("The loss is NaN. Try a smaller learning rate, or clip gradients.\n");
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
    this.#doneBefore = 0;
  }

  async #advance(done: number, logs: BatchLogs): Promise<void> {
    if (this.#done === 0) this.#doneBefore = done - 1;
    this.#done = done;
    const isLast = done === this.#steps;
    if (!this.#redraw || (!isLast && performance.now() - this.#drawn < redrawTime)) return;
    const numbers = await logs();
    this.#drawn = performance.now();
    const seconds = (this.#drawn - this.#began) / 1000;
    const step = seconds / (done - this.#doneBefore);
    const left = this.#steps === undefined ? seconds : step * (this.#steps - done);
    this.#draw(`${this.#position()} ${formatSeconds(left)} ${formatStep(step)}${formatLogs(numbers)}`);
  }

  #finish(logs: Logs): void {
    const seconds = (performance.now() - this.#began) / 1000;
    const rate = formatStep(seconds / Math.max(this.#done - this.#doneBefore, 1));
    this.#steps ??= this.#done;
    if (this.#redraw) {
      this.#draw(`${this.#position()} ${formatSeconds(seconds)} ${rate}${formatLogs(logs)}`, true);
      this.#close();
    } else this.#write(`${this.#done}/${this.#steps} - ${formatSeconds(seconds)} - ${rate}${formatLogs(logs)}\n`);
  }

  /** Steps done, of how many, and a bar. */
  #position(): string {
    if (this.#steps === undefined) return `${this.#done}/?`;
    const steps = String(this.#steps);
    const full = this.#steps === 0 ? barWidth : Math.round((this.#done / this.#steps) * barWidth);
    return `${String(this.#done).padStart(steps.length)}/${steps} ${"━".repeat(full)}${"─".repeat(barWidth - full)}`;
  }

  /** Overwrites the line; cut to the terminal's width, or, where it is the last, folded. */
  #draw(line: string, isLast = false): void {
    const columns = this.#stream.columns ?? 80;
    const cut = (): string => (line.length < columns ? line : `${line.slice(0, Math.max(columns - 2, 0))}…`);
    this.#write(`\r${isLast ? fold(line, columns) : cut()}${clearToEnd}`);
    this.#isOpen = true;
  }

  /** Ends a line that stands open, also one that an error or a stop left unfinished. */
  #close(): void {
    if (this.#isOpen) this.#write("\n");
    this.#isOpen = false;
  }

  #write(text: string): void {
    this.#stream.write(text);
  }
}

/** Begins a new line before each part that would reach the last column. */
function fold(line: string, columns: number): string {
  const [first = "", ...parts] = line.split(separator);
  let folded = first;
  let length = first.length;
  for (const part of parts) {
    const fits = length + separator.length + part.length < columns;
    folded += (fits ? separator : `${clearToEnd}\n${indent}${separator.trimStart()}`) + part;
    length = (fits ? length : indent.length) + separator.length + part.length;
  }
  return folded;
}

/** `5s`, `1:05`, `1:00:05`. */
function formatSeconds(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole}s`;
  const twoDigits = (n: number): string => String(n).padStart(2, "0");
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, twoDigits(whole % 60)];
  return hours > 0 ? `${hours}:${twoDigits(minutes)}:${rest}` : `${minutes}:${rest}`;
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
