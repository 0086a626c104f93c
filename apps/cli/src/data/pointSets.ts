/** Points in the plane as training data. */
import { blobs, circles, moons, type Points, spirals } from "@crease/datasets";
import { inMemory, type SampleSet, splitOff } from "./tensorData.ts";
import type { DataSettings, Load } from "./trainingData.ts";

type Name = "moons" | "circles" | "spirals" | "blobs";

/** How each set is drawn, with the noise that makes it a task. */
const sets: { readonly [N in Name]: { readonly classes: number; draw(count: number, seed: number): Points } } = {
  moons: { classes: 2, draw: (count, seed) => moons(count, { noise: 0.15, seed }) },
  circles: { classes: 2, draw: (count, seed) => circles(count, { noise: 0.08, factor: 0.5, seed }) },
  spirals: { classes: 2, draw: (count, seed) => spirals(count, { noise: 0.03, seed }) },
  blobs: {
    classes: 3,
    draw: (count, seed) =>
      blobs(count, {
        centers: [
          [-2, 0],
          [2, 0],
          [0, 3],
        ],
        seed,
      }),
  },
};
const trainCount = 1000;
const testCount = 200;

/** Draws points to train on and, from another seed, to test with. */
export function points(name: Name): Load {
  return async ({ limit = trainCount, seed, validationSplit = 0 }: DataSettings) => {
    const { classes, draw } = sets[name];
    const drawn = (count: number, from: number): SampleSet => {
      const [x, y] = draw(count, from % 2 ** 32);
      return { x, y };
    };
    const train = drawn(Math.min(limit, trainCount), seed);
    return {
      name,
      task: { kind: "classes", classes },
      input: { kind: "array" },
      notes: [],
      digest: undefined,
      defaults: { hidden: [32, 32], epochs: 50, batchSize: 32 },
      ...inMemory({ ...splitOff(train, validationSplit, seed), test: drawn(testCount, seed + 1) }, seed),
    };
  };
}
