/** Options out of range: every layer, initializer, regularizer and constraint refuses them when it is made. */
import { ValueError } from "@crease/backend";
import { expect, test } from "vitest";
import * as all from "../src/index.ts";
import { Initializer, Layer } from "../src/index.ts";

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
const finite: readonly unknown[] = [nan, infinity, "1"];
const atLeast0: readonly unknown[] = [-1e-9, ...finite];
const fractions: readonly unknown[] = [-0.1, 1.1, ...finite];
const belowOne: readonly unknown[] = [-0.1, 1, 1.2, ...finite];
const integers: readonly unknown[] = [0.5, nan, "1"];
const axes: readonly unknown[] = [...integers, [0, 0.5]];
const counts = (least: number): readonly unknown[] => [least - 1, least + 0.5, nan, "3"];
const seeds: readonly unknown[] = [-1, 0.5, nan, "1"];
const unknown: readonly unknown[] = ["nonsense", 3];
const sizes: readonly unknown[] = [[0], [2.5], ["3"]];

type Bad = { readonly [option: string]: readonly unknown[] };
interface Row {
  /** The positional arguments before the options. */
  readonly args?: readonly unknown[];
  readonly good?: Readonly<Record<string, unknown>>;
  readonly bad?: Bad;
  /** For each positional argument, what it refuses. */
  readonly badArgs?: readonly (readonly unknown[])[];
}

const parts = (...names: string[]): Bad =>
  Object.fromEntries(
    names.flatMap((name) => [
      [`${name}Initializer`, unknown],
      [`${name}Regularizer`, unknown],
      [`${name}Constraint`, unknown],
    ]),
  );
const affine = { epsilon: atLeast0, ...parts("gamma", "beta") };
const codes = { outputMode: unknown };
const lookup = { maxTokens: counts(2), numOovIndices: counts(0), ...codes };

const layers: { readonly [name: string]: Row } = {
  Activation: { args: ["relu"], badArgs: [unknown] },
  ActivityRegularization: { bad: { l1: atLeast0, l2: atLeast0 } },
  Add: {},
  AlphaDropout: { args: [0.5], badArgs: [belowOne], bad: { seed: seeds, noiseShape: sizes } },
  Average: {},
  BatchNormalization: {
    bad: {
      axis: integers,
      momentum: fractions,
      ...affine,
      movingMeanInitializer: unknown,
      movingVarianceInitializer: unknown,
    },
  },
  CategoryEncoding: { args: [3], badArgs: [counts(1)], bad: codes },
  Concatenate: { bad: { axis: integers } },
  Dense: { args: [3], badArgs: [[-3, ...counts(1)]], bad: { activation: unknown, ...parts("kernel", "bias") } },
  Discretization: {
    good: { numBins: 3 },
    bad: { numBins: counts(1), epsilon: [0, 1, ...finite], binBoundaries: [[1]], ...codes },
  },
  Dot: { args: [1], badArgs: [[0.5, [1], [1, 2, 3], [1, 0.5]]] },
  Dropout: { args: [0.5], badArgs: [fractions], bad: { seed: seeds, noiseShape: sizes } },
  EinsumDense: {
    args: ["ab,bc->ac", 3],
    badArgs: [
      ["ab->", "a,b", ""],
      [0, 2.5, ...sizes],
    ],
    bad: { biasAxes: ["z"], activation: unknown, ...parts("kernel", "bias") },
  },
  ELU: { bad: { alpha: finite } },
  Embedding: { args: [3, 2], badArgs: [counts(1), counts(1)], bad: parts("embeddings") },
  Flatten: {},
  GaussianDropout: { args: [0.5], badArgs: [belowOne], bad: { seed: seeds } },
  GaussianNoise: { args: [0.5], badArgs: [fractions], bad: { seed: seeds } },
  GroupNormalization: { bad: { groups: [0, -2, 0.5, nan], axis: integers, ...affine } },
  Hashing: { args: [3], badArgs: [counts(1)], bad: { salt: [-1, [1], "a"], maskValue: [0.5], ...codes } },
  Identity: {},
  InputLayer: { good: { shape: [3] }, bad: { shape: [[-1], [0.5], 3], batchSize: [-1, 0.5] } },
  IntegerLookup: { bad: { ...lookup, oovMethod: unknown } },
  Lambda: { args: [(x: unknown) => x], badArgs: [[3, "relu"]], bad: { outputShape: [[-1], [0.5]] } },
  LayerNormalization: { bad: { axis: axes, ...affine } },
  LeakyReLU: { bad: { negativeSlope: atLeast0 } },
  Masking: { bad: { maskValue: finite } },
  Maximum: {},
  Minimum: {},
  Multiply: {},
  Normalization: {
    good: { mean: 1, variance: 1 },
    bad: { axis: axes, mean: [null, [[1]]], variance: [null, [1], -1, nan] },
  },
  Permute: { args: [[2, 1]], badArgs: [[[1, 3], [0, 1], [1, 1], 2]] },
  PReLU: { bad: { sharedAxes: [[0], [0.5]], ...parts("alpha") } },
  ReLU: { bad: { maxValue: atLeast0, negativeSlope: atLeast0, threshold: atLeast0 } },
  RepeatVector: { args: [3], badArgs: [counts(1)] },
  Rescaling: { args: [2], badArgs: [[...finite, [1, nan]]], bad: { offset: [...finite, [1, nan]] } },
  Reshape: { args: [[3, -1]], badArgs: [[[-1, -1], [-2], [0.5], 3]] },
  RMSNormalization: { bad: { axis: axes, epsilon: atLeast0 } },
  Softmax: { bad: { axis: axes } },
  StringLookup: { bad: { ...lookup, salt: [-1, [1]] } },
  Subtract: {},
  TextVectorization: {
    bad: {
      maxTokens: counts(2),
      standardize: unknown,
      split: unknown,
      ngrams: [...counts(1), [0]],
      outputSequenceLength: counts(1),
      outputMode: ["oneHot", ...unknown],
    },
  },
  UnitNormalization: { bad: { axis: axes } },
};

const scaled: Row = { bad: { seed: seeds } };
const others: { readonly [name: string]: Row } = {
  Constant: { args: [1], badArgs: [finite] },
  GlorotNormal: scaled,
  GlorotUniform: scaled,
  HeNormal: scaled,
  HeUniform: scaled,
  IdentityInitializer: { bad: { gain: finite } },
  LecunNormal: scaled,
  LecunUniform: scaled,
  Ones: {},
  Orthogonal: { bad: { gain: finite, seed: seeds } },
  RandomNormal: { bad: { mean: finite, stddev: atLeast0, seed: seeds } },
  RandomUniform: { bad: { minValue: [1, ...finite], maxValue: [-1, ...finite], seed: seeds } },
  STFTInitializer: { bad: { side: unknown, window: [...unknown, [nan]], scaling: unknown } },
  TruncatedNormal: { bad: { mean: finite, stddev: atLeast0, seed: seeds } },
  VarianceScaling: { bad: { scale: [0, ...atLeast0], mode: unknown, distribution: unknown, seed: seeds } },
  Zeros: {},
  L1: { args: [0.1], badArgs: [atLeast0] },
  L2: { args: [0.1], badArgs: [atLeast0] },
  L1L2: { bad: { l1: atLeast0, l2: atLeast0 } },
  OrthogonalRegularizer: { args: [0.1], badArgs: [atLeast0], bad: { mode: unknown } },
  MaxNorm: { args: [2], badArgs: [atLeast0], bad: { axis: axes } },
  MinMaxNorm: {
    args: [0.5, 1],
    badArgs: [
      [2, ...atLeast0],
      [0.1, ...finite],
    ],
    bad: { rate: fractions, axis: axes },
  },
  NonNeg: {},
  UnitNorm: { bad: { axis: axes } },
};

type Constructor = new (...args: unknown[]) => object;
const constructors = all as unknown as Readonly<Record<string, Constructor>>;
const make = (name: string, args: readonly unknown[], options: object): object =>
  new (constructors[name] as Constructor)(...args, options);

test("every class is in the table", () => {
  const isPart = ([name, value]: [string, unknown]): boolean =>
    typeof value === "function" && /^[A-Z]/.test(name) && !["Layer", "Initializer", "Input"].includes(name);
  const exported = Object.entries(all as Record<string, unknown>).filter(isPart);
  const isLayer = ([, value]: [string, unknown]): boolean => (value as Constructor).prototype instanceof Layer;
  expect(Object.keys(layers).sort()).toEqual(
    exported
      .filter(isLayer)
      .map(([name]) => name)
      .sort(),
  );
  const isInitializer = ([, value]: [string, unknown]): boolean =>
    (value as Constructor).prototype instanceof Initializer;
  expect(Object.keys(others)).toEqual(expect.arrayContaining(exported.filter(isInitializer).map(([name]) => name)));
});

const rows = { ...layers, ...others };
const shared: Bad = { name: ["", 3], activityRegularizer: unknown };

test.each(
  Object.entries(rows).flatMap(([name, { bad = {} }]) =>
    Object.entries({ ...(name in layers && !isOwn(name) ? shared : {}), ...bad }).flatMap(([option, values]) =>
      values.map((value) => [name, option, value] as const),
    ),
  ),
)("%s refuses %s %o", (name, option, value) => {
  const { args = [], good = {} } = rows[name] as Row;
  expect(() => make(name, args, good)).not.toThrow();
  expect(() => make(name, args, { ...good, [option]: value })).toThrow(ValueError);
});

test.each(
  Object.entries(rows).flatMap(([name, { badArgs = [] }]) =>
    badArgs.flatMap((values, i) => values.map((value) => [name, i, value] as const)),
  ),
)("%s refuses as argument %i %o", (name, i, value) => {
  const { args = [], good = {} } = rows[name] as Row;
  expect(() => make(name, args, good)).not.toThrow();
  expect(() =>
    make(
      name,
      args.map((arg, k) => (k === i ? value : arg)),
      good,
    ),
  ).toThrow(ValueError);
});

/** Layers that take only some of the options that others share. */
function isOwn(name: string): boolean {
  return ["ActivityRegularization", "InputLayer", "StringLookup", "IntegerLookup", "TextVectorization"].includes(name);
}

test.each(Object.keys(layers))("%s refuses options of unknown names, and what are no options", (name) => {
  const { args = [], good = {} } = layers[name] as Row;
  expect(() => make(name, args, { ...good, trainabel: true })).toThrow(
    `${name}: there is no option "trainabel". Did you mean "trainable"? Known names: name, trainable, dtype`,
  );
  expect(() => make(name, args, { ...good, quantizationConfig: null })).not.toThrow();
  expect(() => make(name, args, 0.5 as never)).toThrow(ValueError);
});

test.each(Object.entries(others).filter(([, { bad = {} }]) => Object.keys(bad).length > 0))(
  "%s refuses options of unknown names, and what are no options",
  (name, { args = [], good = {}, bad = {} }) => {
    const [option = ""] = Object.keys(bad);
    expect(() => make(name, args, { ...good, [`${option}_`]: 1 })).toThrow(
      `${name}: there is no option "${option}_". Did you mean "${option}"?`,
    );
    expect(() => make(name, args, 0.5 as never)).toThrow(`${name}: the options are 0.5.`);
  },
);
