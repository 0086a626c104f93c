/** Dense in other dtypes, dropout's masks, input layers, regularizers and constraints. */
import { ShapeError, ValueError } from "@crease/backend";
import { ones, type Tensor, tensor, zeros } from "@crease/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  Activation,
  Dense,
  Dropout,
  Flatten,
  getConstraint,
  getRegularizer,
  Input,
  InputLayer,
  L1,
  L1L2,
  L2,
  MaxNorm,
  MinMaxNorm,
  NonNeg,
  Rescaling,
  Reshape,
  UnitNorm,
} from "../src/index.ts";

const numbers = async (x: Tensor): Promise<number[]> => [...((await x.data()) as Float32Array)];

describe("Dense", () => {
  test("casts integers to the dtype of its kernel", async () => {
    const layer = new Dense(1, { kernelInitializer: "ones" });
    const y = layer.apply(tensor(new Uint8Array([200, 100]), { shape: [1, 2] }));
    expect([y.dtype, await numbers(y)]).toEqual(["float32", [300]]);
  });

  test("computes in float64 where asked", () => {
    const layer = new Dense(2, { dtype: "float64", activation: "tanh" });
    expect(layer.apply([[1 / 3, 2]]).dtype).toBe("float64");
    expect(layer.weights.map((weight) => weight.dtype)).toEqual(["float64", "float64"]);
    expect(layer.apply(Input({ shape: [2] })).dtype).toBe("float64");
  });

  test("keeps the logits of softmax and sigmoid", () => {
    expect(new Dense(2, { activation: "softmax" }).apply(ones([1, 2])).logits?.kind).toBe("softmax");
    expect(new Dense(2, { activation: "sigmoid" }).apply(ones([1, 2])).logits?.kind).toBe("sigmoid");
  });

  test("refuses inputs whose features are unknown", () => {
    expect(() => new Dense(2).apply(Input({ shape: [null] }))).toThrow(ShapeError);
  });

  test("the shape of symbolic outputs", () => {
    const x = new Flatten().apply(Input({ shape: [28, 28], dtype: "uint8" }));
    expect([x.shape, x.dtype]).toEqual([[null, 784], "uint8"]);
    const y = new Rescaling(1 / 255).apply(x);
    expect([y.shape, y.dtype]).toEqual([[null, 784], "float32"]);
    expect(new Reshape([-1, 4]).apply(y).shape).toEqual([null, 196, 4]);
    expect(new Activation("relu").apply(new Dense(3).apply(y)).shape).toEqual([null, 3]);
  });
});

describe("Dropout", () => {
  test("drops the share asked for and keeps the mean", async () => {
    const rate = 0.3;
    const n = 100_000;
    const y = await numbers(new Dropout(rate, { seed: 7 }).apply(ones([n]), { training: true }));
    const dropped = y.filter((value) => value === 0).length;
    expect(Math.abs(dropped / n - rate)).toBeLessThan(5 * Math.sqrt((rate * (1 - rate)) / n));
    expect(new Set(y)).toEqual(new Set([0, Math.fround(1 / (1 - rate))]));
  });

  test("with a seed repeats from layer to layer, not from call to call", async () => {
    const [a, b, other] = [new Dropout(0.5, { seed: 1 }), new Dropout(0.5, { seed: 1 }), new Dropout(0.5, { seed: 2 })];
    const call = (layer: Dropout): Promise<number[]> => numbers(layer.apply(ones([64]), { training: true }));
    const first = await call(a);
    const second = await call(a);
    expect(await call(b)).toEqual(first);
    expect(await call(b)).toEqual(second);
    expect(second).not.toEqual(first);
    expect([first, second]).not.toContainEqual(await call(other));
  });

  test("drops together along axes of size 1 in noiseShape", async () => {
    const y = await numbers(
      new Dropout(0.5, { noiseShape: [null, 1], seed: 3 }).apply(ones([50, 4]), { training: true }),
    );
    for (let row = 0; row < 50; row++) expect(new Set(y.slice(row * 4, row * 4 + 4)).size).toBe(1);
    expect(new Set(y).size).toBe(2);
    expect(() => new Dropout(0.5, { noiseShape: [3, 1] }).apply(ones([2, 4]), { training: true })).toThrow(ShapeError);
  });

  test("rate 0 and inference change nothing, rate 1 drops all", async () => {
    const x = tensor([1, 2, 3]);
    expect(await numbers(new Dropout(0).apply(x, { training: true }))).toEqual([1, 2, 3]);
    expect(await numbers(new Dropout(0.9).apply(x))).toEqual([1, 2, 3]);
    expect(await numbers(new Dropout(1).apply(x, { training: true }))).toEqual([0, 0, 0]);
    expect(() => new Dropout(Number.NaN)).toThrow(ValueError);
    expect(() => new Dropout(-0.1)).toThrow(ValueError);
  });
});

describe("InputLayer", () => {
  test("lets only its shape pass", () => {
    const layer = new InputLayer({ shape: [3, null], batchSize: 2 });
    expect(layer.apply(zeros([2, 3, 9])).shape).toEqual([2, 3, 9]);
    expect(() => layer.apply(zeros([1, 3, 9]))).toThrow("the input's shape [1,3,9] is not [2,3,?]");
    expect(() => Input({ shape: [-1] })).toThrow(ValueError);
    expect(() => Input({ shape: [1], dtype: "float23" as "float32" })).toThrow(/float32/);
  });
});

const matrix = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })).chain(([rows, columns]) =>
  fc.array(fc.array(fc.float({ min: -10, max: 10, noNaN: true }), { minLength: columns, maxLength: columns }), {
    minLength: rows,
    maxLength: rows,
  }),
);

describe("regularizers", () => {
  test("are their formulas", async () => {
    await fc.assert(
      fc.asyncProperty(
        matrix,
        fc.double({ min: 0, max: 2, noNaN: true }),
        fc.double({ min: 0, max: 2, noNaN: true }),
        async (rows, l1, l2) => {
          const flat = rows.flat();
          const absolute = flat.reduce((sum, x) => sum + Math.abs(x), 0);
          const squares = flat.reduce((sum, x) => sum + x * x, 0);
          const x = tensor(rows);
          const digits = 2;
          expect(await new L1(l1).call(x).item()).toBeCloseTo(l1 * absolute, digits);
          expect(await new L2(l2).call(x).item()).toBeCloseTo(l2 * squares, digits);
          expect(await new L1L2({ l1, l2 }).call(x).item()).toBeCloseTo(l1 * absolute + l2 * squares, digits);
        },
      ),
      { numRuns: 30 },
    );
  });

  test("by name have Keras's default of 0.01", () => {
    expect([getRegularizer("l1"), getRegularizer("l2"), getRegularizer("l1l2")]).toEqual([
      new L1(0.01),
      new L2(0.01),
      new L1L2({ l1: 0.01, l2: 0.01 }),
    ]);
    expect(getRegularizer({ className: "L1L2", config: { l1: 3, l2: 0 } })).toEqual(new L1L2({ l1: 3 }));
    expect(() => getRegularizer("l3" as "l2")).toThrow(/Known names: l1, l2, l1l2/);
    expect(() => new L2(-1)).toThrow(ValueError);
    expect(() => new L1(Number.NaN)).toThrow(ValueError);
  });
});

describe("constraints", () => {
  const norms = (rows: readonly (readonly number[])[]): number[] =>
    (rows[0] ?? []).map((_, column) => Math.hypot(...rows.map((row) => row[column] as number)));

  test("bound the norms along an axis, and leave what fits", async () => {
    await fc.assert(
      fc.asyncProperty(matrix, fc.double({ min: 0.5, max: 5, noNaN: true }), async (rows, bound) => {
        const x = tensor(rows);
        const before = norms(rows);
        const after = async (constraint: { call(w: Tensor): Tensor }): Promise<number[]> =>
          norms((await constraint.call(x).array()) as number[][]);
        const near = (actual: number[], expected: number[]): void => {
          for (const [i, value] of expected.entries())
            if ((before[i] as number) > 1e-2) expect(actual[i]).toBeCloseTo(value, 3);
        };
        near(
          await after(new MaxNorm(bound)),
          before.map((norm) => Math.min(norm, bound)),
        );
        near(
          await after(new UnitNorm()),
          before.map(() => 1),
        );
        near(
          await after(new MinMaxNorm(0.5, bound, { rate: 0.5 })),
          before.map((norm) => 0.5 * Math.min(Math.max(norm, 0.5), bound) + 0.5 * norm),
        );
        expect(await numbers(new NonNeg().call(x))).toEqual(rows.flat().map((value) => Math.max(value, 0)));
      }),
      { numRuns: 30 },
    );
  });

  test("by name and from JSON", () => {
    expect(getConstraint("unitNorm")).toEqual(new UnitNorm());
    const constraint = new MinMaxNorm(1, 2, { rate: 0.1, axis: [0, 1] });
    expect(getConstraint({ className: "MinMaxNorm", config: constraint.getConfig() })).toEqual(constraint);
    expect(() => getConstraint("maxNrm" as "maxNorm")).toThrow(/Did you mean "maxNorm"/);
  });
});
