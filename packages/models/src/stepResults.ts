/** What a step returned, until the next one. */
import { keep, type Tensor } from "@crease/tensor";

/** The running numbers of the last step as tensors: read once however many ask. */
export class StepResults {
  #tensors: Readonly<Record<string, Tensor>> = {};
  #reading: Promise<Record<string, number>> | undefined;

  /** Takes the tensors of a new step and gives up those of the last. */
  replace(tensors: Readonly<Record<string, Tensor>>): void {
    this.dispose();
    this.#tensors = tensors;
    for (const x of Object.values(tensors)) keep(x);
  }

  /** The numbers by name, a new object each time. */
  async read(): Promise<Record<string, number>> {
    const entries = Object.entries(this.#tensors);
    this.#reading ??= Promise.all(entries.map(async ([name, x]) => [name, await x.item()] as const)).then(
      Object.fromEntries,
    ) as Promise<Record<string, number>>;
    return { ...(await this.#reading) };
  }

  /** Gives up what it holds. */
  dispose(): void {
    for (const x of Object.values(this.#tensors)) x.dispose();
    this.#tensors = {};
    this.#reading = undefined;
  }
}
