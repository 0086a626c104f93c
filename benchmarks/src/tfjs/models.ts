/** The two networks in tfjs-layers, and their data. */
import * as tf from "@tensorflow/tfjs-core";
import * as layers from "@tensorflow/tfjs-layers";
import { readDigits } from "../digits.ts";
import { EpochClock } from "../epochClock.ts";
import { numbers, smallNet } from "../numbers.ts";

/** Chapter2's network. */
export function digitsModel(): layers.Sequential {
  const model = layers.sequential({
    layers: [
      layers.layers.dense({ units: 512, activation: "relu", inputShape: [784] }),
      layers.layers.dense({ units: 10, activation: "softmax" }),
    ],
  });
  model.compile({ optimizer: "rmsprop", loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] });
  return model;
}

/** Images and labels; tfjs-layers wants labels as a column of float32. */
export function digits(folder: string, set: "train" | "t10k", count: number): [tf.Tensor, tf.Tensor] {
  const { images, labels } = readDigits(folder, set, count);
  return [tf.tensor2d(images, [count, 784]), tf.tensor2d(Float32Array.from(labels), [count, 1])];
}

/** The network of `small-net` and `predict-one`. */
export function smallModel(): layers.Sequential {
  const { features, units } = smallNet;
  const model = layers.sequential({
    layers: [
      layers.layers.dense({ units, activation: "relu", inputShape: [features] }),
      layers.layers.dense({ units, activation: "relu" }),
      layers.layers.dense({ units: 1 }),
    ],
  });
  model.compile({ optimizer: "adam", loss: "meanSquaredError" });
  return model;
}

/** Samples and targets of `small-net`. */
export function smallSamples(): [tf.Tensor, tf.Tensor] {
  const { samples, features } = smallNet;
  return [
    tf.tensor2d(numbers(samples * features, 1), [samples, features]),
    tf.tensor2d(numbers(samples, 2), [samples, 1]),
  ];
}

/** Seconds of each epoch of `fit`, the first left out, for about `budget` seconds. */
export async function fitSeconds(
  model: layers.Sequential,
  [x, y]: readonly [tf.Tensor, tf.Tensor],
  batchSize: number,
  budget: number,
): Promise<readonly number[]> {
  const clock = new EpochClock(budget);
  await model.fit(x, y, {
    epochs: EpochClock.most,
    batchSize,
    verbose: 0,
    callbacks: {
      onEpochBegin: async () => clock.begin(),
      onEpochEnd: async () => {
        if (clock.end()) model.stopTraining = true;
      },
    },
  });
  return clock.seconds;
}
