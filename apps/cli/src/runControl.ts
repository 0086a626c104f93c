/** What people ask of a training while it runs: pause, next epoch, stop and keep, interrupt. */
import { Callback } from "@crease/models";
import { type ExitCode, exitCodes } from "./exitCodes.ts";

const codes: { readonly [signal in StopSignal]: ExitCode } = {
  SIGINT: exitCodes.interrupted,
  SIGTERM: exitCodes.terminated,
};

/** A signal that ends a training. */
export type StopSignal = "SIGINT" | "SIGTERM";

/** Why fit was left: somebody asked to stop, and all is saved. */
export class Stopped extends Error {
  override readonly name = "Stopped";
}

/**
 * Listens for SIGINT and SIGTERM from its start until it is released. While data load, one ends the process; once
 * training has begun, the first stops it after the step under way, the second ends the process. Keys of a live view
 * come here too.
 */
export class RunControl extends Callback {
  readonly #onInterrupt: () => void;
  readonly #listener: (signal: NodeJS.Signals) => void;
  #exitCode: ExitCode | undefined;
  #hasBegun = false;
  #isStopping = false;
  #goOn: (() => void) | undefined;
  #held: Promise<void> | undefined;

  /** `onInterrupt` is called at the first signal in training. */
  constructor(onInterrupt: () => void) {
    super();
    this.#onInterrupt = onInterrupt;
    this.#listener = (signal) => this.interrupt(signal as StopSignal);
    for (const signal of Object.keys(codes)) process.on(signal, this.#listener);
  }

  /** The code to exit with where a signal ended training, undefined while none did. */
  get exitCode(): ExitCode | undefined {
    return this.#exitCode;
  }

  /** Whether somebody asked to stop, by key or signal. */
  get isStopping(): boolean {
    return this.#isStopping;
  }

  /** Whether training is held. */
  get isPaused(): boolean {
    return this.#held !== undefined;
  }

  /** A signal, or the key that means one. */
  interrupt(signal: StopSignal): void {
    if (this.#exitCode !== undefined || !this.#hasBegun) process.exit(codes[signal]);
    this.#exitCode = codes[signal];
    this.stop();
    this.#onInterrupt();
  }

  /** Stops after the step under way and keeps what there is. */
  stop(): void {
    this.#isStopping = true;
    this.#resume();
  }

  /** Holds training after the step under way, or lets it go on. */
  togglePause(): void {
    if (this.isPaused) this.#resume();
    else if (!this.#isStopping)
      this.#held = new Promise((resolve) => {
        this.#goOn = resolve;
      });
  }

  /** Ends the epoch under way after the step under way. */
  endEpoch(): void {
    this.#resume();
    this.model.stopEpoch = true;
  }

  /** Gives the signals back to the process: the next one ends it at once. */
  release(): void {
    for (const signal of Object.keys(codes)) process.off(signal, this.#listener);
  }

  override onTrainBegin(): void {
    this.#hasBegun = true;
  }

  override async onTrainBatchEnd(): Promise<void> {
    await this.#held;
  }

  #resume(): void {
    this.#goOn?.();
    this.#held = undefined;
  }
}
