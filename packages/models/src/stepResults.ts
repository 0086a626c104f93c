/** What a step returned, until the next one. */
import { ValueError } from "@crease/backend";
import { keep, type Tensor } from "@crease/tensor";
import { RunningResults } from "./runningResults.ts";

/** The running numbers of the last step as tensors: read once however many ask. */
export class StepResults {
  #tensors: Readonly<Record<string, Tensor>> = {};
  #reading: Promise<Readonly<Record<string, number>>> | undefined;

  /** `numbers`: those of a step before the first one here. */
  constructor(numbers?: Readonly<Record<string, number>>) {
    if (numbers !== undefined) this.#reading = Promise.resolve(numbers);
  }

  /** Takes over what the next step returned. */
  replace(tensors: Readonly<Record<string, Tensor>>): void {
    this.dispose();
    this.#tensors = tensors;
    if (!(tensors instanceof RunningResults)) for (const x of Object.values(tensors)) keep(x);
  }

  /** The numbers by name, a new object each time. @throws ValueError for what is not one number. */
  async read(): Promise<Record<string, number>> {
    this.#reading ??= this.#readAll();
    return { ...(await this.#reading) };
  }

  async #readAll(): Promise<Record<string, number>> {
    const tensors = this.#tensors;
    const entries = Object.entries(tensors);
    try {
      const read = entries.map(async ([name, x]) => [name, await numberOf(name, x)] as const);
      return Object.fromEntries(await Promise.all(read));
    } finally {
      if (tensors instanceof RunningResults) for (const [, x] of entries) x.dispose();
    }
  }

  /** Gives the tensors up; a read under way still succeeds. */
  dispose(): void {
    if (!(this.#tensors instanceof RunningResults)) for (const x of Object.values(this.#tensors)) x.dispose();
    this.#tensors = {};
    this.#reading = undefined;
  }
}

async function numberOf(name: string, x: Tensor): Promise<number> {
  if (x.size === 1) return Number(await x.item());
  throw new ValueError({
    op: name,
    problem: `logs take one number, and there are ${x.size}`,
    got: [x],
    fix: 'Make it one, as `average: "macro"` does for F scores, or use the metric outside of fit',
  });
}
