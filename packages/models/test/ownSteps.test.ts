/** Models with training steps of their own, as chapter 3 of Deep Learning with Python writes them. */
import { GradientTape } from "@crease/autograd";
import { Dense, Dropout, Input } from "@crease/layers";
import { SparseCategoricalCrossentropy } from "@crease/losses";
import { Mean, type Metric, SparseCategoricalAccuracy } from "@crease/metrics";
import { type Batch, Model } from "@crease/models";
import { RMSprop } from "@crease/optimizers";
import { getBackend, randomNormal, scope, setRandomSeed, type Tensor, tensor, where } from "@crease/tensor";
import { beforeEach, describe, expect, test } from "vitest";

const quiet = { verbose: 0 } as const;

/** Points of two classes, told apart by the sign of the sum of their coordinates. */
function points(): readonly [Tensor, Tensor] {
  const x = randomNormal([64, 2]);
  return [x, scope(() => where(x.sum(-1).greater(0), 1, 0).cast("int32"))];
}

/** A classifier written as a class: layers in fields, `call`, and a step with a tape, a loss and a metric of its own. */
class Classifier extends Model {
  readonly hidden = new Dense(8, { activation: "relu" });
  readonly dropout = new Dropout(0.1);
  readonly output2 = new Dense(2, { activation: "softmax" });
  readonly lossFunction = new SparseCategoricalCrossentropy();
  readonly tracker: Mean;
  readonly accuracy = new SparseCategoricalAccuracy({ name: "accuracy" });

  constructor(tracker: Mean) {
    super();
    this.tracker = tracker;
  }

  override call(x: Tensor, { training }: { readonly training: boolean }): Tensor {
    return this.output2.apply(this.dropout.apply(this.hidden.apply(x), { training }));
  }

  override trainStep([inputs, targets]: Batch): Record<string, Tensor> {
    const [x, y] = [inputs as Tensor, targets as Tensor];
    const tape = new GradientTape();
    const { loss, predictions } = tape.record(() => {
      const predictions = this.apply(x, { training: true });
      return { predictions, loss: this.lossFunction.apply(y, predictions) };
    });
    const weights = this.trainableWeights;
    this.optimizer.apply(tape.gradient(loss, weights), weights);
    return this.#report(y, predictions, loss);
  }

  override testStep([inputs, targets]: Batch): Record<string, Tensor> {
    const [x, y] = [inputs as Tensor, targets as Tensor];
    const predictions = this.apply(x);
    return this.#report(y, predictions, this.lossFunction.apply(y, predictions));
  }

  #report(y: Tensor, predictions: Tensor, loss: Tensor): Record<string, Tensor> {
    this.tracker.update(loss);
    this.accuracy.update(y, predictions);
    return { loss: this.tracker.result(), accuracy: this.accuracy.result() };
  }

  override get metrics(): readonly Metric<never>[] {
    return [this.tracker, this.accuracy];
  }
}

describe("a model with a step of its own", () => {
  beforeEach(() => setRandomSeed(7));

  test("trains in fit, is judged by evaluate, and predicts", async () => {
    const model = new Classifier(new Mean({ name: "loss" }));
    model.compile({ optimizer: new RMSprop({ learningRate: 0.02 }) });
    const [x, y] = points();
    const { history } = await model.fit(x, y, { epochs: 12, batchSize: 16, validationData: [x, y], ...quiet });
    expect(Object.keys(history)).toEqual(["loss", "accuracy", "valLoss", "valAccuracy"]);
    expect(history.loss?.at(-1)).toBeLessThan((history.loss?.[0] as number) * 0.7);
    expect(history.valAccuracy?.at(-1)).toBeGreaterThan(0.9);
    const { loss, accuracy } = await model.evaluate(x, y, quiet);
    expect([loss, accuracy]).toEqual([history.valLoss?.at(-1), history.valAccuracy?.at(-1)]);
    expect((await model.predict(x)).shape).toEqual([64, 2]);
  });

  test("begins its metrics anew with each epoch, wherever they are", async () => {
    const elsewhere = new Mean({ name: "loss" });
    class Counting extends Classifier {
      readonly counts: number[] = [];
      override resetMetrics(): void {
        super.resetMetrics();
        this.counts.push(Number(this.tracker.result().itemSync()));
      }
    }
    const model = new Counting(elsewhere);
    model.compile({ optimizer: "sgd" });
    const [x, y] = points();
    await model.fit(x, y, { epochs: 3, ...quiet });
    expect(model.counts).toEqual([0, 0, 0]);
    expect(Number(await elsewhere.result().item())).toBeGreaterThan(0);
  });

  test("leaves memory as it was", async () => {
    const model = new Classifier(new Mean({ name: "loss" }));
    model.compile({ optimizer: "adam" });
    const [x, y] = points();
    await model.fit(x, y, quiet);
    const before = getBackend().memory();
    await model.fit(x, y, { epochs: 3, validationSplit: 0.25, ...quiet });
    await model.evaluate(x, y, quiet);
    expect(getBackend().memory()).toEqual(before);
  });

  test("may stand on a graph, with the compiled loss and metrics", async () => {
    class Signed extends Model {
      override trainStep([x, y, sampleWeight]: Batch): Record<string, Tensor> {
        const tape = new GradientTape();
        const { loss, outcome } = tape.record(() => {
          const outcome = { y, yPred: this.apply(x as Tensor, { training: true }), sampleWeight };
          return { outcome, loss: this.computeLoss(outcome) };
        });
        const gradients = tape.gradient(loss, this.trainableWeights);
        this.optimizer.apply(
          gradients.map((gradient) => gradient?.sign() ?? null),
          this.trainableWeights,
        );
        return this.computeMetrics(loss, outcome);
      }
    }
    const x = Input({ shape: [1] });
    const model = new Signed({ inputs: x, outputs: new Dense(1, { kernelInitializer: "zeros" }).apply(x) });
    model.compile({ optimizer: { className: "sgd", config: { learningRate: 0.5 } }, loss: "mse", metrics: ["mae"] });
    const { history } = await model.fit(tensor([[1]]), tensor([[2]]), { epochs: 3, ...quiet });
    // Each step adds 0.5 to the weight and to the bias: predictions 0, 1, 2.
    expect(history).toEqual({ loss: [4, 1, 0], mae: [2, 1, 0] });
    expect(model.metrics.map(({ name }) => name)).toEqual(["loss", "mae"]);
  });

  test("forgets nothing that the step needs: a model that was not compiled says so", async () => {
    const [x, y] = points();
    await expect(new Classifier(new Mean()).fit(x, y, quiet)).rejects.toThrow(/Classifier: the model was not compiled/);
  });
});
