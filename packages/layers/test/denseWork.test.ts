/** The layers for dense work, where the reference numbers do not reach: noise, masks, configs, memory, bad input. */
import { AxisError, ShapeError, ValueError } from "@crease/backend";
import { getBackend, ones, randomNormal, randomUniform, scope, type Tensor, tensor, zeros } from "@crease/tensor";
import { describe, expect, test } from "vitest";
import {
  Add,
  AlphaDropout,
  Average,
  BatchNormalization,
  type CallOptions,
  Concatenate,
  Dense,
  Dot,
  EinsumDense,
  ELU,
  Embedding,
  GaussianDropout,
  GaussianNoise,
  GroupNormalization,
  getLayer,
  Initializer,
  Lambda,
  Layer,
  LayerNormalization,
  LeakyReLU,
  Masking,
  Maximum,
  Minimum,
  Multiply,
  Permute,
  PReLU,
  ReLU,
  RepeatVector,
  RMSNormalization,
  Softmax,
  Subtract,
  type Tensors,
  UnitNormalization,
} from "../src/index.ts";
import { shapesOf } from "../src/shape.ts";

type AnyLayer = Layer<Tensors, Tensors>;
const numbers = async (x: Tensor): Promise<number[]> => [...((await x.data()) as Float32Array)];
const close = (actual: readonly number[], expected: readonly number[]): void => {
  expect(actual.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(actual[i]).toBeCloseTo(value, 5);
};

/** Every layer with options other than the defaults, and an input for it. */
const examples: readonly (() => readonly [unknown, Tensors])[] = [
  () => [new ReLU({ maxValue: 2, negativeSlope: 0.1, threshold: 0.5 }), randomNormal([2, 3])],
  () => [new LeakyReLU({ negativeSlope: 0.1 }), randomNormal([2, 3])],
  () => [new PReLU({ alphaInitializer: "ones", alphaRegularizer: "l2", sharedAxes: [1] }), randomNormal([2, 3, 4])],
  () => [new ELU({ alpha: 0.5 }), randomNormal([2, 3])],
  () => [new Softmax({ axis: [1, 2] }), randomNormal([2, 3, 4])],
  () => [new Permute([3, 1, 2]), randomNormal([2, 3, 4, 5])],
  () => [new RepeatVector(3), randomNormal([2, 3])],
  () => [new GaussianNoise(0.1, { seed: 3 }), randomNormal([2, 3])],
  () => [new GaussianDropout(0.1, { seed: 3 }), randomNormal([2, 3])],
  () => [new AlphaDropout(0.1, { seed: 3, noiseShape: [null, 1] }), randomNormal([2, 3])],
  () => [new BatchNormalization({ axis: 1, momentum: 0.5, scale: false }), randomNormal([2, 3, 4])],
  () => [new LayerNormalization({ axis: [1, -1], epsilon: 0.1, center: false }), randomNormal([2, 3, 4])],
  () => [new LayerNormalization({ scale: false, center: false }), randomNormal([2, 3, 4])],
  () => [new GroupNormalization({ groups: -1, axis: 1 }), randomNormal([2, 3, 4])],
  () => [new RMSNormalization({ axis: [1, 2], epsilon: 0.1 }), randomNormal([2, 3, 4])],
  () => [new UnitNormalization({ axis: [1, 2] }), randomNormal([2, 3, 4])],
  () => [new Embedding(5, 2, { maskZero: true, embeddingsConstraint: "unitNorm" }), tensor([[1, 4]])],
  () => [new EinsumDense("...b,bcd->...cd", [2, 3], { biasAxes: "d", activation: "relu" }), ones([2, 4, 5])],
  () => [new Masking({ maskValue: 1 }), ones([2, 3, 4])],
  () => [new Add(), [ones([2, 3]), ones([2, 1])]],
  () => [new Subtract(), [ones([2, 3]), ones([2, 1])]],
  () => [new Multiply(), [ones([2, 3]), ones([2, 1])]],
  () => [new Average(), [ones([2, 3]), ones([2, 1])]],
  () => [new Maximum(), [ones([2, 3]), ones([2, 1])]],
  () => [new Minimum(), [ones([2, 3]), ones([2, 1])]],
  () => [new Concatenate({ axis: 1 }), [ones([2, 3, 1]), ones([2, 2, 1])]],
  () => [new Dot([1, 2], { normalize: true }), [ones([2, 3]), ones([2, 4, 3])]],
];

for (const example of examples) {
  const [{ className }] = example() as unknown as readonly [AnyLayer];
  describe(className, () => {
    test("is made anew from its config, and says the shape that it gives", async () => {
      const [made, x] = example();
      const layer = made as AnyLayer;
      const y = layer.apply(x) as Tensor;
      const copy = getLayer({
        className,
        config: JSON.parse(JSON.stringify(layer.getConfig())) as Record<string, unknown>,
      }) as unknown as AnyLayer;
      copy.ensureBuilt(shapesOf(x));
      copy.setWeights(layer.getWeights());
      expect(copy.getConfig()).toEqual(layer.getConfig());
      expect(await numbers(copy.apply(x) as Tensor)).toEqual(await numbers(y));
      expect(layer.computeOutputShape(shapesOf(x))).toEqual(y.shape);
    });

    test("leaves nothing behind but its output", () => {
      const [made, x] = example();
      const layer = made as AnyLayer;
      (layer.apply(x, { training: true }) as Tensor).dispose();
      const before = getBackend().memory();
      const y = layer.apply(x, { training: true }) as Tensor;
      const isInput = y === x;
      if (!isInput) y.dispose();
      expect(getBackend().memory()).toEqual(before);
    });
  });
}

describe("noise", () => {
  test("is only for training, follows the seed, and goes on from call to call", async () => {
    const x = ones([4, 50]);
    for (const make of [
      () => new GaussianNoise(0.5, { seed: 5 }),
      () => new GaussianDropout(0.5, { seed: 5 }),
      () => new AlphaDropout(0.5, { seed: 5 }),
    ]) {
      const [a, b] = [make(), make()];
      expect(await numbers(a.apply(x))).toEqual(await numbers(x));
      const first = await numbers(a.apply(x, { training: true }));
      expect(first).toEqual(await numbers(b.apply(x, { training: true })));
      expect(first).not.toEqual(await numbers(a.apply(x, { training: true })));
      expect(first).not.toEqual(await numbers(x));
    }
  });

  test("of an alpha dropout drops along axes of size 1 together", async () => {
    const y = new AlphaDropout(0.5, { seed: 1, noiseShape: [null, 1] }).apply(ones([20, 3]), { training: true });
    const rows = (await y.array()) as number[][];
    for (const row of rows) expect(new Set(row).size).toBe(1);
    expect(new Set(rows.map((row) => row[0])).size).toBe(2);
  });
});

describe("batch normalization", () => {
  test("counts what the mask keeps", async () => {
    const x = tensor([
      [[1], [2], [90]],
      [[3], [70], [80]],
    ]);
    const mask = tensor([
      [true, true, false],
      [true, false, false],
    ]);
    const layer = new BatchNormalization({ momentum: 0, epsilon: 0 });
    await layer.apply(x, { training: true, mask }).data();
    close(await numbers((layer.movingMean as { value: Tensor }).value), [2]);
    close(await numbers((layer.movingVariance as { value: Tensor }).value), [2 / 3]);
    expect(() => layer.apply(x, { training: true, mask: tensor([true]) })).toThrow(ShapeError);
  });

  test("keeps its statistics where it is not trainable", async () => {
    const layer = new BatchNormalization({ trainable: false, epsilon: 0 });
    close(await numbers(layer.apply([[1], [3]], { training: true })), [1, 3]);
    close(await numbers((layer.movingMean as { value: Tensor }).value), [0]);
    expect(layer.trainableWeights.length).toBe(0);
  });

  test("keeps its statistics where a layer around it is not trainable", async () => {
    class Block extends Layer {
      readonly inner: readonly Layer[];
      constructor(inner: readonly Layer[]) {
        super();
        this.inner = inner;
      }
      override call(x: Tensor, options: CallOptions): Tensor {
        return this.inner.reduce((h, layer) => layer.apply(h, options), x);
      }
    }
    const layer = new BatchNormalization({ momentum: 0 });
    const block = new Block([new Block([layer])]);
    const meanAfter = async (): Promise<number[]> => {
      block.apply([[1], [3]], { training: true });
      return numbers((layer.movingMean as { value: Tensor }).value);
    };
    block.trainable = false;
    expect(await meanAfter()).toEqual([0]);
    block.trainable = true;
    expect(await meanAfter()).toEqual([2]);
  });

  test("trains only gamma and beta", () => {
    const layer = new BatchNormalization();
    layer.build([null, 3]);
    expect(layer.trainableWeights).toEqual([layer.gamma, layer.beta]);
    expect(layer.nonTrainableWeights).toEqual([layer.movingMean, layer.movingVariance]);
  });
});

describe("axes", () => {
  test("in the middle give what moving them to the end gives", async () => {
    const x = randomUniform([2, 4, 3], { seed: 1 });
    for (const make of [
      (axis: number) => new LayerNormalization({ axis }),
      (axis: number) => new BatchNormalization({ axis }),
      (axis: number) => new GroupNormalization({ axis, groups: 2 }),
      (axis: number) => new RMSNormalization({ axis }),
      (axis: number) => new Softmax({ axis }),
      (axis: number) => new UnitNormalization({ axis }),
    ]) {
      const middle = make(1).apply(x, { training: true });
      const last = make(-1).apply(x.swapAxes(1, 2), { training: true }).swapAxes(1, 2);
      close(await numbers(middle), await numbers(last));
    }
  });

  test("and sizes that do not fit are refused", () => {
    const normalization = new BatchNormalization();
    normalization.build([null, 4]);
    expect(() => normalization.apply(ones([2, 1]))).toThrow(/built for size 4 along axis 1 and got 1/);
    expect(() => new BatchNormalization().build([null, null])).toThrow(ShapeError);
    expect(() => new LayerNormalization({ axis: 2 }).apply(ones([2, 3]))).toThrow(AxisError);
    expect(() => new LayerNormalization({ axis: [1, -1] }).apply(ones([2, 3]))).toThrow(/twice/);
    expect(() => new GroupNormalization({ groups: 3 }).apply(ones([2, 4]))).toThrow(/3 groups do not divide 4/);
    expect(() => new Permute([2, 1]).apply(ones([2, 3]))).toThrow(ShapeError);
    expect(() => new RepeatVector(2).apply(ones([2]))).toThrow(ShapeError);
    expect(() => new Softmax().apply(ones([2, 3]), { mask: ones([2]) })).toThrow(ShapeError);
    const slopes = new PReLU();
    slopes.build([null, 4]);
    expect(() => slopes.apply(ones([2, 1]))).toThrow(ShapeError);
  });
});

describe("merging", () => {
  test("puts axes after the batch where ranks differ, and passes unknown sizes on", async () => {
    const y = new Add().apply([
      tensor([[10, 20]]),
      tensor([
        [
          [1, 2],
          [3, 4],
        ],
      ]),
    ]);
    expect(await y.array()).toEqual([
      [
        [11, 22],
        [13, 24],
      ],
    ]);
    expect(
      new Add().computeOutputShape([
        [null, 1, 3],
        [4, null, 3],
        [null, 3],
      ]),
    ).toEqual([4, null, 3]);
    expect(
      new Concatenate().computeOutputShape([
        [null, 2],
        [5, null],
      ]),
    ).toEqual([5, null]);
    expect(
      new Dot(1).computeOutputShape([
        [null, 2],
        [5, 2],
      ]),
    ).toEqual([5, 1]);
    expect(new Average().apply([tensor([1, 2], { dtype: "int32" }), tensor([2, 2], { dtype: "int32" })]).dtype).toBe(
      "float32",
    );
  });

  test("refuses what is no list, other batch sizes and other counts", () => {
    const merge = new Add() as unknown as AnyLayer;
    expect(() => merge.apply(ones([2, 3]))).toThrow(/takes a list/);
    expect(() => merge.apply({ a: ones([2, 3]) })).toThrow(ValueError);
    expect(() => new Add().apply([ones([2, 3]), ones([1, 3])])).toThrow(/batch sizes differ/);
    expect(() => new Subtract().apply([ones([2]), ones([2]), ones([2])])).toThrow(/list of 2 inputs, got 3/);
    expect(() => new Dot(0).apply([ones([2, 3]), ones([2, 3])])).toThrow(ShapeError);
    expect(() => new Dot(1).apply([ones([2, 3]), ones([2, 4])])).toThrow(ShapeError);
    expect(() => new Dot(3).apply([ones([2, 3]), ones([2, 3])])).toThrow(AxisError);
  });
});

describe("einsum", () => {
  test("agrees with the dense layer, with dots on either side", async () => {
    const x = randomNormal([2, 3, 4], { seed: 1 });
    const dense = new Dense(5, { biasInitializer: "ones" });
    const expected = await numbers(dense.apply(x));
    for (const [equation, shape] of [
      ["abc,cd->abd", [null, 5]],
      ["...c,cd->...d", 5],
    ] as const) {
      const layer = new EinsumDense(equation, shape, { biasAxes: "d" });
      layer.build([null, null, 4]);
      layer.setWeights(dense.getWeights());
      expect(layer.computeOutputShape([null, null, 4])).toEqual([null, null, 5]);
      close(await numbers(layer.apply(x)), expected);
    }
    const right = new EinsumDense("ab...,bc->ac...", 5, { biasAxes: "c" });
    right.build([null, 4, 3]);
    expect(right.bias?.shape).toEqual([5, 1]);
    right.setWeights([...dense.getWeights().slice(0, 1), ones([5, 1])]);
    close(await numbers(right.apply(x.swapAxes(1, 2)).swapAxes(1, 2)), expected);
  });

  test("scales its first weights to the axes that it sums over", async () => {
    const layer = new EinsumDense("abc,cde->abde", [null, 20, 30]);
    layer.build([null, 7, 10]);
    const largest = await (layer.kernel as { value: Tensor }).value.abs().max().item();
    expect(largest).toBeLessThanOrEqual(Math.sqrt(6 / (10 + 600)));
    expect(largest).toBeGreaterThan(0.95 * Math.sqrt(6 / (10 + 600)));
  });

  test("refuses equations and inputs that do not fit", () => {
    for (const equation of ["ab,bc", "...ab,bc->ac", "ab,bc->ad", "ab,bcd->ac", "...a...,ab->...b...", ""])
      expect(() => new EinsumDense(equation, 3)).toThrow(ValueError);
    expect(() => new EinsumDense("ab,bc->ac", 3, { biasAxes: "b" })).toThrow(ValueError);
    expect(() => new EinsumDense("ab,bc->ac", 3).apply(ones([2, 3, 4]))).toThrow(ShapeError);
    expect(() => new EinsumDense("abc,cd->abd", [7, 3]).apply(ones([2, 3, 4]))).toThrow(/"b" is 3 in the input and 7/);
    expect(() => new EinsumDense("abc,cd->abd", 3).apply(ones([2, 3, 4]))).toThrow(ShapeError);
    const layer = new EinsumDense("ab,bc->ac", 3);
    layer.build([null, 4]);
    expect(() => layer.apply(ones([2, 5]))).toThrow(/built with a kernel of shape \[4,3\]/);
  });
});

describe("embedding", () => {
  test("takes floats as integers, refuses integers out of range, masks zeros", async () => {
    const layer = new Embedding(3, 1, { maskZero: true });
    expect(await numbers(layer.apply([[2.7]]))).toEqual(await numbers(layer.apply(tensor([[2]], { dtype: "int32" }))));
    expect(() => layer.apply([[-1]])).toThrow(ValueError);
    expect(await layer.computeMask(tensor([[0, 2]]))?.array()).toEqual([[false, true]]);
    expect(new Embedding(3, 1).computeMask(zeros([1]))).toBeNull();
  });
});

describe("a lambda", () => {
  test("is called with whether this is training, and gives up what it made on the way", async () => {
    const layer = new Lambda((x: Tensor, { training }) => x.add(1).mul(training ? 2 : 3), { outputShape: [2] });
    expect(await layer.apply([[1, 2]], { training: true }).array()).toEqual([[4, 6]]);
    expect(layer.computeOutputShape([null, 2])).toEqual([null, 2]);
    expect(new Lambda((x: Tensor) => x.sum(-1)).computeOutputShape([null, 2])).toEqual([null]);
    const x = ones([1, 2]);
    const before = getBackend().memory();
    layer.apply(x).dispose();
    expect(getBackend().memory()).toEqual(before);
    const pair = new Lambda((xs: readonly Tensor[]) => (xs[0] as Tensor).add(xs[1] as Tensor), { outputShape: [1] });
    expect(
      pair.computeOutputShape([
        [3, 1],
        [3, 1],
      ]),
    ).toEqual([3, 1]);
  });

  test("is neither saved nor loaded", () => {
    expect(() => new Lambda((x: Tensor) => x).getConfig()).toThrow(/files hold no code/);
    expect(() => getLayer({ className: "Lambda", config: { function: "x => x" } })).toThrow(/customObjects/);
  });
});

describe("configs", () => {
  test("find the user's own parts", () => {
    class Sevens extends Initializer {
      override initialize(shape: readonly number[]): Tensor {
        return scope(() => ones(shape).mul(7));
      }
    }
    const config = new BatchNormalization({ gammaInitializer: new Sevens() }).getConfig();
    const copy = getLayer({ className: "BatchNormalization", config }, { customObjects: { Sevens } });
    expect((copy as unknown as BatchNormalization).gammaInitializer).toBeInstanceOf(Sevens);
    expect(() => getLayer({ className: "BatchNormalization", config })).toThrow(/Sevens/);
  });

  test("that ask for what is not here are refused", () => {
    expect(() => BatchNormalization.fromConfig({ renorm: true })).toThrow(ValueError);
    expect(() => LayerNormalization.fromConfig({ rmsScaling: true })).toThrow(/RMSNormalization/);
  });
});

test("options out of range are refused when a layer is made", () => {
  for (const make of [
    () => new ReLU({ negativeSlope: -1 }),
    () => new ReLU({ maxValue: -1 }),
    () => new ReLU({ threshold: Number.NaN }),
    () => new LeakyReLU({ negativeSlope: -0.1 }),
    () => new ELU({ alpha: Number.NaN }),
    () => new Permute([1, 3]),
    () => new Permute([1, 1]),
    () => new RepeatVector(0),
    () => new GaussianNoise(1.1),
    () => new GaussianDropout(1),
    () => new AlphaDropout(1.2),
    () => new BatchNormalization({ momentum: 1.5 }),
    () => new LayerNormalization({ epsilon: -1 }),
    () => new RMSNormalization({ epsilon: -1 }),
    () => new GroupNormalization({ groups: 0 }),
    () => new Embedding(0, 2),
    () => new Embedding(2, 2.5),
    () => new Dot([1] as never),
    () => new Dot(0.5),
    () => new Lambda("x => x" as never),
  ])
    expect(make).toThrow(ValueError);
});
