/** How float16 is computed: decoded to float32, run there, encoded again. */
import type { Kernel, KernelName, Operand, Spec } from "@crease/backend";
import { decodeFloat16, encodeFloat16 } from "@crease/backend";
import type { CpuBuffer } from "./buffer.ts";

type AnyKernel = (inputs: readonly Operand<CpuBuffer>[], attrs: object, outs: readonly Spec[]) => readonly CpuBuffer[];

/** A kernel for float16 too, made of one for float32. */
export function widen<K extends KernelName>(kernel: Kernel<K, CpuBuffer>): Kernel<K, CpuBuffer> {
  const inner = kernel as unknown as AnyKernel;
  const outer: AnyKernel = (inputs, attrs, outs) => {
    for (let i = 0; i < inputs.length; i++)
      if ((inputs[i] as Spec).dtype === "float16") return runWidened(inner, inputs, attrs, outs);
    return inner(inputs, attrs, outs);
  };
  return outer as unknown as Kernel<K, CpuBuffer>;
}

function runWidened(
  kernel: AnyKernel,
  inputs: readonly Operand<CpuBuffer>[],
  attrs: object,
  outs: readonly Spec[],
): readonly CpuBuffer[] {
  const wideInputs = inputs.map(
    (x): Operand<CpuBuffer> =>
      x.dtype === "float16" ? { shape: x.shape, dtype: "float32", handle: decodeFloat16(x.handle as Uint16Array) } : x,
  );
  const wideOuts = outs.map((out): Spec => (out.dtype === "float16" ? { shape: out.shape, dtype: "float32" } : out));
  return kernel(wideInputs, attrs, wideOuts).map((handle, i) =>
    (outs[i] as Spec).dtype === "float16" ? encodeFloat16(handle as Float32Array) : handle,
  );
}
