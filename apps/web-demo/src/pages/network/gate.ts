/** Lets a run go on, holds it, or lets single steps through. */

/** Open at first. */
export class Gate {
  #isOpen = true;
  #steps = 0;
  #wake: (() => void) | undefined;

  /** Whether `pass` would wait now. */
  get isShut(): boolean {
    return !this.#isOpen && this.#steps === 0;
  }

  /** Holds the run at its next step. */
  shut(): void {
    this.#isOpen = false;
    this.#steps = 0;
  }

  /** Lets it go on. */
  open(): void {
    this.#isOpen = true;
    this.#wake?.();
  }

  /** Lets one more step through. */
  letOne(): void {
    this.#steps++;
    this.#wake?.();
  }

  /** Resolves when a step may begin. */
  async pass(): Promise<void> {
    while (this.isShut)
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    if (!this.#isOpen) this.#steps--;
  }
}
