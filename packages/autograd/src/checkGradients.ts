/** Gradients against differences of values. */
import { type Shape, ValueError } from "@crease/backend";
import { hostBackend, scope, type Tensor, type TensorLike, tensor } from "@crease/tensor";
import { ownTensors } from "./ownTensors.ts";
import { GradientTape } from "./tape.ts";
import type { Tensors } from "./valueAndGrad.ts";

/** How gradients are checked. */
export interface GradientCheckOptions {
  /** Half the distance of the two points of a difference; 1e-5 unless said. */
  readonly epsilon?: number;
  /** Relative error allowed; 1e-6 unless said. */
  readonly rtol?: number;
  /** Absolute error allowed; 1e-8 unless said. */
  readonly atol?: number;
}

/** What a successful check found. */
export interface GradientReport {
  /** Number of derivatives compared. */
  readonly checked: number;
  /** The largest absolute difference. */
  readonly maxError: number;
}

/**
 * Compares the gradients of `f` by each argument with central differences, `(f(x + e) - f(x - e)) / 2e`, in float64
 * on the cpu backend. A result that is no scalar is summed with different weights, so that errors do not cancel.
 * `f` must be smooth at the given point, and create tensors on the backend and with the dtype of its arguments.
 *
 * @throws ValueError naming the worst derivative where one is off by more than `atol + rtol * |difference|`.
 * @example
 * ```ts
 * import { checkGradients } from "@crease/autograd";
 * const { checked } = await checkGradients((x, y) => x.matmul(y).tanh(), [[[1, 2]], [[0.5], [0.25]]]);
 * checked; // => 4
 * await checkGradients((x) => x.stopGradient().mul(x), [[1, 2]]).catch((error) => error.name); // => ValueError
 * ```
 */
export async function checkGradients<A extends Tensors>(
  f: (...xs: A) => Tensor,
  xs: { readonly [K in keyof A]: TensorLike },
  { epsilon = 1e-5, rtol = 1e-6, atol = 1e-8 }: GradientCheckOptions = {},
): Promise<GradientReport> {
  const points = await Promise.all(xs.map((x) => elementsOf(x)));
  const at = (moved?: readonly [argument: number, element: number, by: number]): readonly Tensor[] =>
    points.map(({ data, shape }, i) => {
      const values = data.slice();
      if (moved?.[0] === i) values[moved[1]] = (values[moved[1]] as number) + moved[2];
      return tensor(values, { dtype: "float64", shape, backend: hostBackend() });
    });
  const loss = (args: readonly Tensor[]): Tensor => {
    const y = f(...(args as unknown as A));
    return y.mul(weights(y)).sum();
  };
  const analytic = await gradientsOf(loss, at);
  let checked = 0;
  let maxError = 0;
  let worst = { excess: 0, problem: "" };
  for (const [i, { data }] of points.entries()) {
    for (let j = 0; j < data.length; j++) {
      const above = await scalar(scope(() => loss(at([i, j, epsilon]))));
      const below = await scalar(scope(() => loss(at([i, j, -epsilon]))));
      const difference = (above - below) / (2 * epsilon);
      const gradient = analytic[i]?.[j] ?? 0;
      const error = Math.abs(gradient - difference);
      const excess = Number.isNaN(error) ? Number.POSITIVE_INFINITY : error - (atol + rtol * Math.abs(difference));
      const problem = `the gradient by element ${j} of argument ${i} is ${gradient}, the difference quotient ${difference}`;
      if (excess > worst.excess) worst = { excess, problem };
      maxError = Math.max(maxError, error);
      checked++;
    }
  }
  if (worst.excess > 0)
    throw new ValueError({
      op: "checkGradients",
      problem: worst.problem,
      fix: "Correct the gradient, or stay away from points where the function is not smooth",
    });
  return { checked, maxError };
}

interface Point {
  readonly data: Float64Array;
  readonly shape: Shape;
}

async function elementsOf(x: TensorLike): Promise<Point> {
  const [own] = ownTensors([x]) as [Tensor];
  const data = Float64Array.from((await own.data()) as Float64Array);
  own.dispose();
  return { data, shape: own.shape };
}

async function scalar(x: Tensor): Promise<number> {
  const value = await x.item();
  x.dispose();
  return value;
}

/** The tape's gradients by each argument; null for unconnected ones. */
async function gradientsOf(
  loss: (xs: readonly Tensor[]) => Tensor,
  at: () => readonly Tensor[],
): Promise<readonly (Float64Array | null)[]> {
  const gradients = scope(() => {
    const xs = at();
    const tape = new GradientTape();
    tape.watch(xs);
    return tape.gradient(
      tape.record(() => loss(xs)),
      xs,
    );
  });
  const values = await Promise.all(gradients.map(async (dx) => dx && ((await dx.data()) as Float64Array)));
  for (const dx of gradients) dx?.dispose();
  return values;
}

/** Different weights between 0.5 and 1.5. */
function weights({ size, shape, dtype, backend }: Tensor): Tensor {
  return tensor(
    Float64Array.from({ length: size }, (_, i) => 1 + 0.5 * Math.cos(i)),
    { shape, dtype, backend },
  );
}
