// Known faults of tfjs-backend-wasm 4.22: each is shown as it is in tfjs, and to be gone here.
import { Dense } from "@crease/layers";
import { arange, concat, ones, run, type Tensor, tensor, Variable, where } from "@crease/tensor";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RMSprop } from "../../optimizers/src/index.ts";
import { type TfjsCore, tfjsBackend, tfjsWasmBackend } from "../src/index.ts";

const backend = await tfjsWasmBackend();
const inner = 100;
beforeAll(() => tf.setBackend("wasm"));
afterAll(() => backend.dispose());

const make = (shape: readonly number[], value: (i: number) => number): Tensor =>
  tensor(
    Float32Array.from({ length: shape.reduce((size, n) => size * n, 1) }, (_, i) => value(i)),
    { shape, backend },
  );

describe("products of matrices with an inner size over 48", () => {
  test("tfjs adds the bias of a fused product more than once when there is a batch", () => {
    const product = tf.fused.matMul({
      a: tf.ones([2, 1, inner]) as tf.Tensor3D,
      b: tf.ones([2, inner, 1]) as tf.Tensor3D,
      bias: tf.tensor1d([1]),
    });
    expect([...product.dataSync()]).not.toEqual([inner + 1, inner + 1]);
  });

  test("dense adds it once, with a batch too", () => {
    for (const leading of [[1], [3], [2, 3]]) {
      const x = make([...leading, inner], () => 1);
      const layer = new Dense(2, { activation: "relu", kernelInitializer: "ones", biasInitializer: "ones" });
      expect([...new Set((layer.apply(x) as Tensor).dataSync() as Float32Array)]).toEqual([inner + 1]);
    }
  });

  test.each([
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ])("matmul with flags %s and %s is right, single and in a batch", (transposeA, transposeB) => {
    for (const batch of [[], [3]]) {
      const a = make([...batch, ...(transposeA ? [inner, 60] : [60, inner])], (i) => (i % 7) - 3);
      const b = make([...batch, ...(transposeB ? [50, inner] : [inner, 50])], (i) => (i % 5) - 2);
      const right = a.matmul(b, { transposeA, transposeB }).dataSync();
      const perm = [...batch.keys(), batch.length + 1, batch.length];
      const x = transposeA ? a.transpose(perm) : a;
      const y = transposeB ? b.transpose(perm) : b;
      // Whole numbers: sums are exact in any order.
      const expected = x.expandDims(-1).mul(y.expandDims(-3)).sum(-2).dataSync();
      expect([...right]).toEqual([...expected]);
    }
  });

  test("no product with a flag, and no batch of large ones, reaches the scalar loop of wasm", async () => {
    const calls: { readonly attrs: object; readonly inputs: { readonly [name: string]: tf.TensorInfo } }[] = [];
    const watched: TfjsCore = {
      getBackend: () => "wasm",
      engine: tf.engine,
      getKernel: (name, of) => {
        const kernel = tf.getKernel(name, of);
        const kernelFunc = (call: never): unknown => {
          if (name === "BatchMatMul") calls.push(call);
          return kernel.kernelFunc(call);
        };
        return { ...kernel, kernelFunc };
      },
    };
    const own = tfjsBackend(watched);
    const square = (batch: number): Tensor => ones([batch, 64, 64], { backend: own });
    square(3).matmul(square(3), { transposeA: true, transposeB: true });
    square(3).matmul(ones([64, 8], { backend: own }));
    expect(calls.length).toBe(4);
    for (const { attrs, inputs } of calls) {
      expect(attrs).toEqual({ transposeA: false, transposeB: false });
      expect(Object.values(inputs).map(({ shape }) => shape.length)).toEqual([2, 2]);
    }
    await own.dispose();
  });
});

describe("NaN", () => {
  test("tfjs's fused relu turns it into 0", () => {
    const product = tf.fused.matMul({
      a: tf.tensor2d([[Number.NaN]]),
      b: tf.tensor2d([[1]]),
      activation: "relu",
    });
    expect([...product.dataSync()]).toEqual([0]);
  });

  test("dense with relu keeps it", () => {
    const layer = new Dense(1, { activation: "relu", kernelInitializer: "ones" });
    expect((layer.apply(make([1, 1], () => Number.NaN)) as Tensor).dataSync()).toEqual(new Float32Array([Number.NaN]));
  });

  test("tfjs's maximum passes over one in the second operand", () => {
    expect([...tf.maximum([1], [Number.NaN]).dataSync()]).toEqual([1]);
  });

  test("maximum and minimum keep it in either operand", () => {
    const x = tensor([Number.NaN, 1, Number.NEGATIVE_INFINITY], { backend });
    const y = tensor([1, Number.NaN, Number.POSITIVE_INFINITY], { backend });
    expect([...x.maximum(y).dataSync()]).toEqual([Number.NaN, Number.NaN, Number.POSITIVE_INFINITY]);
    expect([...x.minimum(y).dataSync()]).toEqual([Number.NaN, Number.NaN, Number.NEGATIVE_INFINITY]);
  });
});

describe("memory", () => {
  // Eight bools beside others: what a kernel that writes four bytes for each leaves behind its output.
  const bools = (): Tensor => tensor([true, false, true, true, false, false, true, false], { backend });

  test("select and reverse of bool write no further than their output", () => {
    const before = Array.from({ length: 20 }, bools);
    for (let i = 0; i < 20; i++) {
      expect([...where(bools(), bools(), bools().logicalNot()).dataSync()]).toEqual(new Array(8).fill(1));
      expect([...bools().flip().dataSync()]).toEqual([0, 1, 0, 0, 1, 1, 0, 1]);
    }
    for (const x of before) expect([...x.dataSync()]).toEqual([...bools().dataSync()]);
  });
});

describe("indices", () => {
  test("tfjs's gather with batch axes takes those of another batch", () => {
    const taken = tf.gather(tf.reshape(tf.range(0, 30), [3, 10]), tf.tensor2d([[1], [2], [3]], [3, 1], "int32"), 1, 1);
    expect([...taken.dataSync()]).not.toEqual([1, 12, 23]);
  });

  test("gather with batch axes takes its own", () => {
    for (const count of [1, 2, 128]) {
      const x = arange(0, count * 10, 1, { dtype: "float32", backend }).reshape([count, 10]);
      const indices = arange(0, count, 1, { dtype: "int32", backend }).mod(10);
      const expected = Array.from({ length: count }, (_, i) => i * 10 + (i % 10));
      expect([...x.gather(indices, { axis: 1, batchDims: 1 }).dataSync()]).toEqual(expected);
    }
  });

  test("adding up by index needs no UnsortedSegmentSum, which tfjs-backend-wasm lacks", () => {
    expect(() => tf.unsortedSegmentSum(tf.tensor1d([1]), tf.tensor1d([0], "int32"), 1)).toThrow("UnsortedSegmentSum");
    const updates = tensor(
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      { backend },
    );
    const indices = tensor([2, 0, 2], { dtype: "int32", backend });
    const [sums] = run("scatterAdd", [indices, updates], { axis: 0, batchDims: 0, size: 3 });
    expect([...sums.dataSync()]).toEqual([3, 4, 0, 0, 6, 8]);
  });
});

test("int32 products and negatives are exact where tfjs-wasm goes through float32", () => {
  expect([...tf.neg(tf.scalar(16777217, "int32")).dataSync()]).not.toEqual([-16777217]);
  const x = tensor([16777217, 2147483647], { dtype: "int32", backend });
  expect([...x.neg().dataSync()]).toEqual([-16777217, -2147483647]);
  expect([...x.mul(3).dataSync()]).toEqual([50331651, 2147483645]);
  expect([...x.floorDiv(2).dataSync()]).toEqual([8388608, 1073741823]);
  expect([...x.mod(0).dataSync()]).toEqual([0, 0]);
  expect([...x.pad([[1, 0]], { value: 33554433 }).dataSync()]).toEqual([33554433, 16777217, 2147483647]);
});

test("results of uint8 and int8, which tfjs does not have, wrap", () => {
  const bytes = tensor([200, 100], { dtype: "uint8", backend });
  expect([...bytes.add(bytes).dataSync()]).toEqual([144, 200]);
  expect([...concat([bytes, ones([1], { dtype: "uint8", backend })]).dataSync()]).toEqual([200, 100, 1]);
  expect([...bytes.cast("int8").dataSync()]).toEqual([-56, 100]);
  // What comes after an op sees the wrapped elements, too: they do not wrap on their way to the host alone.
  expect([...bytes.add(bytes).cast("int32").dataSync()]).toEqual([144, 200]);
  const small = tensor([100, -100], { dtype: "int8", backend });
  expect([...small.mul(2).cast("float32").dataSync()]).toEqual([-56, 56]);
});

test("centered RMSprop adds its epsilon, which tfjs's own subtracts", () => {
  const [gradient, options] = [2, { learningRate: 0.1, rho: 0.5, epsilon: 0.5, centered: true }];
  // Of the first step: meanSquare - meanGradient ** 2 = 2 - 1.
  const after = (variance: number): number => 1 - (0.1 * gradient) / Math.sqrt(variance);
  const theirs = tf.variable(tf.scalar(1));
  tf.train.rmsprop(0.1, 0.5, 0, 0.5, true).applyGradients({ [theirs.name]: tf.scalar(gradient) });
  expect(theirs.dataSync()[0]).toBeCloseTo(after(1 - 0.5), 5);
  const ours = new Variable(tensor(1, { backend }));
  new RMSprop(options).apply([tensor(gradient, { backend })], [ours]);
  expect(ours.value.itemSync()).toBeCloseTo(after(1 + 0.5), 5);
});
