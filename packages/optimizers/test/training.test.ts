/** Training with a tape: the chapter's linear classifier, by every optimizer, without growing memory. */
import { GradientTape } from "@crease/autograd";
import { concat, getBackend, randomNormal, scope, type Tensor, tensor, Variable, zeros } from "@crease/tensor";
import { expect, test } from "vitest";
import {
  Adadelta,
  Adafactor,
  Adagrad,
  Adam,
  Adamax,
  AdamW,
  Ftrl,
  Lamb,
  Lion,
  Muon,
  Nadam,
  type Optimizer,
  RMSprop,
  SGD,
} from "../src/index.ts";

const optimizers: readonly (readonly [string, () => Optimizer])[] = [
  ["SGD", () => new SGD({ learningRate: 0.1 })],
  ["SGD with momentum", () => new SGD({ learningRate: 0.02, momentum: 0.9, nesterov: true })],
  ["Adagrad", () => new Adagrad({ learningRate: 0.3 })],
  ["RMSprop", () => new RMSprop({ learningRate: 0.02 })],
  ["Adam", () => new Adam({ learningRate: 0.05 })],
  ["AdamW", () => new AdamW({ learningRate: 0.05 })],
  ["Adadelta", () => new Adadelta({ learningRate: 0.3, epsilon: 1e-3 })],
  ["Adamax", () => new Adamax({ learningRate: 0.05 })],
  ["Nadam", () => new Nadam({ learningRate: 0.05 })],
  ["Ftrl", () => new Ftrl({ learningRate: 0.3 })],
  ["Lion", () => new Lion({ learningRate: 0.01 })],
  ["Lamb", () => new Lamb({ learningRate: 0.05 })],
  ["Adafactor", () => new Adafactor({ learningRate: 0.1 })],
  ["Muon", () => new Muon({ learningRate: 0.05 })],
];

/** Two clouds of points, as in the chapter: class 0 around (0, 3), class 1 around (3, 0). */
function clouds(count: number): readonly [Tensor, Tensor] {
  return scope(() => {
    const first = randomNormal([count, 2], { seed: 1 }).add([0, 3]);
    const second = randomNormal([count, 2], { seed: 2 }).add([3, 0]);
    const labels = tensor([...Array(count).fill(0), ...Array(count).fill(1)], { shape: [2 * count, 1] });
    return [concat([first, second]), labels] as const;
  });
}

test.each(optimizers)("%s separates two clouds in a hundred steps that leave memory as it was", (_, make) => {
  const start = getBackend().memory();
  const [points, labels] = clouds(100);
  const w = scope(() => new Variable(randomNormal([2, 1], { seed: 3, stddev: 0.1 }), { name: "w" }));
  const b = scope(() => new Variable(zeros([1]), { name: "b" }));
  const optimizer = make();
  const step = (): number =>
    scope(() => {
      const tape = new GradientTape();
      const loss = tape.record(() => points.matmul(w).add(b).squaredDifference(labels).mean());
      optimizer.apply(tape.gradient(loss, [w, b]), [w, b]);
      return loss.itemSync();
    });
  const first = step();
  const during = getBackend().memory();
  let last = first;
  for (let i = 0; i < 100; i++) last = step();
  expect(getBackend().memory()).toEqual(during);
  expect(last).toBeLessThan(first / 4);
  const accuracy = scope(() =>
    points.matmul(w).add(b).greater(0.5).cast("float32").equal(labels).cast("float32").mean().itemSync(),
  );
  expect(accuracy).toBeGreaterThan(0.95);
  for (const x of [points, labels, w, b, optimizer]) x.dispose();
  expect(getBackend().memory()).toEqual(start);
});
