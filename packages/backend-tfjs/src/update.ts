/** Update steps of optimizers by TensorFlow's own kernels, which write into the variable and its moments. */
import type { Update } from "@crease/backend";
import type { Compute, Input } from "./compute.ts";
import type { Info } from "./tfjs.ts";
import type { Work } from "./work.ts";

/** What a step overwrites: elements, and whether they may be; a copy of them otherwise. */
interface Target {
  readonly info: Info;
  readonly unshared: boolean;
}

/** `variable * (1 - learningRate * weightDecay)`. */
function decayed(work: Work, { info, unshared }: Input, { learningRate, weightDecay }: Update): Target {
  if (weightDecay === 0) return { info, unshared };
  return {
    info: work.binary("Multiply", info, work.number(1 - learningRate * weightDecay, "float32")),
    unshared: true,
  };
}

/** Runs a kernel on its targets, then numbers, then the gradient; what the targets are afterwards. */
function step(
  work: Work,
  kernel: string,
  targets: readonly Target[],
  numbers: readonly number[],
  gradient: Input,
): readonly Info[] {
  return work.runUpdate(
    kernel,
    { targets: targets.map(({ info }) => info), gradient: gradient.info },
    {
      unshared: targets.map(({ unshared }) => unshared),
      numbers,
    },
  );
}

const sgdUpdate: Compute<"sgdUpdate"> = (work, [variable, gradient], attrs) => {
  const [next] = step(work, "ApplyGradientDescent", [decayed(work, variable, attrs)], [attrs.learningRate], gradient);
  return [next as Info];
};

const rmspropUpdate: Compute<"rmspropUpdate"> = (work, [variable, meanSquare, gradient], attrs) => {
  const { learningRate, rho, epsilon } = attrs;
  // Its momentum, which is a third target, is 0 times what stands there: any elements will do.
  const targets = [decayed(work, variable, attrs), meanSquare, { info: gradient.info, unshared: false }];
  const [next, mean] = step(work, "ApplyRMSProp", targets, [learningRate, rho, 0, epsilon], gradient);
  return [next as Info, mean as Info];
};

/** Update steps. Not Adam's: TensorFlow's kernel takes 1 - beta2 in float32, which is wrong by 1e-5 of itself for 0.999. */
export const updateComputes: {
  readonly sgdUpdate: typeof sgdUpdate;
  readonly rmspropUpdate: typeof rmspropUpdate;
} = { sgdUpdate, rmspropUpdate };
