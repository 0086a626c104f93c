/** How fast training is, of late, and what time it takes between epochs. */

/** What an older step counts beside the one after it. */
const memory = 0.98;

/** Measures steps one by one; validation, checkpoints and pauses are none of their time. */
export class Pace {
  #mark = 0;
  #seconds = 0;
  #steps = 0;
  /** Seconds from the last step of an epoch to the next epoch. */
  #between = 0;

  /** An epoch begins. */
  beginEpoch(): void {
    if (this.#steps > 0) this.#between = (performance.now() - this.#mark) / 1000;
    this.resume();
  }

  /** A step ends. */
  endStep(): void {
    const now = performance.now();
    this.#seconds = this.#seconds * memory + (now - this.#mark) / 1000;
    this.#steps = this.#steps * memory + 1;
    this.#mark = now;
  }

  /** What was until now is no part of the next step. */
  resume(): void {
    this.#mark = performance.now();
  }

  /** Seconds of a step; undefined before the first one. */
  get secondsPerStep(): number | undefined {
    return this.#steps === 0 ? undefined : this.#seconds / this.#steps;
  }

  /** Seconds that so many epochs after this one take, and the steps that are left in this one; undefined before the first step. */
  secondsFor(epochs: number, stepsInEpoch: number, stepsLeft: number): number | undefined {
    const { secondsPerStep } = this;
    if (secondsPerStep === undefined) return undefined;
    return (epochs * stepsInEpoch + stepsLeft) * secondsPerStep + epochs * this.#between;
  }
}
