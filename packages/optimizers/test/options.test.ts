/** Options out of range: every optimizer and schedule refuses them when it is made. */
import { ValueError } from "@crease/backend";
import { expect, test } from "vitest";
import * as all from "../src/index.ts";

type Options = Readonly<Record<string, unknown>>;
const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;

/** Numbers that no rate may be. */
const rates: readonly unknown[] = [0, -1, nan, infinity];
const positive: readonly unknown[] = [0, -1, nan, infinity, "1"];
const atLeast0: readonly unknown[] = [-1e-9, nan, infinity, "1"];
/** What no share in [0, 1) may be, and none in [0, 1]. */
const shares: readonly unknown[] = [-0.1, 1, nan, "0.5"];
const fractions: readonly unknown[] = [-0.1, 1.1, nan, "0.5"];
const atMost0: readonly unknown[] = [0.1, nan, "0"];
const counts = (least: number): readonly unknown[] => [least - 1, least + 0.5, nan, "3"];

/** Values that each option refuses, whichever optimizer takes it. */
const common = {
  learningRate: rates,
  weightDecay: atLeast0,
  clipnorm: positive,
  clipvalue: positive,
  globalClipnorm: positive,
  emaMomentum: fractions,
  emaOverwriteFrequency: counts(1),
  lossScaleFactor: positive,
  gradientAccumulationSteps: counts(2),
};
const betas = { beta1: shares, beta2: shares };
const epsilon = { epsilon: atLeast0 };

const optimizers: { readonly [name: string]: { readonly [option: string]: readonly unknown[] } } = {
  Adadelta: { rho: shares, ...epsilon },
  Adafactor: { beta2Decay: atMost0, epsilon1: atLeast0, epsilon2: atLeast0, clipThreshold: positive },
  Adagrad: { initialAccumulatorValue: atLeast0, ...epsilon },
  Adam: { ...betas, ...epsilon },
  AdamW: { ...betas, ...epsilon },
  Adamax: { ...betas, ...epsilon },
  Ftrl: {
    learningRatePower: atMost0,
    initialAccumulatorValue: atLeast0,
    l1RegularizationStrength: atLeast0,
    l2RegularizationStrength: atLeast0,
    l2ShrinkageRegularizationStrength: atLeast0,
    beta: atLeast0,
  },
  Lamb: { ...betas, ...epsilon },
  Lion: { ...betas, beta1: [0, ...shares] },
  Muon: {
    adamBeta1: shares,
    adamBeta2: shares,
    adamWeightDecay: atLeast0,
    ...epsilon,
    adamLrRatio: positive,
    momentum: fractions,
    nsSteps: counts(0),
    rmsRate: positive,
  },
  Nadam: { ...betas, ...epsilon },
  RMSprop: { rho: shares, momentum: fractions, ...epsilon },
  SGD: { momentum: fractions },
};

const decay = { initialLearningRate: 0.1, decaySteps: 10 };
const schedules: {
  readonly [name: string]: { readonly good: Options; readonly bad: { readonly [option: string]: readonly unknown[] } };
} = {
  CosineDecay: {
    good: decay,
    bad: {
      initialLearningRate: atLeast0,
      decaySteps: positive,
      alpha: fractions,
      warmupTarget: atLeast0,
      warmupSteps: atLeast0,
    },
  },
  CosineDecayRestarts: {
    good: { initialLearningRate: 0.1, firstDecaySteps: 10 },
    bad: {
      initialLearningRate: atLeast0,
      firstDecaySteps: positive,
      tMul: positive,
      mMul: positive,
      alpha: fractions,
    },
  },
  ExponentialDecay: {
    good: { ...decay, decayRate: 0.5 },
    bad: { initialLearningRate: [...atLeast0, undefined], decaySteps: [...positive, undefined], decayRate: atLeast0 },
  },
  InverseTimeDecay: {
    good: { ...decay, decayRate: 0.5 },
    bad: { initialLearningRate: atLeast0, decaySteps: positive, decayRate: [...atLeast0, undefined] },
  },
  PiecewiseConstantDecay: {
    good: { boundaries: [1, 2], values: [3, 2, 1] },
    bad: { boundaries: [[1], [2, 1], [1, nan], undefined], values: [[1], [3, 2, -1], [3, 2, nan], undefined] },
  },
  PolynomialDecay: {
    good: decay,
    bad: { initialLearningRate: atLeast0, decaySteps: positive, endLearningRate: atLeast0, power: positive },
  },
};

const constructors = all as unknown as Readonly<Record<string, new (options: Options) => object>>;
const made = (name: string, options: Options): object =>
  new (constructors[name] as new (options: Options) => object)(options);

test("every optimizer and schedule is in the table", () => {
  const isConcrete = (name: string): boolean =>
    /^[A-Z]/.test(name) && !["Optimizer", "LearningRateSchedule"].includes(name);
  const exported = Object.keys(all).filter(isConcrete);
  expect([...Object.keys(optimizers), ...Object.keys(schedules)].sort()).toEqual(exported.sort());
});

const refusals = [
  ...Object.entries(optimizers).map(([name, bad]) => [name, {}, { ...common, ...bad }] as const),
  ...Object.entries(schedules).map(([name, { good, bad }]) => [name, good, bad] as const),
].flatMap(([name, good, bad]) =>
  Object.entries(bad).flatMap(([option, values]) => values.map((value) => [name, option, value, good] as const)),
);

test.each(refusals)("%s refuses %s %o", (name, option, value, good) => {
  expect(() => made(name, good)).not.toThrow();
  expect(() => made(name, { ...good, [option]: value })).toThrow(ValueError);
});
