/** What a step returned, until the next one. */
import { ValueError } from "@crease/backend";
import { keep, type Tensor } from "@crease/tensor";

/** The running numbers of the last step as tensors: read once however many ask. */
export class StepResults {
  #tensors: Readonly<Record<string, Tensor>> = {};
  #reading: Promise<Readonly<Record<string, number>>> | undefined;

  /** Takes over what the next step returned. @throws ValueError for what is not one number. */
  replace(tensors: Readonly<Record<string, Tensor>>): void {
    this.dispose();
    this.#tensors = tensors;
    for (const x of Object.values(tensors)) keep(x);
    for (const [name, x] of Object.entries(tensors))
      if (x.size !== 1)
        throw new ValueError({
          op: name,
          problem: `logs take one number, and there are ${x.size}`,
          got: [x],
          fix: 'Make it one, as `average: "macro"` does for F scores, or use the metric outside of fit',
        });
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
