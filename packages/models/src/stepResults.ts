/** What a step returned, until the next one. */
import { keep, type Tensor } from "@crease/tensor";

/** The running numbers of the last step as tensors: read once however many ask. */
export class StepResults {
  #tensors: Readonly<Record<string, Tensor>> = {};
  #reading: Promise<Readonly<Record<string, number>>> | undefined;

  /** Takes over what the next step returned. */
  replace(tensors: Readonly<Record<string, Tensor>>): void {
    this.dispose();
    this.#tensors = tensors;
    for (const x of Object.values(tensors)) keep(x);
  }

  /** The numbers by name, a new object each time. */
  async read(): Promise<Record<string, number>> {
    this.#reading ??= readAll(this.#tensors);
    return { ...(await this.#reading) };
  }

  /** Gives the tensors up; a read under way still succeeds. */
  dispose(): void {
    for (const x of Object.values(this.#tensors)) x.dispose();
    this.#tensors = {};
    this.#reading = undefined;
  }
}

async function readAll(tensors: Readonly<Record<string, Tensor>>): Promise<Record<string, number>> {
  const read = Object.entries(tensors).map(async ([name, x]) => [name, Number(await x.item())] as const);
  return Object.fromEntries(await Promise.all(read));
}
