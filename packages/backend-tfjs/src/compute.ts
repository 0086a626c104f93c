/** How an op is written in this backend: a function from tfjs tensors to tfjs tensors. */
import {
  type Attrs,
  bytesPerElement,
  type CompositeName,
  type Inputs,
  type Kernel,
  type KernelName,
  type Operand,
  type Outputs,
  type Spec,
  sizeOf,
} from "@crease/backend";
import type { TfjsBuffer } from "./buffer.ts";
import type { Device } from "./device.ts";
import { emptyStored, type Info, storedType } from "./tfjs.ts";
import { isEmpty, Work } from "./work.ts";

/** An input: the spec that the front end knows it by, and its elements in that shape. */
export interface Input extends Spec {
  readonly info: Info;
  /** Only in update composites: nobody else holds the elements, so they may be overwritten. */
  readonly unshared: boolean;
}

/** The names that have a `Compute`. */
export type Name = KernelName | CompositeName;

/** Computes one op by kernels of tfjs; what it returns may be an input's info. */
export type Compute<K extends Name> = (
  work: Work,
  inputs: Inputs<K, Input>,
  attrs: Attrs<K>,
  outs: Outputs<K, Spec>,
) => Outputs<K, Info>;

type AnyCompute = (work: Work, inputs: readonly Input[], attrs: object, outs: readonly Spec[]) => readonly Info[];

/** A kernel of this backend: outputs without elements need no tfjs, for the rest temporaries are given back. */
export function bind<K extends Name>(device: Device, op: K, compute: Compute<K>): Kernel<K, TfjsBuffer> {
  const any = compute as unknown as AnyCompute;
  const kernel = (
    inputs: readonly Operand<TfjsBuffer>[],
    attrs: object,
    outs: readonly Spec[],
  ): readonly TfjsBuffer[] => {
    // Temporaries are about as large as inputs and outputs are.
    device.reserve(op, bytesOf(inputs) + bytesOf(outs));
    const work = new Work(device);
    try {
      const results = outs.every(isEmpty)
        ? outs.map(({ shape, dtype }) => work.write(emptyStored(storedType(dtype), 0), shape, storedType(dtype)))
        : any(
            work,
            inputs.map((x) => ({ shape: x.shape, dtype: x.dtype, info: work.view(x), unshared: x.unshared === true })),
            attrs,
            outs,
          );
      return work.finish(results, outs);
    } catch (error) {
      work.discard();
      throw error;
    }
  };
  return kernel as unknown as Kernel<K, TfjsBuffer>;
}

function bytesOf(specs: readonly Spec[]): number {
  let bytes = 0;
  for (const { dtype, shape } of specs) bytes += sizeOf(shape) * bytesPerElement[storedType(dtype)];
  return bytes;
}
