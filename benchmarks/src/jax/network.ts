/** Chapter2's network in jax-js: parameters, loss, and training steps under `jit`. */
import { type Array as JaxArray, jit, nn, numpy as np, tree, valueAndGrad } from "@jax-js/jax";
import { numbers } from "../numbers.ts";

/** Kernels and biases of both layers. */
export type Parameters = { w1: JaxArray; b1: JaxArray; w2: JaxArray; b2: JaxArray };

/** Parameters and, for RMSprop, the running mean squares of their gradients. */
export type State = { parameters: Parameters; squares: Parameters };

/** One training step: takes the state and a batch, gives the next state and the loss. */
export type Step = (state: State, x: JaxArray, y: JaxArray) => [State, JaxArray];

const sizes = { w1: [784, 512], b1: [512], w2: [512, 10], b2: [10] } as const;

/** Small random kernels, zero biases, zero mean squares. */
export function initialState(): State {
  const random = (shape: readonly number[], scale: number): JaxArray => {
    const values = numbers((shape[0] as number) * (shape[1] as number), 1).map((value) => value * scale);
    return np.array(values, { shape: [...shape] });
  };
  const zeros = (shape: readonly number[]): JaxArray => np.zeros([...shape]);
  return {
    parameters: {
      w1: random(sizes.w1, Math.sqrt(6 / (784 + 512))),
      b1: zeros(sizes.b1),
      w2: random(sizes.w2, Math.sqrt(6 / (512 + 10))),
      b2: zeros(sizes.b2),
    },
    squares: { w1: zeros(sizes.w1), b1: zeros(sizes.b1), w2: zeros(sizes.w2), b2: zeros(sizes.b2) },
  };
}

/** Mean cross-entropy of a batch; `y` is one-hot. jax-js frees an array when it is used, `ref` keeps it. */
function lossOf({ w1, b1, w2, b2 }: Parameters, x: JaxArray, y: JaxArray): JaxArray {
  const hidden = nn.relu(np.matmul(x, w1).add(b1));
  const logits = np.matmul(hidden, w2).add(b2);
  return nn.logSoftmax(logits).mul(y).sum(-1).mean().mul(-1);
}

/** The step for an optimizer, compiled: Keras's SGD (rate 0.01) or RMSprop (rate 0.001, rho 0.9). */
export function compileStep(optimizer: "sgd" | "rmsprop"): Step {
  const gradient = valueAndGrad(lossOf);
  const sgd = (state: State, x: JaxArray, y: JaxArray): [State, JaxArray] => {
    const [loss, grads] = gradient(tree.ref(state.parameters), x, y) as [JaxArray, Parameters];
    const parameters = tree.map((p: JaxArray, g: JaxArray) => p.sub(g.mul(0.01)), state.parameters, grads);
    return [{ parameters: parameters as Parameters, squares: state.squares }, loss];
  };
  const rmsprop = (state: State, x: JaxArray, y: JaxArray): [State, JaxArray] => {
    const [loss, grads] = gradient(tree.ref(state.parameters), x, y) as [JaxArray, Parameters];
    const squares = tree.map(
      (v: JaxArray, g: JaxArray) => v.mul(0.9).add(np.square(g).mul(0.1)),
      state.squares,
      tree.ref(grads),
    ) as Parameters;
    const scaled = tree.map(
      (g: JaxArray, v: JaxArray) => g.mul(0.001).div(np.sqrt(v.add(1e-7))),
      grads,
      tree.ref(squares),
    ) as Parameters;
    const parameters = tree.map((p: JaxArray, d: JaxArray) => p.sub(d), state.parameters, scaled) as Parameters;
    return [{ parameters, squares }, loss];
  };
  return jit(optimizer === "sgd" ? sgd : rmsprop) as unknown as Step;
}
