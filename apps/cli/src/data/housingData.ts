/** The prices of houses in Boston and in California as training data. */
import { bostonHousing, californiaHousing } from "@crease/datasets";
import { scope, type Tensor } from "@crease/tensor";
import { firstOf, inMemory, splitOff } from "./tensorData.ts";
import { type DataSettings, defaultsFor, type Load } from "./trainingData.ts";

const sets = { bostonHousing, californiaHousing };

/** Loads prices by numbers about houses, each brought to mean 0 and standard deviation 1. */
export function housing(name: "bostonHousing" | "californiaHousing"): Load {
  return async ({ limit, seed, validationSplit = 0 }: DataSettings) => {
    const [train, test] = await sets[name].loadData();
    const [xs, ys] = [spreadOf(train[0]), spreadOf(train[1])];
    const ready = ([x, y]: readonly [Tensor, Tensor]) => {
      const set = scope(() => ({ x: x.sub(xs.mean).div(xs.stddev), y: y.reshape([-1, 1]) }));
      x.dispose();
      y.dispose();
      return firstOf(set, limit);
    };
    const [mean, stddev] = [await xs.mean.data(), await xs.stddev.data()].map((x) => Array.from(x as Float32Array));
    const scale = { mean: Number(await ys.mean.item()), stddev: Number(await ys.stddev.item()) };
    const samples = { ...splitOff(ready(train), validationSplit, seed), test: ready(test) };
    for (const x of [xs.mean, xs.stddev, ys.mean, ys.stddev]) x.dispose();
    return {
      name,
      task: { kind: "numbers", outputs: 1, scale },
      input: { kind: "array", mean: mean ?? [], stddev: stddev ?? [] },
      notes: [],
      digest: undefined,
      defaults: defaultsFor(samples.train.x.shape[0] as number, [64, 64]),
      ...inMemory(samples, seed),
    };
  };
}

function spreadOf(x: Tensor): { readonly mean: Tensor; readonly stddev: Tensor } {
  return scope(() => ({ mean: x.mean([0]), stddev: x.std([0]) }));
}
