/** The well-known data sets of pictures as training data. */
import { cifar10, cifar100, fashionMnist, mnist } from "@crease/datasets";
import { scope, type Tensor } from "@crease/tensor";
import { firstOf, inMemory, type SampleSet, splitOff } from "./tensorData.ts";
import type { DataSettings, Load, TrainingDefaults } from "./trainingData.ts";

type Part = readonly [images: Tensor, labels: Tensor];

/** A data set of pictures of one size. */
interface Pictures {
  loadData(): Promise<readonly [train: Part, test: Part]>;
  readonly side: number;
  readonly channels: 1 | 3;
  readonly classes: number;
  readonly names?: readonly string[];
  readonly defaults: TrainingDefaults;
}

/** The chapter's training. */
const chapter: TrainingDefaults = { hidden: [512], epochs: 5, batchSize: 128 };
const coloured: TrainingDefaults = { hidden: [512, 256], epochs: 20, batchSize: 128 };

const sets: { readonly [name in "mnist" | "fashionMnist" | "cifar10" | "cifar100"]: Pictures } = {
  mnist: { loadData: () => mnist.loadData(), side: 28, channels: 1, classes: 10, defaults: chapter },
  fashionMnist: {
    ...{ loadData: () => fashionMnist.loadData(), side: 28, channels: 1, classes: 10, defaults: chapter },
    names: fashionMnist.classNames,
  },
  cifar10: {
    ...{ loadData: () => cifar10.loadData(), side: 32, channels: 3, classes: 10, defaults: coloured },
    names: cifar10.classNames,
  },
  cifar100: { loadData: () => cifar100.loadData(), side: 32, channels: 3, classes: 100, defaults: coloured },
};

/** Loads a data set of pictures as flat rows of pixels from 0 to 1. */
export function pictures(name: keyof typeof sets): Load {
  return async ({ limit, seed, validationSplit = 0 }: DataSettings) => {
    const { loadData, side, channels, classes, names, defaults } = sets[name];
    const [train, test] = await loadData();
    const flat = ([images, labels]: Part): SampleSet => {
      const { x, y } = firstOf({ x: images, y: labels }, limit);
      const set = scope(() => ({
        x: x
          .reshape([-1, side * side * channels])
          .cast("float32")
          .div(255),
        y: y.reshape([-1]),
      }));
      x.dispose();
      y.dispose();
      return set;
    };
    return {
      name,
      task: { kind: "classes", classes, ...(names === undefined ? {} : { names }) },
      input: { kind: "image", height: side, width: side, channels, flat: true },
      notes: [],
      digest: undefined,
      defaults,
      ...inMemory({ ...splitOff(flat(train), validationSplit, seed), test: flat(test) }, seed),
    };
  };
}
