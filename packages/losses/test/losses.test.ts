/** What losses do beyond the reference numbers: logits, labels, weights, subclasses, names. */

import { GradientTape } from "@crease/autograd";
import { type Backend, BackendError, ShapeError, ValueError } from "@crease/backend";
import { cpuBackend } from "@crease/backend-cpu";
import { getBackend, scope, type Tensor, tensor } from "@crease/tensor";
import { describe, expect, test } from "vitest";
import {
  BinaryCrossentropy,
  CategoricalCrossentropy,
  getLoss,
  Loss,
  LossFunctionWrapper,
  MeanSquaredError,
  meanSquaredError,
  SparseCategoricalCrossentropy,
} from "../src/index.ts";

function gradientOf(f: (x: Tensor) => Tensor, x: Tensor): Tensor | null {
  const tape = new GradientTape();
  tape.watch(x);
  const target = tape.record(() => f(x));
  return tape.gradient(target, [x])[0] ?? null;
}

describe("logits that activations leave", () => {
  test("softmax: no logarithm of a rounded probability", async () => {
    const probabilities = tensor([[200, 0]]).softmax();
    expect(await new SparseCategoricalCrossentropy().apply([1], probabilities).item()).toBe(200);
    expect(await new CategoricalCrossentropy().apply([[0, 1]], probabilities).item()).toBe(200);
  });

  test("sigmoid: no logarithm of a rounded probability", async () => {
    expect(await new BinaryCrossentropy().apply([[1]], tensor([[-200]]).sigmoid()).item()).toBe(200);
  });

  test("without them probabilities are clipped", async () => {
    const clipped = -Math.log(1e-7);
    expect(await new SparseCategoricalCrossentropy().apply([1], [[1, 0]]).item()).toBeCloseTo(clipped, 4);
    expect(await new BinaryCrossentropy().apply([[1]], [[0]]).item()).toBeCloseTo(clipped, 4);
  });

  test("softmax's are no logits for the binary loss, nor sigmoid's for the categorical ones", async () => {
    const x = tensor([[0.3, -0.8]]);
    const soft = x.softmax();
    const sigmoid = x.sigmoid();
    const plain = (p: Tensor): Tensor => p.add(0);
    const binary = new BinaryCrossentropy();
    const categorical = new CategoricalCrossentropy();
    expect(await binary.apply([[1, 0]], soft).item()).toBe(await binary.apply([[1, 0]], plain(soft)).item());
    expect(await categorical.apply([[1, 0]], sigmoid).item()).toBe(
      await categorical.apply([[1, 0]], plain(sigmoid)).item(),
    );
  });

  test("softmax of an inner axis gives no logits for the last", async () => {
    const p = tensor([
      [1, 2],
      [3, 5],
    ]).softmax(0);
    const loss = new CategoricalCrossentropy();
    expect(await loss.apply([[1, 0]], p.slice([0, 1])).item()).toBe(
      await loss.apply([[1, 0]], p.add(0).slice([0, 1])).item(),
    );
  });

  test("they carry the gradient of a saturated softmax and sigmoid", async () => {
    const sparse = gradientOf((x) => new SparseCategoricalCrossentropy().apply([1], x.softmax()), tensor([[200, 0]]));
    expect(await sparse?.array()).toEqual([[1, -1]]);
    const binary = gradientOf((x) => new BinaryCrossentropy().apply([[1]], x.sigmoid()), tensor([[-200]]));
    expect(await binary?.array()).toEqual([[-1]]);
  });

  test("binary logits of 0 have the gradient 1/2 - label", async () => {
    const loss = new BinaryCrossentropy({ fromLogits: true, reduction: "none" });
    const gradient = gradientOf((x) => loss.apply([[1], [0]], x).sum(), tensor([[0], [0]]));
    expect(await gradient?.array()).toEqual([[-0.5], [0.5]]);
  });
});

describe("sparse labels", () => {
  const probabilities = [
    [0.1, 0.2, 0.7],
    [0.5, 0.25, 0.25],
  ];
  const loss = new SparseCategoricalCrossentropy({ reduction: "none" });
  const expected = [-Math.log(0.7), -Math.log(0.5)].map(Math.fround);

  test.each(["int32", "uint8", "int8", "float32", "float64"] as const)("may be %s", async (dtype) => {
    const values = (await loss.apply(tensor([2, 0], { dtype }), probabilities).array()) as number[];
    for (const [i, value] of values.entries()) expect(value).toBeCloseTo(expected[i] as number, 6);
  });

  test("may be a column", async () => {
    expect(loss.apply([[2], [0]], probabilities).shape).toEqual([2]);
  });

  test("outside the classes name the first bad one, for probabilities too", () => {
    expect(() => loss.apply([2, 3], probabilities)).toThrow(ValueError);
    expect(() => loss.apply([2, 3], probabilities)).toThrow(/3/);
    expect(() => loss.apply([-1, 0], probabilities)).toThrow(/-1/);
  });

  test("given as fractions or NaN are refused", () => {
    expect(() => loss.apply([0.5, 1], probabilities)).toThrow(ValueError);
    expect(() => loss.apply([0.5, 1], probabilities)).toThrow(/^sparseCategoricalCrossentropy: 0.5 is no integer/);
    expect(() => loss.apply([Number.NaN, 1], probabilities)).toThrow(ValueError);
  });

  test("of another number than the predictions are refused", () => {
    expect(() => loss.apply([0, 1, 2], probabilities)).toThrow(ShapeError);
    expect(() =>
      loss.apply(
        [
          [0, 1, 0],
          [1, 0, 0],
        ],
        probabilities,
      ),
    ).toThrow(/categoricalCrossentropy/);
  });

  test("all ignored: the mean is 0, and so is the gradient", async () => {
    const ignoring = new SparseCategoricalCrossentropy({ ignoreClass: -1 });
    expect(await ignoring.apply([-1, -1], probabilities).item()).toBe(0);
    const gradient = gradientOf((x) => ignoring.apply([-1, -1], x), tensor(probabilities));
    expect(await gradient?.array()).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });

  test("classes on an inner axis", async () => {
    const inner = new SparseCategoricalCrossentropy({ axis: 1, reduction: "none" });
    const moved = tensor([probabilities]).transpose([0, 2, 1]);
    const plain = (await loss.apply([[2, 0]], tensor([probabilities])).array()) as number[][];
    expect(await inner.apply([[2, 0]], moved).array()).toEqual(plain);
  });
});

describe("shapes", () => {
  test("are never broadcast", () => {
    expect(() => meanSquaredError([[1, 2]], [[1], [2]])).toThrow(ShapeError);
    expect(() => new MeanSquaredError().apply([1, 2, 3], [[1, 2, 3]])).toThrow(/float32\[3\].*float32\[1,3\]/);
  });

  test("a weight for each sample weighs rows, whatever the number of columns", async () => {
    const loss = new MeanSquaredError({ reduction: "none" });
    const values = await loss
      .apply(
        [
          [[0], [0]],
          [[0], [0]],
        ],
        [
          [[1], [2]],
          [[3], [4]],
        ],
        { sampleWeight: [1, 10] },
      )
      .array();
    expect(values).toEqual([
      [1, 4],
      [90, 160],
    ]);
  });

  test("weights of another number are refused", () => {
    expect(() => new MeanSquaredError().apply([[1], [2]], [[1], [2]], { sampleWeight: [1, 2, 3] })).toThrow(ShapeError);
  });

  test("weights that are all 0 give 0, and a gradient of 0", async () => {
    const loss = new MeanSquaredError({ reduction: "meanWithSampleWeight" });
    const weighted = (x: Tensor): Tensor => loss.apply([[1], [2]], x, { sampleWeight: [0, 0] });
    expect(await weighted(tensor([[3], [4]])).item()).toBe(0);
    expect(await gradientOf(weighted, tensor([[3], [4]]))?.array()).toEqual([[0], [0]]);
  });

  test("an empty batch has the loss 0", async () => {
    expect(
      await new MeanSquaredError().apply(tensor([], { shape: [0, 3] }), tensor([], { shape: [0, 3] })).item(),
    ).toBe(0);
  });
});

describe("own losses", () => {
  class Largest extends Loss {
    override call(yTrue: Tensor, yPred: Tensor): Tensor {
      return yTrue.sub(yPred).abs().max(-1);
    }
  }

  test("as a subclass", async () => {
    expect(new Largest().name).toBe("largest");
    expect(
      await new Largest({ reduction: "sum" })
        .apply(
          [
            [1, 2],
            [3, 4],
          ],
          [
            [1, 5],
            [4, 4],
          ],
        )
        .item(),
    ).toBe(4);
  });

  test("as a function", async () => {
    const largest = (yTrue: Tensor, yPred: Tensor): Tensor => yTrue.sub(yPred).abs().max(-1);
    const loss = getLoss(largest);
    expect(loss).toBeInstanceOf(LossFunctionWrapper);
    expect(loss.name).toBe("largest");
    expect(await loss.apply([[1, 2]], [[1, 5]]).item()).toBe(3);
  });
});

describe("getLoss", () => {
  test("gives back an instance", () => {
    const loss = new MeanSquaredError();
    expect(getLoss(loss)).toBe(loss);
  });

  test.each([
    ["mse", "meanSquaredError"],
    ["mae", "meanAbsoluteError"],
    ["sparseCategoricalCrossentropy", "sparseCategoricalCrossentropy"],
  ] as const)("%s is %s", (name, loss) => expect(getLoss(name).name).toBe(loss));

  test.each([
    [[8, 1], [8, 1], "binaryCrossentropy"],
    [[8], [8, 1], "binaryCrossentropy"],
    [[8], [8, 3], "sparseCategoricalCrossentropy"],
    [[8, 1], [8, 3], "sparseCategoricalCrossentropy"],
    [[8, 3], [8, 3], "categoricalCrossentropy"],
  ] as const)("crossentropy of %j and %j is %s", (yTrueShape, yPredShape, name) => {
    expect(getLoss("crossentropy", { yTrueShape, yPredShape }).name).toBe(name);
  });

  test("refuses names that objects have by themselves", () => {
    expect(() => getLoss("constructor" as "mse")).toThrow(ValueError);
  });

  test("proposes the nearest name", () => {
    expect(() => getLoss("meanSqaredError" as "mse")).toThrow(/Did you mean "meanSquaredError"/);
  });
});

test("a loss of float64 stays float64", () => {
  const x = tensor([[1, 2]], { dtype: "float64" });
  expect(new MeanSquaredError().apply([[1, 0]], x).dtype).toBe("float64");
});

test("targets on another backend are refused, numbers go to the predictions' backend", async () => {
  const other = cpuBackend() as unknown as Backend;
  const yPred = tensor([[0.5]], { backend: other });
  expect(() => new MeanSquaredError().apply(tensor([[1]]), yPred)).toThrow(BackendError);
  const loss = new SparseCategoricalCrossentropy({ ignoreClass: 5 }).apply([0], yPred, { sampleWeight: [1] });
  expect(loss.backend).toBe(other);
});

test("only the result is left in memory", () => {
  const yPred = tensor([[0.2, 0.8]]).softmax();
  const before = getBackend().memory().buffers;
  const loss = new SparseCategoricalCrossentropy({ ignoreClass: -1 }).apply([1], yPred, { sampleWeight: [2] });
  expect(getBackend().memory().buffers).toBe(before + 1);
  loss.dispose();
  scope(() => new MeanSquaredError({ reduction: "none" }).apply([[1]], [[2]]) && undefined);
  expect(getBackend().memory().buffers).toBe(before);
});
