/** Models of two weights, their data, and their loss: surfaces that can be drawn whole. */
import { linspace, randomNormal, scope, type Tensor, type TensorLike, tensor } from "@crease/tensor";
import { dataCount, type ProblemName, settings, surfaceSide } from "./choices.ts";

/** A model's prediction from its inputs and its two weights; everything broadcasts. */
type Predict = (x: Tensor, first: Tensor, second: Tensor) => Tensor;

/** A model, and the weights that its data came from. */
interface Problem {
  readonly predict: Predict;
  readonly truth: readonly [first: number, second: number];
  readonly inputs: readonly [low: number, high: number];
  readonly noise: number;
}

const problems: Readonly<Record<ProblemName, Problem>> = {
  // Inputs that are all above 0 tie the slope to the intercept: the valley is long and narrow.
  line: { predict: (x, w, b) => x.mul(w).add(b), truth: [0.7, 0.4], inputs: [0, 3], noise: 0.3 },
  // `v` and `w` may both change their sign without any difference: two valleys, and a saddle between them.
  neuron: { predict: (x, v, w) => x.mul(w).tanh().mul(v), truth: [1.4, 1.6], inputs: [-2, 2], noise: 0.15 },
  wave: { predict: (x, w, b) => x.mul(w).add(b).sin(), truth: [2.6, 0.5], inputs: [-2.5, 2.5], noise: 0.15 },
};

/** Inputs and targets, `[dataCount]` each. */
export function dataOf(name: ProblemName): readonly [x: Tensor, y: Tensor] {
  const { predict, truth, inputs, noise } = problems[name];
  return scope(() => {
    const x = linspace(inputs[0], inputs[1], dataCount);
    const exact = predict(x, tensor(truth[0]), tensor(truth[1]));
    return [x, exact.add(randomNormal([dataCount], { stddev: noise, seed: 4 }))] as const;
  });
}

/** The lowest and the highest input of the data. */
export function inputsOf(name: ProblemName): readonly [low: number, high: number] {
  return problems[name].inputs;
}

/** The mean of squared differences over the last axis of `x`. */
export function lossOf(name: ProblemName, x: Tensor, y: TensorLike, first: Tensor, second: Tensor): Tensor {
  return predictionsOf(name, x, first, second).sub(y).square().mean(-1);
}

/** The predictions at some inputs. */
export function predictionsOf(name: ProblemName, x: Tensor, first: Tensor, second: Tensor): Tensor {
  return problems[name].predict(x, first, second);
}

/** The loss over the rectangle that is shown: `[surfaceSide, surfaceSide]`, the second weight by row. */
export function surfaceOf(name: ProblemName): Tensor {
  const { first, second } = settings[name];
  return scope(() => {
    const [x, y] = dataOf(name);
    const along = linspace(first[0], first[1], surfaceSide).reshape([1, surfaceSide, 1]);
    const up = linspace(second[0], second[1], surfaceSide).reshape([surfaceSide, 1, 1]);
    return lossOf(name, x, y, along, up);
  });
}
