/** A race: Crease's optimizers step down one surface from one start, on the same batches. */
import { GradientTape } from "@crease/autograd";
import { Adagrad, Adam, type Optimizer, RMSprop, SGD } from "@crease/optimizers";
import { concat, linspace, permutation, scope, type Tensor, Variable } from "@crease/tensor";
import type { Path, RaceSettings } from "./calls.ts";
import { curvePoints, dataCount, type OptimizerName } from "./choices.ts";
import { dataOf, inputsOf, lossOf, predictionsOf } from "./problems.ts";

/** A new optimizer of that name, its other settings as Keras has them. */
export function optimizerOf(name: OptimizerName, learningRate: number): Optimizer {
  switch (name) {
    case "sgd":
      return new SGD({ learningRate });
    case "momentum":
      return new SGD({ learningRate, momentum: 0.9 });
    case "nesterov":
      return new SGD({ learningRate, momentum: 0.9, nesterov: true });
    case "adagrad":
      return new Adagrad({ learningRate });
    case "rmsprop":
      return new RMSprop({ learningRate });
    case "adam":
      return new Adam({ learningRate });
  }
}

/** One optimizer's way from the start. */
export async function walk(optimizer: OptimizerName, settings: RaceSettings): Promise<Path> {
  const { problem, start, learningRate, steps } = settings;
  const [first, second] = [new Variable(start[0]), new Variable(start[1])];
  const weights = [first, second];
  const stepper = optimizerOf(optimizer, learningRate);
  const [x, y] = dataOf(problem);
  const rows = batchRows(settings);
  const visited: Tensor[] = [here(weights)];
  for (let i = 0; i < steps; i++) {
    scope(() => {
      const picked =
        rows === undefined ? undefined : rows.slice([i * settings.batchSize, (i + 1) * settings.batchSize]);
      const [bx, by] = picked === undefined ? [x, y] : [x.gather(picked), y.gather(picked)];
      const tape = new GradientTape();
      const loss = tape.record(() => lossOf(problem, bx, by, first.value, second.value));
      stepper.apply(tape.gradient(loss, weights), weights);
    });
    visited.push(here(weights));
  }
  const [places, losses, curves] = scope(() => {
    const all = concat(visited, 0);
    const column = (i: number): Tensor => all.slice(null, [i, i + 1]);
    const inputs = linspace(...inputsOf(problem), curvePoints);
    const predictions = predictionsOf(problem, inputs, column(0), column(1));
    return [all, lossOf(problem, x, y, column(0), column(1)), predictions] as const;
  });
  const path = {
    optimizer,
    places: (await places.data()) as Float32Array<ArrayBuffer>,
    losses: (await losses.data()) as Float32Array<ArrayBuffer>,
    curves: (await curves.data()) as Float32Array<ArrayBuffer>,
  };
  for (const used of [...visited, places, losses, curves, x, y, rows, first, second, stepper]) used?.dispose();
  return path;
}

/** The rows of all batches one after the other: each epoch has every row once, in an order of its own; undefined for full batches. */
function batchRows({ batchSize, steps, seed }: RaceSettings): Tensor | undefined {
  if (batchSize >= dataCount) return undefined;
  const epochs = Math.ceil((steps * batchSize) / dataCount);
  return scope(() =>
    concat(
      Array.from({ length: epochs }, (_, epoch) => permutation(dataCount, { seed: seed * 1000 + epoch })),
      0,
    ),
  );
}

/** `[1, 2]`. */
function here(weights: readonly Variable[]): Tensor {
  return scope(() =>
    concat(
      weights.map((weight) => weight.value.reshape([1, 1])),
      1,
    ),
  );
}
