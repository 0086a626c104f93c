/** A training as a film: moments that can be watched while it goes on, and scrubbed through. */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Moment } from "./calls.ts";

/** The moments of one training and the one that is shown. */
export class Film<M extends Moment> {
  readonly moments: Signal<readonly M[]> = signal([]);
  /** Position among the moments; a fraction lies between two. */
  readonly at: Signal<number> = signal(0);
  readonly isTraining: Signal<boolean> = signal(false);
  /** The nearest moment to the one shown. */
  readonly shown: ReadonlySignal<M | undefined> = computed(() => this.moments.value[Math.round(this.at.value)]);
  readonly #train: (signal: AbortSignal, onEvent: (moment: M) => void) => Promise<unknown>;
  #run: AbortController | undefined;

  /** `train` makes one call to the worker. */
  constructor(train: (signal: AbortSignal, onEvent: (moment: M) => void) => Promise<unknown>) {
    this.#train = train;
  }

  /** Begins a new film with the moment before training. */
  open(first: M): void {
    this.stop();
    this.moments.value = [first];
    this.at.value = 0;
  }

  /** Trains from the last moment on, and shows each new one. */
  async start(): Promise<void> {
    this.stop();
    const run = new AbortController();
    this.#run = run;
    this.isTraining.value = true;
    this.at.value = this.moments.peek().length - 1;
    try {
      await this.#train(run.signal, (moment) => {
        if (this.#run !== run) return;
        this.moments.value = [...this.moments.peek(), moment];
        this.at.value = this.moments.peek().length - 1;
      });
    } finally {
      if (this.#run === run) this.stop();
    }
  }

  /** Holds after the step under way. */
  stop(): void {
    this.#run?.abort();
    this.#run = undefined;
    this.isTraining.value = false;
  }

  /** Shows another moment; training under way is held. */
  seek(at: number): void {
    this.stop();
    this.at.value = at;
  }
}
