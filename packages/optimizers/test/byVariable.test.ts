/** Optimizers that treat variables by their shape, name or value: Muon, Adafactor, Lamb; and Nadam's long run. */
import { scope, type Tensor, tensor, Variable } from "@crease/tensor";
import { describe, expect, test } from "vitest";
import { expectClose } from "../../../testdata/golden.ts";
import { Adafactor, AdamW, Lamb, Muon, type MuonOptions, Nadam, type Optimizer } from "../src/index.ts";

const matrix = [
  [0.5, -1, 2],
  [1, 0.25, -0.5],
];
const slope = [
  [0.1, 0.3, -0.2],
  [-0.4, 0.2, 0.6],
];
const numbers = (x: Variable): number[] => scope(() => Array.from(x.value.dataSync() as Float32Array));
const after = (optimizer: Optimizer, w: Variable, gradient: Tensor = tensor(slope)): number[] => {
  for (let i = 0; i < 3; i++) optimizer.apply([gradient], [w]);
  return numbers(w);
};
const close = { relative: 1e-6, absolute: 1e-7 };

describe("Muon", () => {
  const byMuon = (name: string, options: MuonOptions = {}): number[] =>
    after(new Muon({ learningRate: 0.1, ...options }), new Variable(matrix, { name }));
  const byAdamW = after(new AdamW({ learningRate: 0.1 }), new Variable(matrix));

  test("leaves embeddings and excluded matrices to AdamW", () => {
    expectClose(byMuon("Token_Embeddings"), byAdamW, close);
    expectClose(byMuon("output_kernel", { excludeLayers: ["output"] }), byAdamW, close);
    const plain = byMuon("kernel");
    expect(plain).not.toEqual(byAdamW);
    expect(byMuon("kernel", { excludeLayers: ["output"] })).toEqual(plain);
    expect(byMuon("embeddings", { excludeEmbeddings: false })).toEqual(plain);
  });

  test("decays matrices and the others each by their own number", () => {
    const still = { learningRate: 0.5, nsSteps: 0 };
    const zero = tensor([[0]]);
    const once = (name: string, options: MuonOptions): number => {
      const w = new Variable([[1]], { name });
      new Muon({ ...still, ...options }).apply([zero], [w]);
      return numbers(w)[0] as number;
    };
    expect(once("kernel", { weightDecay: 0.5 })).toBe(0.75);
    expect(once("kernel", { weightDecay: null })).toBe(1);
    expect(once("embeddings", { weightDecay: null, adamWeightDecay: 0.5 })).toBe(0.75);
    expect(once("embeddings", { weightDecay: 0.5, adamWeightDecay: null })).toBe(1);
  });

  test.each([
    ["wide", matrix],
    ["tall", tensor(matrix).transpose().arraySync() as number[][]],
  ])("makes a %s step nearly orthogonal", (_, gradient) => {
    const w = new Variable(tensor(gradient).mul(0));
    new Muon({ learningRate: 1, rmsRate: null }).apply([tensor(gradient)], [w]);
    const step = w.value;
    const isTall = (gradient[0] as number[]).length < gradient.length;
    const [[a, b], [c, d]] = step.matmul(step, { transposeA: isTall, transposeB: !isTall }).arraySync() as [
      [number, number],
      [number, number],
    ];
    // The squared singular values: the rounds bring them to between 0.7 and 1.2 before squaring.
    const spread = Math.sqrt(((a - d) / 2) ** 2 + b * c);
    expect((a + d) / 2 - spread).toBeGreaterThan(0.68 ** 2);
    expect((a + d) / 2 + spread).toBeLessThan(1.21 ** 2);
  });
});

test("Adafactor factors the last two axes of more", () => {
  const make = (): Adafactor => new Adafactor({ learningRate: 0.1 });
  const flat = after(make(), new Variable(matrix));
  const [w, optimizer] = [new Variable([matrix]), make()];
  expectClose(after(optimizer, w, tensor([slope])), flat, close);
  const shapes = Object.entries(optimizer.slots(w)).map(([slot, { shape }]) => [slot, shape]);
  expect(shapes).toEqual([
    ["rowVelocity", [1, 2]],
    ["columnVelocity", [1, 3]],
    ["velocity", [1, 2, 3]],
  ]);
});

test("Adafactor bounds the size it measures by, the rate and the update", () => {
  const w = new Variable([0, 0]);
  const optimizer = new Adafactor({ learningRate: 10, epsilon2: 0.25, clipThreshold: 0.5 });
  optimizer.apply([tensor([3, -3])], [w]);
  // The update is [1, -1], halved to the threshold; the rate is 1 at the first step.
  expect(numbers(w)).toEqual([-0.125, 0.125]);
});

test("Lamb's step keeps its own length where variable or gradient is zero", () => {
  const w = new Variable([0, 0]);
  const optimizer = new Lamb({ learningRate: 0.5 });
  optimizer.apply([tensor([0, 0])], [w]);
  expect(numbers(w)).toEqual([0, 0]);
  new Lamb({ learningRate: 0.5 }).apply([tensor([2, -3])], [w]);
  expectClose(numbers(w), [-0.5, 0.5], { relative: 1e-5, absolute: 0 });
});

test("Nadam's product is that of the momentum's schedule, however long", () => {
  const optimizer = new Nadam({ beta1: 0.5 });
  expect(optimizer.momentumProduct).toBe(1);
  let product = 1;
  for (let t = 1; t <= 12; t++) product *= 0.5 * (1 - 0.5 * 0.96 ** t);
  optimizer.state = { steps: 12, learningRate: 0.001 };
  expectClose([optimizer.momentumProduct], [product], { relative: 1e-12, absolute: 0 });
  optimizer.state = { steps: 1e6, learningRate: 0.001 };
  expect(optimizer.momentumProduct).toBe(0);
  const w = new Variable([1]);
  optimizer.apply([tensor([1])], [w]);
  expect(numbers(w)[0]).toBeLessThan(1);
});
