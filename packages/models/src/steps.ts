/** The steps of one pass over the data: a model's own, or what was recorded of them. */
import { tensorsOf } from "@crease/datasets";
import type { Tensor, Variable } from "@crease/tensor";
import type { AnyModel } from "./anyModel.ts";
import type { Batch } from "./batch.ts";
import { RepeatedStep } from "./repeatedStep.ts";

/** Steps of one kind, of a model whose steps may be repeatable. */
abstract class Steps {
  protected readonly model: AnyModel;
  readonly #isRepeatable: boolean;
  readonly #step = new RepeatedStep();

  constructor(model: AnyModel, method: "trainStep" | "testStep") {
    this.model = model;
    this.#isRepeatable = model.repeats(method);
  }

  /** One step: the running numbers by name. */
  run(batch: Batch): Record<string, Tensor> {
    if (!this.#isRepeatable) return this.whole(batch);
    this.finish(this.#step.run(tensorsOf(batch), () => this.repeatable(batch)));
    return this.model.compiled.results();
  }

  /** The model's own step. */
  protected abstract whole(batch: Batch): Record<string, Tensor>;

  /** The part that is recorded. */
  protected abstract repeatable(batch: Batch): readonly (Tensor | null)[];

  /** What follows it, with its outputs. */
  protected abstract finish(outputs: readonly (Tensor | null)[]): void;

  /** Gives up what was recorded. */
  dispose(): void {
    this.#step.dispose();
  }
}

/** Training: gradients and running numbers are repeated, the update is the optimizer's own. */
export class TrainingSteps extends Steps {
  #weights: readonly Variable[] = [];

  constructor(model: AnyModel) {
    super(model, "trainStep");
  }

  protected override whole(batch: Batch): Record<string, Tensor> {
    return this.model.trainStep(batch);
  }

  protected override repeatable(batch: Batch): readonly (Tensor | null)[] {
    const { gradients, weights, loss, outcome } = this.model.backward(batch);
    this.#weights = weights;
    this.model.computeMetrics(loss, outcome);
    return gradients;
  }

  protected override finish(gradients: readonly (Tensor | null)[]): void {
    this.model.optimizer.apply(gradients, this.#weights);
  }
}

/** Evaluation: all of it is repeated. */
export class TestSteps extends Steps {
  constructor(model: AnyModel) {
    super(model, "testStep");
  }

  protected override whole(batch: Batch): Record<string, Tensor> {
    return this.model.testStep(batch);
  }

  protected override repeatable(batch: Batch): readonly (Tensor | null)[] {
    this.model.testStep(batch);
    return [];
  }

  protected override finish(): void {}
}
