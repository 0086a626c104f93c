/** The cases that go through tfjs-layers' `fit`, `evaluate` and `predict`. */
import * as tf from "@tensorflow/tfjs-core";
import { numbers, smallNet } from "../numbers.ts";
import { repeat } from "../repeat.ts";
import { type Figure, headline, type Task } from "../task.ts";
import { startBackend } from "./backend.ts";
import { digits, digitsModel, fitSeconds, smallModel, smallSamples } from "./models.ts";

/** Samples a second through chapter2's `fit`. */
export async function chapter2(task: Task): Promise<Figure[]> {
  await startBackend(task);
  const { samples, seconds, mnist } = task;
  const epochs = await fitSeconds(digitsModel(), digits(mnist, "train", samples), 128, seconds);
  return [
    headline(
      "chapter2",
      epochs.map((epoch) => samples / epoch),
    ),
  ];
}

/** Steps a second. */
export async function smallNetwork(task: Task): Promise<Figure[]> {
  await startBackend(task);
  const { samples, batchSize } = smallNet;
  const epochs = await fitSeconds(smallModel(), smallSamples(), batchSize, task.seconds);
  return [
    headline(
      "small-net",
      epochs.map((epoch) => samples / batchSize / epoch),
    ),
  ];
}

/** Microseconds of `predict` for one sample, its result read, and of calling the model directly. */
export async function predictOne(task: Task): Promise<Figure[]> {
  await startBackend(task);
  const model = smallModel();
  const x = tf.tensor2d(numbers(smallNet.features, 3), [1, smallNet.features]);
  const micro = (milliseconds: readonly number[]): number[] => milliseconds.map((ms) => ms * 1000);
  const predict = (): unknown => tf.tidy(() => void (model.predict(x) as tf.Tensor).dataSync());
  const call = (): unknown => tf.tidy(() => void (model.apply(x) as tf.Tensor).dataSync());
  return [
    headline("predict-one", micro(await repeat(task.seconds, predict))),
    { metric: "direct call", unit: "µs", values: micro(await repeat(task.seconds, call)) },
  ];
}

/** Samples a second through `evaluate`. */
export async function evaluate(task: Task): Promise<Figure[]> {
  await startBackend(task);
  const count = Math.min(task.samples, 10_000);
  const [x, y] = digits(task.mnist, "t10k", count);
  const model = digitsModel();
  const run = (): unknown =>
    tf.tidy(() => {
      for (const result of model.evaluate(x, y, { batchSize: 128 }) as tf.Scalar[]) result.dataSync();
    });
  const values = (await repeat(task.seconds, run, 3)).map((ms) => (count * 1000) / ms);
  return [headline("evaluate", values)];
}
