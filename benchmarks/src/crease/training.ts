/** The cases that go through `fit`, `evaluate` and `predict`. */
import { scope, tensor } from "@crease/tensor";
import { numbers, smallNet } from "../numbers.ts";
import { repeat } from "../repeat.ts";
import { type Figure, headline, type Task } from "../task.ts";
import { digits, digitsModel, fitSeconds, smallModel, smallSamples } from "./models.ts";
import { profileOf } from "./profile.ts";

/** Samples a second through chapter2's `fit`; with SGD too, which jax-js is compared by. */
export async function chapter2({ subject, samples, seconds, mnist }: Task): Promise<Figure[]> {
  const data = await digits("train", samples, mnist);
  const rate = async (optimizer: "rmsprop" | "sgd"): Promise<number[]> =>
    (await fitSeconds(digitsModel(optimizer), data, 128, seconds)).map((epoch) => samples / epoch);
  const figure = headline("chapter2", await rate("rmsprop"));
  const sgd = { metric: "fit, SGD", unit: "samples/s", values: await rate("sgd") };
  const profile = subject === "crease-cuda-cpu" ? await profileOf(digitsModel(), data) : [];
  return [figure, sgd, ...profile];
}

/** Steps a second of a network so small that the framework's own cost counts most. */
export async function smallNetwork({ seconds }: Task): Promise<Figure[]> {
  const { samples, batchSize } = smallNet;
  const epochs = await fitSeconds(smallModel(), smallSamples(), batchSize, seconds);
  return [
    headline(
      "small-net",
      epochs.map((epoch) => samples / batchSize / epoch),
    ),
  ];
}

/** Microseconds of `predict` for one sample, its result read, and of calling the model directly. */
export async function predictOne({ seconds }: Task): Promise<Figure[]> {
  const { features } = smallNet;
  const model = smallModel();
  const x = tensor(numbers(features, 3), { shape: [1, features] });
  const micro = (milliseconds: readonly number[]): number[] => milliseconds.map((ms) => ms * 1000);
  const predict = async (): Promise<void> => {
    const y = await model.predict(x);
    await y.data();
    y.dispose();
  };
  const call = (): void => {
    scope(() => model.apply(x).dataSync());
  };
  return [
    headline("predict-one", micro(await repeat(seconds, predict))),
    { metric: "direct call", unit: "µs", values: micro(await repeat(seconds, call)) },
  ];
}

/** Samples a second through `evaluate`. */
export async function evaluate({ samples, seconds, mnist }: Task): Promise<Figure[]> {
  const count = Math.min(samples, 10_000);
  const [x, y] = await digits("test", count, mnist);
  const model = digitsModel();
  const run = (): Promise<unknown> => model.evaluate(x, y, { batchSize: 128, verbose: 0 });
  const values = (await repeat(seconds, run, 3)).map((ms) => (count * 1000) / ms);
  return [headline("evaluate", values)];
}
