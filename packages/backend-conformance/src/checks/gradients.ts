/** Checks of derivatives: central differences on the cpu, and the same numbers on the backend under test. */

import { checkGradients, GradientTape } from "@crease/autograd";
import { type Backend, isFloat } from "@crease/backend";
import { hostBackend, scope, type Tensor, tensor } from "@crease/tensor";
import type { Bench } from "../bench.ts";
import { type Check, check, failure, type RunName } from "../check.ts";
import { attrsFor, runAny, take, tensorOf } from "../reference.ts";
import { type Call, names, smoothCalls } from "../samples.ts";
import { derivativeTerms, expectClose } from "../tolerance.ts";
import { convert, type Value } from "../value.ts";
import { isComposite } from "./isComposite.ts";

/** First or second derivatives. */
export type Order = 1 | 2;
type Float = "float32" | "float64";
type Loss = (...xs: Tensor[]) => Tensor;

/** The float outputs of a call, as a function of its float inputs, added up with different weights to a scalar. */
function lossOf(op: RunName, { inputs, attrs }: Call, dtype: Float, backend: Backend): Loss {
  return (...xs) => {
    const rest = [...xs];
    const all = inputs.map((x) => (isFloat(x.dtype) ? (rest.shift() as Tensor) : tensorOf(x, backend)));
    return addUp(runAny(op, all, attrsFor(op, attrs, dtype)));
  };
}

function addUp(outputs: readonly (Tensor | null)[]): Tensor {
  return outputs
    .filter((y): y is Tensor => y !== null && isFloat(y.dtype))
    .map((y) => y.mul(weights(y)).sum())
    .reduce((a, b) => a.add(b));
}

/** Numbers between 0.5 and 1.5, so that no errors cancel. */
function weights({ size, shape, dtype, backend }: Tensor): Tensor {
  return tensor(
    Float64Array.from({ length: size }, (_, i) => 1 + 0.5 * Math.cos(i)),
    { shape, dtype, backend },
  );
}

function gradients(loss: Loss, xs: readonly Tensor[]): readonly (Tensor | null)[] {
  const tape = new GradientTape();
  tape.watch(xs);
  return tape.gradient(
    tape.record(() => loss(...xs)),
    xs,
  );
}

/** The gradients of a loss, added up: a loss whose own gradients are the second derivatives. */
const gradientOf =
  (loss: Loss): Loss =>
  (...xs) =>
    addUp([...gradients(loss, xs), ...xs.map((x) => x.mul(0))]);

const derived = (order: Order, loss: Loss): Loss => (order === 1 ? loss : gradientOf(loss));

/** The gradient by each float input; null where there is none. */
async function differentiate(op: RunName, call: Call, order: Order, dtype: Float, backend: Backend) {
  const points = call.inputs.filter((x) => isFloat(x.dtype)).map((x) => convert(x, dtype));
  const found = scope(() =>
    gradients(
      derived(order, lossOf(op, call, dtype, backend)),
      points.map((x) => tensorOf(x, backend)),
    ),
  );
  const values = await take(found.filter((x) => x !== null));
  let next = 0;
  return found.map((x) => (x === null ? null : (values[next++] as Value)));
}

/** Rounds the point to the dtype first, so that both sides stand at the same one. */
function rounded(call: Call, dtype: Float): Call {
  return { ...call, inputs: call.inputs.map((x) => (isFloat(x.dtype) ? convert(convert(x, dtype), "float64") : x)) };
}

async function agrees(bench: Bench, op: RunName, call: Call, order: Order, dtype: Float): Promise<void> {
  const { backend } = bench;
  const at = rounded(call, dtype);
  const expected = await differentiate(op, at, order, "float64", hostBackend());
  const actual = await differentiate(op, at, order, dtype, backend);
  for (const [i, dx] of actual.entries()) {
    const right = expected[i] as Value | null;
    if ((dx === null) !== (right === null))
      throw failure(op, `the gradient by input ${i} is ${dx === null ? "missing" : "there"}`, at.inputs);
    if (dx === null || right === null) continue;
    const what = `${op}, ${order === 1 ? "gradient" : "second gradient"} by input ${i}`;
    expectClose(what, dx, right, backend.traits, derivativeTerms(at.inputs, order), at.inputs);
  }
}

/** Shapes for difference quotients: they need two values for each element. */
const quotients = 4;

/** First or second derivatives: central differences on the cpu, then the same numbers on the backend. */
export const derivatives =
  (op: RunName, calls: readonly Call[], order: Order): Check["run"] =>
  async (bench: Bench): Promise<void> => {
    for (const call of calls.slice(0, quotients)) {
      const points = call.inputs.filter((x) => isFloat(x.dtype));
      const loss = derived(order, lossOf(op, call, "float64", hostBackend()));
      const tolerance = order === 1 ? {} : { rtol: 1e-5, atol: 1e-7 };
      const tensors = points.map((x) => tensorOf(x));
      await checkGradients(loss as (x: Tensor) => Tensor, tensors as unknown as [Tensor], tolerance);
      for (const x of tensors) x.dispose();
    }
    const has = bench.backend.traits.dtypes;
    for (const dtype of ["float32", "float64"] as const)
      if (has.includes(dtype) && bench.skipOf(op, dtype) === undefined)
        for (const call of calls)
          if (call.inputs.every((x) => isFloat(x.dtype) || has.includes(x.dtype)))
            await agrees(bench, op, call, order, dtype);
  };

/** Checks of every op with a derivative: the first, of composites the second too. */
export const gradientChecks: readonly Check[] = names.flatMap((op) => {
  const calls = smoothCalls(op);
  if (calls === null) return [];
  if (!isComposite(op)) return [check("R20", op, derivatives(op, calls, 1), "gradients")];
  return [
    check("R37", op, derivatives(op, calls, 1), "gradients"),
    check("R37", op, derivatives(op, calls, 2), "gradients of gradients"),
  ];
});
