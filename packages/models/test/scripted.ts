/** Small models and callbacks for tests: training whose numbers are known beforehand. */
import { Dense, Input } from "@crease/layers";
import { Callback, Sequential } from "@crease/models";
import { type Tensor, tensor } from "@crease/tensor";

/** `y = w x`, from w = 0. */
export function line(learningRate = 0.1): Sequential {
  const model = new Sequential([Input({ shape: [1] }), new Dense(1, { useBias: false, kernelInitializer: "zeros" })]);
  model.compile({ optimizer: { className: "sgd", config: { learningRate } }, loss: "mse" });
  return model;
}

/** Points of `y = 2 x`. */
export const points = (): [x: Tensor, y: Tensor] => [tensor([[1], [-1], [2], [-2]]), tensor([[2], [-2], [4], [-4]])];

/** The only weight of `line`. */
export async function weightOf(model: Sequential): Promise<number> {
  return (await (model.weights[0] as { value: Tensor }).value.data())[0] as number;
}

/** Replaces a number in the logs of each epoch, for the callbacks behind it. */
export class Scripted extends Callback {
  readonly #name: string;
  readonly #values: readonly number[];

  constructor(name: string, values: readonly number[]) {
    super();
    this.#name = name;
    this.#values = values;
  }

  override onEpochEnd(epoch: number, logs: Record<string, number>): void {
    logs[this.#name] = this.#values[epoch] as number;
  }
}
