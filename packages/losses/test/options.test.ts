/** Options out of range are refused when a loss is made, and predictions of another kind when they first come. */
import { ShapeError, ValueError } from "@crease/backend";
import { tensor } from "@crease/tensor";
import { describe, expect, test } from "vitest";
import * as all from "../src/index.ts";
import {
  BinaryCrossentropy,
  BinaryFocalCrossentropy,
  CategoricalCrossentropy,
  CategoricalFocalCrossentropy,
  getLoss,
  Loss,
  SparseCategoricalCrossentropy,
} from "../src/index.ts";

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
const positive: readonly unknown[] = [0, -1, nan, infinity, "1"];
const atLeast0: readonly unknown[] = [-1e-9, nan, infinity, "1"];
const fractions: readonly unknown[] = [-0.1, 1.1, nan, "0.5"];
const integers: readonly unknown[] = [0.5, nan, "1"];
const axes: readonly unknown[] = [...integers, [0, 0.5]];

const entropy = { labelSmoothing: fractions, axis: integers };
const focal = { alpha: fractions, gamma: atLeast0 };

/** Values that each option refuses. */
const bad: { readonly [name: string]: { readonly [option: string]: readonly unknown[] } } = {
  BinaryCrossentropy: entropy,
  BinaryFocalCrossentropy: { ...entropy, ...focal },
  CategoricalCrossentropy: entropy,
  CategoricalFocalCrossentropy: { ...entropy, ...focal },
  CategoricalGeneralizedCrossEntropy: { q: [0, 1, nan, "0.5"] },
  CategoricalHinge: {},
  Circle: { gamma: positive, margin: fractions },
  CosineSimilarity: { axis: integers },
  CTC: {},
  Dice: { axis: axes },
  Hinge: {},
  Huber: { delta: positive },
  KLDivergence: {},
  LogCosh: {},
  MeanAbsoluteError: {},
  MeanAbsolutePercentageError: {},
  MeanSquaredError: {},
  MeanSquaredLogarithmicError: {},
  Poisson: {},
  SparseCategoricalCrossentropy: { ignoreClass: integers, axis: integers },
  SquaredHinge: {},
  Tversky: { alpha: atLeast0, beta: atLeast0, axis: axes },
};

type Options = Readonly<Record<string, unknown>>;
const constructors = all as unknown as Readonly<Record<string, new (options?: Options) => Loss>>;
const made = (name: string, options: Options = {}): Loss =>
  new (constructors[name] as new (options: Options) => Loss)(options);

test("every loss is in the table", () => {
  const isLoss = ([name, value]: [string, unknown]): boolean =>
    typeof value === "function" && value.prototype instanceof Loss && name !== "LossFunctionWrapper";
  const exported = Object.entries(all).filter(isLoss);
  expect(Object.keys(bad).sort()).toEqual(exported.map(([name]) => name).sort());
});

test.each(
  Object.entries(bad).flatMap(([name, options]) =>
    Object.entries({ reduction: ["max", "Sum", 1], ...options }).flatMap(([option, values]) =>
      values.map((value) => [name, option, value] as const),
    ),
  ),
)("%s refuses %s %o", (name, option, value) => {
  expect(() => made(name)).not.toThrow();
  expect(() => made(name, { [option]: value })).toThrow(ValueError);
});

test.each(Object.keys(bad))("%s is made anew from its class name and configuration", (name) => {
  const loss = made(name, { name: "mine", reduction: "sum" });
  const again = getLoss({ className: name, config: loss.getConfig() });
  expect(again).toBeInstanceOf(loss.constructor);
  expect(again.getConfig()).toEqual(loss.getConfig());
});

test("unknown names tell the nearest, and Keras's short ones are known", () => {
  expect(() => getLoss({ className: "Hubr", config: {} })).toThrow(
    /getLoss: unknown loss "Hubr". Did you mean "Huber"/,
  );
  expect(() => getLoss({ className: "constructor", config: {} })).toThrow(/unknown loss/);
  expect([getLoss("bce").name, getLoss("kld").name]).toEqual(["binaryCrossentropy", "klDivergence"]);
});

describe("logits where probabilities are wanted", () => {
  const hint = /is no probability, got float32\[1,2\]\. .*`fromLogits: true`/;
  const cases: readonly (readonly [string, (options?: Options) => Loss, readonly unknown[], readonly number[]])[] = [
    ["binary", (o) => new BinaryCrossentropy(o), [[1, 0]], [0.5, 1.5]],
    ["binary", (o) => new BinaryCrossentropy(o), [[1, 0]], [-0.1, 0.5]],
    ["binary focal", (o) => new BinaryFocalCrossentropy(o), [[1, 0]], [-0.1, 0.5]],
    ["categorical", (o) => new CategoricalCrossentropy(o), [[1, 0]], [-3, 2]],
    ["categorical focal", (o) => new CategoricalFocalCrossentropy(o), [[1, 0]], [-3, 2]],
    ["sparse", (o) => new SparseCategoricalCrossentropy(o), [1], [-3, 2]],
  ];
  test.each(cases)("%s", (_, make, yTrue, yPred) => {
    const labels = yTrue as number[];
    expect(() => make().apply(labels, [yPred])).toThrow(ValueError);
    expect(() => make().apply(labels, [yPred])).toThrow(hint);
    expect(() => make({ fromLogits: true }).apply(labels, [yPred])).not.toThrow();
  });

  test("are taken as scores where Keras scales them, and rounding is forgiven", () => {
    expect(() => new CategoricalCrossentropy().apply([[1, 0]], [[3, 1]])).not.toThrow();
    expect(() => new SparseCategoricalCrossentropy().apply([1], [[3, 1]])).not.toThrow();
    expect(() => new BinaryCrossentropy().apply([[1]], [[1 + 1e-7]])).not.toThrow();
    expect(() => new BinaryCrossentropy().apply([[1]], [[nan]])).not.toThrow();
  });

  test("are found where softmax or sigmoid left them", () => {
    expect(() => new BinaryCrossentropy().apply([[1]], tensor([[40]]).sigmoid())).not.toThrow();
    expect(() => new CategoricalCrossentropy().apply([[1, 0]], tensor([[40, -3]]).softmax())).not.toThrow();
  });

  test("are looked for in the first batch only", () => {
    const loss = new BinaryCrossentropy();
    loss.apply([[1]], [[0.5]]);
    expect(() => loss.apply([[1]], [[-1]])).not.toThrow();
  });
});

describe("labels of another kind", () => {
  test("one-hot rows for class numbers", () => {
    expect(() => new SparseCategoricalCrossentropy().apply([[0, 1, 0]], [[0.1, 0.8, 0.1]])).toThrow(ShapeError);
    expect(() => new SparseCategoricalCrossentropy().apply([[0, 1, 0]], [[0.1, 0.8, 0.1]])).toThrow(
      /got .*\[1,3\].*for one-hot labels use categoricalCrossentropy/,
    );
  });

  test.each([new CategoricalCrossentropy(), new CategoricalFocalCrossentropy()])("class numbers for $name", (loss) => {
    for (const labels of [
      [1, 0],
      [[1], [0]],
    ])
      expect(() =>
        loss.apply(labels, [
          [0.1, 0.8, 0.1],
          [0.1, 0.8, 0.1],
        ]),
      ).toThrow(/got .* and float32\[2,3\]\. .*for class numbers use sparseCategoricalCrossentropy/);
  });
});

describe("options of unknown names", () => {
  const classes = Object.entries(all as Record<string, unknown>).filter(
    ([name, made]) => typeof made === "function" && made.prototype instanceof Loss && name !== "LossFunctionWrapper",
  ) as [string, new (options?: unknown) => Loss][];

  test.each(classes)("are refused by %s, as what are no options", (name, Made) => {
    expect(() => new Made({ reductio: "sum" })).toThrow(
      `${name}: there is no option "reductio". Did you mean "reduction"? Known names: name, reduction`,
    );
    expect(() => new Made(0.5)).toThrow(/: the options are 0\.5\. Give an object, each option by its name\.$/);
    expect(new Made(new Made().getConfig()).getConfig()).toEqual(new Made().getConfig());
  });

  test("may be those of a class of one's own", () => {
    class Own extends Loss {
      constructor(options: object) {
        super(options);
      }
      override call(): never {
        throw new Error("not called");
      }
    }
    expect(new Own({ steepness: 3 }).name).toBe("own");
  });
});
