/** Gradients against differences of values. */
import { ValueError } from "@crease/backend";
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
  const place = (values: readonly Float64Array[]): readonly Tensor[] =>
    values.map((data, i) =>
      tensor(data, { dtype: "float64", shape: (points[i] as Point).shape, backend: hostBackend() }),
    );
  const loss = (at: readonly Tensor[]): Tensor => {
    const y = f(...(at as unknown as A));
    return y.mul(weights(y)).sum();
  };
  const center = points.map(({ data }) => data);
  const analytic = await Promise.all(gradientsAt(loss, place(center)).map((gradient) => gradient?.data() ?? null));
  let checked = 0;
  let maxError = 0;
  let worst: { excess: number; problem: string } | null = null;
  for (const [i, { data }] of points.entries()) {
    for (let j = 0; j < data.length; j++) {
      const shifted = (by: number): Promise<number> => {
        const moved = data.slice();
        moved[j] = (data[j] as number) + by;
        const y = scope(() => loss(place(center.map((same, k) => (k === i ? moved : same)))));
        return y.item().finally(() => y.dispose());
      };
      const difference = ((await shifted(epsilon)) - (await shifted(-epsilon))) / (2 * epsilon);
      const gradient = ((analytic[i] as Float64Array | null)?.[j] as number | undefined) ?? 0;
      const error = Math.abs(gradient - difference);
      const excess = error - (atol + rtol * Math.abs(difference));
      checked++;
      maxError = Math.max(maxError, error);
      if (!(excess <= (worst?.excess ?? 0)))
        worst = {
          excess,
          problem: `the gradient by element ${j} of argument ${i} is ${gradient}, the difference quotient ${difference}`,
        };
    }
  }
  if (worst !== null)
    throw new ValueError({
      op: "checkGradients",
      problem: worst.problem,
      fix: "Correct the gradient, or stay away from points where the function is not smooth",
    });
  return { checked, maxError };
}

interface Point {
  readonly data: Float64Array;
  readonly shape: readonly number[];
}

async function elementsOf(x: TensorLike): Promise<Point> {
  const [own] = ownTensors([x]) as [Tensor];
  const data = Float64Array.from((await own.data()) as Float64Array);
  own.dispose();
  return { data, shape: own.shape };
}

function gradientsAt(loss: (xs: readonly Tensor[]) => Tensor, xs: readonly Tensor[]): readonly (Tensor | null)[] {
  const tape = new GradientTape();
  tape.watch(xs);
  return scope(() =>
    tape.gradient(
      tape.record(() => loss(xs)),
      xs,
    ),
  );
}

/** Different weights between 0.5 and 1.5. */
function weights({ size, shape, dtype, backend }: Tensor): Tensor {
  return tensor(
    Float64Array.from({ length: size }, (_, i) => 1 + 0.5 * Math.cos(i)),
    { shape, dtype, backend },
  );
}
