/** Asks the worker for what is wanted now: one call at a time, and what was wanted in between is left out. */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { ComputeError, ComputeLostError } from "./compute.ts";

/** What came back last. A refusal keeps the message of the library. */
export type Answer<I, O> =
  | { readonly kind: "ready"; readonly input: I; readonly output: O }
  | { readonly kind: "refused"; readonly input: I; readonly error: string; readonly message: string };

/** A question that follows the reader's hand. */
export class Latest<I, O> {
  readonly #call: (input: I) => Promise<O>;
  readonly #answer: Signal<Answer<I, O> | undefined> = signal(undefined);
  readonly #ready: Signal<{ readonly input: I; readonly output: O } | undefined> = signal(undefined);
  #wanted: { readonly input: I } | undefined;
  #isAsking = false;

  constructor(call: (input: I) => Promise<O>) {
    this.#call = call;
  }

  /** The last answer; undefined before the first. */
  get answer(): ReadonlySignal<Answer<I, O> | undefined> {
    return this.#answer;
  }

  /** The last answer that was no refusal, for pictures that stay while the reader types. */
  get ready(): ReadonlySignal<{ readonly input: I; readonly output: O } | undefined> {
    return this.#ready;
  }

  /** Wants the answer to `input`; where one is awaited, it is asked for after that. */
  ask(input: I): void {
    this.#wanted = { input };
    if (!this.#isAsking) void this.#work();
  }

  async #work(): Promise<void> {
    this.#isAsking = true;
    for (let next = this.#wanted; next !== undefined; next = this.#wanted) {
      this.#wanted = undefined;
      const { input } = next;
      try {
        const output = await this.#call(input);
        this.#ready.value = { input, output };
        this.#answer.value = { kind: "ready", input, output };
      } catch (error) {
        // A lost worker is said above the page's figures, with a way to restart it.
        if (error instanceof ComputeLostError) continue;
        const [kind, message] = error instanceof ComputeError ? [error.kind, error.message] : ["Error", String(error)];
        this.#answer.value = { kind: "refused", input, error: kind, message };
      }
    }
    this.#isAsking = false;
  }
}
