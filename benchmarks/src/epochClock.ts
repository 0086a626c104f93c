/** Seconds of each epoch of a training, the first left out: it compiles code and touches memory for the first time. */

/** Told by a subject's callbacks where epochs begin and end; says when there were enough. */
export class EpochClock {
  readonly seconds: number[] = [];
  readonly #budget: number;
  #count = 0;
  #began = 0;
  #total = 0;

  /** Enough is one epoch, and as many more as `budget` seconds hold. */
  constructor(budget: number) {
    this.#budget = budget;
  }

  /** Before an epoch. */
  begin(): void {
    this.#began = performance.now();
  }
  /** After an epoch; true when there were enough. */
  end(): boolean {
    const seconds = (performance.now() - this.#began) / 1000;
    if (this.#count++ === 0) return false;
    this.seconds.push(seconds);
    this.#total += seconds;
    return this.#total >= this.#budget;
  }
  /** Epochs that a fit may be given: more than any budget holds. */
  static readonly most: number = 10_000;
}
