/** MNIST as training data. */
import { mnist } from "@crease/datasets";
import { scope, type Tensor } from "@crease/tensor";
import { firstOf, inMemory, type SampleSet, splitOff } from "./tensorData.ts";
import type { DataSettings, TrainingData } from "./trainingData.ts";

const side = 28;

/** The digits as flat rows of pixels from 0 to 1. @throws DataError where they are missing or damaged. */
export async function loadDigits({ limit, seed, validationSplit = 0 }: DataSettings): Promise<TrainingData> {
  const [train, test] = await mnist.loadData();
  const digits = ([images, labels]: [Tensor, Tensor]): SampleSet => {
    const { x, y } = firstOf({ x: images, y: labels }, limit);
    const flat = scope(() =>
      x
        .reshape([-1, side * side])
        .cast("float32")
        .div(255),
    );
    x.dispose();
    return { x: flat, y };
  };
  return {
    name: "mnist",
    task: { kind: "classes", classes: 10 },
    input: { kind: "image", height: side, width: side, channels: 1, flat: true },
    notes: [],
    digest: undefined,
    // The chapter's.
    defaults: { hidden: [512], epochs: 5, batchSize: 128 },
    ...inMemory({ ...splitOff(digits(train), validationSplit, seed), test: digits(test) }, seed),
  };
}
