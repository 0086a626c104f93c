/** What the focal, region, circle and sequence losses do beyond the reference numbers. */
import { GradientTape } from "@crease/autograd";
import { ShapeError, ValueError } from "@crease/backend";
import { type Tensor, tensor } from "@crease/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  BinaryCrossentropy,
  BinaryFocalCrossentropy,
  CategoricalFocalCrossentropy,
  CategoricalGeneralizedCrossEntropy,
  Circle,
  CTC,
  circle,
  ctc,
  Dice,
  dice,
  getLoss,
  tversky,
} from "../src/index.ts";

async function gradientOf(f: (x: Tensor) => Tensor, x: Tensor): Promise<number[]> {
  const tape = new GradientTape();
  tape.watch(x);
  const target = tape.record(() => f(x));
  return [...((await (tape.gradient(target, [x])[0] as Tensor).data()) as Float32Array)];
}

describe("focal cross-entropy", () => {
  test("without focus is cross-entropy, saturated logits of sigmoid included", async () => {
    const p = tensor([[-200, 3]]).sigmoid();
    const focal = await new BinaryFocalCrossentropy({ gamma: 0 }).apply([[1, 0]], p).item();
    expect(focal).toBe(await new BinaryCrossentropy().apply([[1, 0]], p).item());
    expect(focal).toBeGreaterThan(100);
  });

  test.each([{ alpha: 1.5 }, { alpha: -0.1 }, { gamma: -1 }, { gamma: Number.NaN }])("refuses %o", (options) => {
    expect(() => new BinaryFocalCrossentropy(options)).toThrow(ValueError);
    expect(() => new CategoricalFocalCrossentropy(options)).toThrow(ValueError);
  });
});

test.each([0, 1, -0.5, Number.NaN])("the generalized cross-entropy refuses q = %d", (q) => {
  expect(() => new CategoricalGeneralizedCrossEntropy({ q })).toThrow(ValueError);
});

test("the generalized cross-entropy goes to cross-entropy with q to 0", async () => {
  const value = await new CategoricalGeneralizedCrossEntropy({ q: 1e-3 }).apply([[1]], [[0.75, 0.25]]).item();
  expect(Math.abs(value - Math.log(4))).toBeLessThan(2e-3);
});

test("regions: equal ones have the loss 0, and Tversky's is Dice's at 0.5", async () => {
  const region = [
    [1, 0],
    [0, 1],
  ];
  expect(await new Dice().apply(region, region).item()).toBeCloseTo(0, 6);
  const other = [
    [0.2, 0.9],
    [0.4, 0.3],
  ];
  expect(await tversky(region, other).item()).toBeCloseTo(await dice(region, other).item(), 6);
  expect(() => new Dice().apply([[1]], [[1, 0]])).toThrow(ShapeError);
});

describe("circle", () => {
  test("vectors without one of their class have the loss 0, a gradient that is no NaN, and no part in the mean", async () => {
    const x = tensor([
      [1, 0],
      [0.6, 0.8],
      [0, 1],
    ]);
    const each = (await circle([0, 0, 1], x, { gamma: 8 }).array()) as number[];
    expect(each[2]).toBe(0);
    const mean = await new Circle({ gamma: 8 }).apply([0, 0, 1], x).item();
    expect(mean).toBeCloseTo(((each[0] as number) + (each[1] as number)) / 2, 5);
    for (const slope of await gradientOf((v) => new Circle().apply([0, 1, 2], v), x)) expect(slope).toBe(0);
  });

  test("other vectors to compare with", async () => {
    const x = tensor([[1, 0]]);
    const references = {
      refLabels: [0, 1],
      refEmbeddings: tensor([
        [0.6, 0.8],
        [0, 1],
      ]),
    };
    // a = 0.8, d = 0.4 within the class; b = 0.4, d = 1 outside it
    const expected = Math.log1p(Math.exp(10 * 0.8 * 0 + 10 * 0.4 * -0.4));
    const value = await circle([0], x, { gamma: 10, removeDiagonal: false, ...references }).array();
    expect((value as number[])[0]).toBeCloseTo(expected, 5);
  });

  test("refuses what is no list of vectors", () => {
    expect(() => new Circle().apply([0, 1], [0.5, 0.5])).toThrow(ShapeError);
    expect(() => new Circle().apply([0, 1, 2], [[0.5, 0.5]])).toThrow(ShapeError);
  });
});

/** The probability of the labels, summed over every one of the `classes ** steps` alignments. */
function bruteForce(labels: readonly number[], logits: readonly (readonly number[])[]): number {
  const p = logits.map((row) => {
    const total = row.reduce((sum, x) => sum + Math.exp(x), 0);
    return row.map((x) => Math.exp(x) / total);
  });
  const wanted = labels.filter((label) => label !== 0).join();
  const walk = (t: number, path: readonly number[]): number => {
    const row = p[t];
    if (row === undefined)
      return path.filter((label, i) => label !== 0 && label !== path[i - 1]).join() === wanted ? 1 : 0;
    return row.reduce((sum, chance, label) => sum + chance * walk(t + 1, [...path, label]), 0);
  };
  return walk(0, []);
}

describe("ctc", () => {
  test("is the sum over all alignments", async () => {
    const sample = fc.record({
      labels: fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 })),
      logits: fc.array(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 3, maxLength: 3 }), {
        minLength: 3,
        maxLength: 4,
      }),
    });
    await fc.assert(
      fc.asyncProperty(sample, async ({ labels: [a, b], logits }) => {
        const labels = a === 0 ? [b, 0] : [a, b];
        const value = ((await ctc([labels], [logits]).array()) as number[])[0] as number;
        expect(value).toBeCloseTo(-Math.log(bruteForce(labels, logits)), 4);
      }),
      { numRuns: 40 },
    );
  });

  test("labels that need more time steps than there are have the loss Infinity", async () => {
    expect(
      await ctc(
        [[1, 1]],
        [
          [
            [0, 0],
            [0, 0],
          ],
        ],
      ).array(),
    ).toEqual([Number.POSITIVE_INFINITY]);
  });

  test("refuses other shapes and labels that are no classes", () => {
    expect(() => ctc([1], [[[0, 0]]])).toThrow(ShapeError);
    expect(() => ctc([[1]], [[0, 0]])).toThrow(ShapeError);
    expect(() => ctc([[1], [1]], [[[0, 0]]])).toThrow(ShapeError);
    expect(() => new CTC().apply([[2]], [[[0, 0]]])).toThrow(ValueError);
    expect(() => new CTC().apply([[0.5]], [[[0, 0]]])).toThrow(ValueError);
  });
});

test.each([
  ["mape", "meanAbsolutePercentageError"],
  ["binaryFocalCrossentropy", "binaryFocalCrossentropy"],
  ["circle", "circle"],
  ["ctc", "ctc"],
] as const)("getLoss: %s is %s", (name, loss) => expect(getLoss(name).name).toBe(loss));
