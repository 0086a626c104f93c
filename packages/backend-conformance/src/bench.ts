/** Where checks run: the backend under test, with the calls that they are made of. */
import { type Backend, type DType, inferRules, type Operand, type Spec } from "@crease/backend";
import type { RunName } from "./check.ts";
import type { Skip } from "./skip.ts";
import type { Value } from "./value.ts";

type AnyBackend = Backend<unknown>;
type AnyRun = (
  op: RunName,
  inputs: readonly Operand<unknown>[],
  attrs: object,
  outs: readonly Spec[],
) => readonly unknown[];
type AnyInfer = (inputs: readonly Spec[], attrs: object) => readonly Spec[];

/** Output specs of a call. */
export function inferOuts(op: RunName, inputs: readonly Spec[], attrs: object): readonly Spec[] {
  return (inferRules[op] as unknown as AnyInfer)(inputs, attrs);
}

/** A backend under test. */
export class Bench {
  readonly backend: AnyBackend;
  /** Makes another backend of the same kind. */
  readonly create: () => Promise<AnyBackend>;
  readonly skips: readonly Skip[];

  constructor(backend: AnyBackend, create: () => Promise<AnyBackend>, skips: readonly Skip[] = []) {
    this.backend = backend;
    this.create = create;
    this.skips = skips;
  }

  /** The skip that names an op, for all element types or for the given one. */
  skipOf(op: RunName, dtype?: DType): Skip | undefined {
    return this.skips.find(
      ({ ops, dtypes }) =>
        ops.includes(op) && (dtypes === undefined || (dtype !== undefined && dtypes.includes(dtype))),
    );
  }

  /** True where the backend has the op for `dtype`, stores all inputs and outputs of a call, and its integers exactly. */
  canRun(op: RunName, dtype: DType, inputs: readonly Value[], attrs: object, results: readonly Value[] = []): boolean {
    const { dtypes } = this.backend.traits;
    return (
      this.skipOf(op, dtype) === undefined &&
      [...inputs, ...inferOuts(op, inputs, attrs)].every((x) => dtypes.includes(x.dtype)) &&
      [...inputs, ...results].every((x) => this.#holds(x))
    );
  }

  #holds({ dtype, data }: Value): boolean {
    const { exactInt } = this.backend.traits;
    return dtype !== "int32" || (data as Int32Array).every((x) => Math.abs(x) <= exactInt);
  }

  /** A buffer of the values; the caller releases it. */
  upload(x: Value): Operand<unknown> {
    return { dtype: x.dtype, shape: x.shape, handle: this.backend.upload(x.data, x) };
  }

  /** Calls the kernel; the caller releases what it returns. */
  run(op: RunName, inputs: readonly Operand<unknown>[], attrs: object): readonly Operand<unknown>[] {
    const outs = inferOuts(op, inputs, attrs);
    const handles = (this.backend.run as unknown as AnyRun).call(this.backend, op, inputs, attrs, outs);
    return handles.map((handle, i) => ({ ...(outs[i] as Spec), handle }));
  }

  /** A copy of a buffer's elements. */
  async read(x: Operand<unknown>): Promise<Value> {
    return { dtype: x.dtype, shape: x.shape, data: await this.backend.download(x) };
  }

  /** Gives buffers back. */
  release(xs: readonly Operand<unknown>[]): void {
    for (const { handle } of xs) this.backend.release(handle);
  }

  /** Uploads, runs, downloads and releases. */
  async compute(op: RunName, inputs: readonly Value[], attrs: object): Promise<readonly Value[]> {
    return this.withOperands(inputs, async (operands) => {
      const outputs = this.run(op, operands, attrs);
      const results = await Promise.all(outputs.map((y) => this.read(y)));
      this.release(outputs);
      return results;
    });
  }

  /** Runs `body` with uploaded inputs, which are released behind it. */
  async withOperands<T>(
    inputs: readonly Value[],
    body: (operands: readonly Operand<unknown>[]) => Promise<T>,
  ): Promise<T> {
    const operands = inputs.map((x) => this.upload(x));
    try {
      return await body(operands);
    } finally {
      this.release(operands);
    }
  }
}
