/** What the reference backend returns, in float64. */
import { type Backend, isFloat } from "@crease/backend";
import { cpuBackend } from "@crease/backend-cpu";
import { hostBackend, run, scope, type Tensor, tensor } from "@crease/tensor";
import { Bench } from "./bench.ts";
import type { RunName } from "./check.ts";
import { convert, type Value } from "./value.ts";

/** The elements in double precision, if they are floats. */
export const widened = (x: Value): Value => (isFloat(x.dtype) ? convert(x, "float64") : x);

/** The attributes for another float type: only `cast` names one. */
export function attrsFor(op: RunName, attrs: object, dtype: "float32" | "float64"): object {
  return op === "cast" && isFloat((attrs as { dtype: "float32" }).dtype) ? { dtype } : attrs;
}

/** The result of a primitive by the cpu backend. */
export function reference(op: RunName, inputs: readonly Value[], attrs: object): Promise<readonly Value[]> {
  const backend = cpuBackend();
  return new Bench(backend, async () => backend).compute(op, inputs.map(widened), attrsFor(op, attrs, "float64"));
}

/** A tensor of the values on a backend. */
export function tensorOf({ data, dtype, shape }: Value, backend: Backend = hostBackend()): Tensor {
  return tensor(data as Float32Array, { dtype, shape, backend });
}

type AnyRun = (op: RunName, inputs: readonly Tensor[], attrs: object) => readonly Tensor[];

/** Calls an op of any name through the front end. */
export const runAny = run as unknown as AnyRun;

/** Reads tensors and gives them up. */
export async function take(xs: readonly Tensor[]): Promise<readonly Value[]> {
  try {
    return await Promise.all(
      xs.map(async (x): Promise<Value> => ({ dtype: x.dtype, shape: x.shape, data: (await x.data()) as Float32Array })),
    );
  } finally {
    for (const x of xs) x.dispose();
  }
}

/** The result of any op through the front end: by the backend's kernel, or by the definition of a composite. */
export function throughFrontEnd(
  op: RunName,
  inputs: readonly Value[],
  attrs: object,
  backend: Backend = hostBackend(),
): Promise<readonly Value[]> {
  return take(
    scope(() =>
      runAny(
        op,
        inputs.map((x) => tensorOf(x, backend)),
        attrs,
      ),
    ),
  );
}
