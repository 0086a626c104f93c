/** The well-known tables of numbers as training data. */
import { bostonHousing, breastCancer, californiaHousing, iris, wine } from "@crease/datasets";
import { scope, type Tensor } from "@crease/tensor";
import type { Task } from "../task.ts";
import { firstOf, inMemory, type SampleSet, splitOff } from "./tensorData.ts";
import { type DataSettings, defaultsFor, type Load } from "./trainingData.ts";

type Part = readonly [x: Tensor, y: Tensor];

/** A table, and its classes where it has some. */
interface TableSet {
  loadData(): Promise<readonly [train: Part, test: Part]>;
  readonly names?: readonly string[];
}

type Name = "bostonHousing" | "californiaHousing" | "iris" | "wine" | "breastCancer";

const sets: { readonly [N in Name]: TableSet } = {
  bostonHousing: { loadData: () => bostonHousing.loadData() },
  californiaHousing: { loadData: () => californiaHousing.loadData() },
  iris: { loadData: () => iris.loadData(), names: iris.targetNames },
  wine: { loadData: () => wine.loadData(), names: wine.targetNames },
  breastCancer: { loadData: () => breastCancer.loadData(), names: breastCancer.targetNames },
};

/** Loads a table, each column of its inputs brought to mean 0 and standard deviation 1 over the training rows. */
export function table(name: Name): Load {
  return async ({ limit, seed, validationSplit = 0 }: DataSettings) => {
    const { loadData, names } = sets[name];
    const [train, test] = await loadData();
    const xs = spreadOf(train[0]);
    const task: Task =
      names === undefined
        ? { kind: "numbers", outputs: 1, scale: await scaleOf(train[1]) }
        : { kind: "classes", classes: names.length, names };
    const ready = ([x, y]: Part): SampleSet => {
      const set = scope(() => ({
        x: x.sub(xs.mean).div(xs.stddev),
        y: y.reshape(task.kind === "numbers" ? [-1, 1] : [-1]),
      }));
      x.dispose();
      y.dispose();
      return firstOf(set, limit);
    };
    const samples = { ...splitOff(ready(train), validationSplit, seed), test: ready(test) };
    const [mean, stddev] = [await numbersOf(xs.mean), await numbersOf(xs.stddev)];
    return {
      name,
      task,
      input: { kind: "array", mean, stddev },
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

async function scaleOf(y: Tensor): Promise<{ readonly mean: number; readonly stddev: number }> {
  const { mean, stddev } = spreadOf(y);
  return { mean: (await numbersOf(mean))[0] as number, stddev: (await numbersOf(stddev))[0] as number };
}

/** The elements of a tensor, which is given up. */
async function numbersOf(x: Tensor): Promise<readonly number[]> {
  const numbers = Array.from((await x.data()) as Float32Array);
  x.dispose();
  return numbers;
}
