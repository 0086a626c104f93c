/** The training steps of one epoch. */
import { tensorsOf } from "@crease/datasets";
import type { Tensor, Variable } from "@crease/tensor";
import type { AnyModel } from "./anyModel.ts";
import type { Batch } from "./batch.ts";
import { RepeatedStep } from "./repeatedStep.ts";

/** Steps of a repeatable model: gradients by what was recorded, the update by the optimizer itself. */
export class TrainingSteps {
  readonly #model: AnyModel;
  readonly #isRepeatable: boolean;
  readonly #step = new RepeatedStep();
  #weights: readonly Variable[] = [];

  constructor(model: AnyModel) {
    this.#model = model;
    this.#isRepeatable = model.isRepeatable;
  }

  /** One step; as `model.trainStep`. */
  run(batch: Batch): Record<string, Tensor> {
    const model = this.#model;
    if (!this.#isRepeatable) return model.trainStep(batch);
    const gradients = this.#step.run(tensorsOf(batch), () => {
      const { gradients, weights, loss, outcome } = model.backward(batch);
      this.#weights = weights;
      model.computeMetrics(loss, outcome);
      return gradients;
    });
    model.optimizer.apply(gradients, this.#weights);
    return model.compiled.results();
  }

  /** Gives up what was recorded. */
  dispose(): void {
    this.#step.dispose();
  }
}
