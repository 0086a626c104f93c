/** The two networks of the cases, and the data that they are given. */
import { mnist } from "@crease/datasets";
import { Dense } from "@crease/layers";
import { Callback, Sequential } from "@crease/models";
import { scope, type Tensor, tensor } from "@crease/tensor";
import { EpochClock } from "../epochClock.ts";
import { numbers, smallNet } from "../numbers.ts";

/** Chapter2's network, compiled as the book does; SGD where that is asked for. */
export function digitsModel(optimizer: "rmsprop" | "sgd" = "rmsprop"): Sequential {
  const model = new Sequential([new Dense(512, { activation: "relu" }), new Dense(10, { activation: "softmax" })]);
  model.compile({ optimizer, loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] });
  return model;
}

/** The first `count` digits of a set: rows of 784 numbers from 0 to 1, and labels. */
export async function digits(set: "train" | "test", count: number, path: string): Promise<[Tensor, Tensor]> {
  const [train, test] = await mnist.loadData({ path });
  const [images, labels] = set === "train" ? train : test;
  return scope(() => [
    images
      .slice([0, count])
      .reshape([-1, 28 * 28])
      .cast("float32")
      .div(255),
    labels.slice([0, count]),
  ]);
}

/** The network of `small-net` and `predict-one`. */
export function smallModel(): Sequential {
  const { units } = smallNet;
  const hidden = (): Dense => new Dense(units, { activation: "relu" });
  const model = new Sequential([hidden(), hidden(), new Dense(1)]);
  model.compile({ optimizer: "adam", loss: "meanSquaredError" });
  return model;
}

/** Samples and targets of `small-net`. */
export function smallSamples(): [Tensor, Tensor] {
  const { samples, features } = smallNet;
  return [
    tensor(numbers(samples * features, 1), { shape: [samples, features] }),
    tensor(numbers(samples, 2), { shape: [samples, 1] }),
  ];
}

/** Tells a clock about fit's epochs and stops when it has enough. */
class ClockCallback extends Callback {
  readonly #clock: EpochClock;
  constructor(clock: EpochClock) {
    super();
    this.#clock = clock;
  }
  override onEpochBegin(): void {
    this.#clock.begin();
  }
  override onEpochEnd(): void {
    if (this.#clock.end()) this.model.stopTraining = true;
  }
}

/** Seconds of each epoch of `model.fit`, the first left out, for about `budget` seconds. */
export async function fitSeconds(
  model: Sequential,
  [x, y]: readonly [Tensor, Tensor],
  batchSize: number,
  budget: number,
): Promise<readonly number[]> {
  const clock = new EpochClock(budget);
  await model.fit(x, y, { epochs: EpochClock.most, batchSize, verbose: 0, callbacks: [new ClockCallback(clock)] });
  return clock.seconds;
}
