/** Evaluates with the moving averages of the weights while training goes on with the weights themselves. */
import { requireOptions, ValueError } from "@crease/backend";
import { keep, type Tensor } from "@crease/tensor";
import type { AnyModel } from "../anyModel.ts";
import { StateReader } from "../checkpoint/reader.ts";
import type { State } from "../checkpoint/state.ts";
import { Callback } from "./callback.ts";

/** What SwapEMAWeights takes; names and defaults as Keras 3. */
export interface SwapEMAWeightsOptions {
  /** Whether the averages stay in the model from the end of an epoch to the next one, so that callbacks behind this one save them; default false. */
  readonly swapOnEpoch?: boolean;
}

/**
 * Puts the averages that an optimizer with `useEma` keeps into the model during evaluations and predictions, and the
 * weights back afterwards. Before the first step there are no averages, and nothing is swapped.
 *
 * @example
 * ```ts
 * import { Dense } from "@crease/layers";
 * import { Sequential, SwapEMAWeights } from "@crease/models";
 * import { SGD } from "@crease/optimizers";
 * import { tensor } from "@crease/tensor";
 * const model = new Sequential([new Dense(1, { useBias: false, kernelInitializer: "zeros" })]);
 * model.compile({ optimizer: new SGD({ learningRate: 0.25, useEma: true, emaMomentum: 0.5 }), loss: "mse" });
 * const [x, y] = [tensor([[1]]), tensor([[2]])];
 * const { history } = await model.fit(x, y, { epochs: 2, verbose: 0, validationData: [x, y], callbacks: [new SwapEMAWeights()] });
 * history.valLoss; // => [1, 0.5625]
 * ```
 */
export class SwapEMAWeights extends Callback {
  readonly #swapOnEpoch: boolean;
  /** The weights of training, while the model has the averages. */
  #weights: Tensor[] | undefined;

  constructor(options: SwapEMAWeightsOptions = {}) {
    super();
    requireOptions<SwapEMAWeightsOptions>("SwapEMAWeights", options, { swapOnEpoch: true });
    const { swapOnEpoch = false } = options;
    this.#swapOnEpoch = swapOnEpoch;
  }

  /** @throws ValueError where the optimizer keeps no averages. */
  override setModel(model: AnyModel): void {
    super.setModel(model);
    if (model.optimizer.getConfig().useEma !== true)
      throw new ValueError({
        op: "SwapEMAWeights",
        problem: `${model.optimizer.className} keeps no averages`,
        fix: "Make the optimizer with `useEma: true`",
      });
  }

  override onEpochBegin(): void {
    this.#swapBack();
  }

  override onEpochEnd(): void {
    if (this.#swapOnEpoch) this.#swap();
  }

  /** Where training ended well, the averages are the model's weights now; where it failed amid an evaluation, go back. */
  override onTrainEnd(): void {
    if (this.#swapOnEpoch) this.#forget();
    else this.#swapBack();
  }

  override onTestBegin(): void {
    this.#swap();
  }

  override onTestEnd(): void {
    this.#swapBack();
  }

  override onPredictBegin(): void {
    this.#swap();
  }

  override onPredictEnd(): void {
    this.#swapBack();
  }

  override getState(): State {
    return { weights: this.#weights };
  }

  override setState(state: State): void {
    this.#forget();
    const reader = new StateReader(state, "SwapEMAWeights");
    if (!reader.has("weights")) return;
    this.#weights = reader.tensors("weights").map((weight) => keep(weight.reshape(weight.shape)));
  }

  #swap(): void {
    const { optimizer, trainableWeights } = this.model;
    if (this.#weights !== undefined || optimizer.iterations === 0) return;
    this.#weights = trainableWeights.map((weight) => keep(weight.value));
    optimizer.finalizeVariableValues(trainableWeights);
  }

  #swapBack(): void {
    const weights = this.#weights;
    if (weights === undefined) return;
    for (const [i, weight] of this.model.trainableWeights.entries()) weight.assign(weights[i] as Tensor);
    this.#forget();
  }

  #forget(): void {
    for (const weight of this.#weights ?? []) weight.dispose();
    this.#weights = undefined;
  }
}
