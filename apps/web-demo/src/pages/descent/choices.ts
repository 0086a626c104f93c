/** What can be chosen on page 5: the optimizers, and the models whose loss they descend. */

/** The runners, in the order of their colours. */
export const optimizerNames = ["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"] as const;

/** One of them. */
export type OptimizerName = (typeof optimizerNames)[number];

/** The models. */
export const problemNames = ["line", "neuron", "wave"] as const;

/** One of them. */
export type ProblemName = (typeof problemNames)[number];

/** Points along a side of the surface's grid. */
export const surfaceSide = 81;

/** Number of data points; a full batch. */
export const dataCount = 32;

/** Inputs at which a model's predictions are drawn. */
export const curvePoints = 49;

/** Steps of a race. */
export const raceSteps = 150;

/** The rectangle of weights that is shown, where a race starts at first, and a learning rate that suits most. */
export interface Setting {
  readonly first: readonly [low: number, high: number];
  readonly second: readonly [low: number, high: number];
  readonly start: readonly [first: number, second: number];
  readonly learningRate: number;
  /** What the horizontal and the vertical weight are called. */
  readonly names: readonly [first: string, second: string];
}

/** By model. */
export const settings: Readonly<Record<ProblemName, Setting>> = {
  line: { first: [-1.2, 2.6], second: [-2, 3], start: [-0.6, 2.4], learningRate: 0.06, names: ["w", "b"] },
  neuron: { first: [-3, 3], second: [-3, 3], start: [0.15, -2.2], learningRate: 0.08, names: ["v", "w"] },
  wave: { first: [0.2, 5.2], second: [-3, 3], start: [0.6, -1.6], learningRate: 0.06, names: ["w", "b"] },
};
