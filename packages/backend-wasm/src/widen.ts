/** How float16 is computed: converted to float32, run there, converted back. */
import type { Operand, Spec } from "@crease/backend";
import type { WasmBuffer } from "./buffer.ts";
import type { Convert } from "./cast.ts";
import type { Engine } from "./engine.ts";

type AnyKernel = (
  inputs: readonly Operand<WasmBuffer>[],
  attrs: object,
  outs: readonly Spec[],
) => readonly WasmBuffer[];

/** The same kernels for calls with float16 among their inputs. */
export function widenAll<T extends object>(engine: Engine, convert: Convert, kernels: T): T {
  const entries = Object.entries(kernels) as [string, AnyKernel][];
  return Object.fromEntries(entries.map(([op, kernel]) => [op, widen(engine, convert, kernel)])) as T;
}

function widen(engine: Engine, convert: Convert, kernel: AnyKernel): AnyKernel {
  return (inputs, attrs, outs) => runWidened(engine, convert, kernel, inputs, attrs, outs);
}

function runWidened(
  engine: Engine,
  convert: Convert,
  kernel: AnyKernel,
  inputs: readonly Operand<WasmBuffer>[],
  attrs: object,
  outs: readonly Spec[],
): readonly WasmBuffer[] {
  const wideInputs = inputs.map(
    (x): Operand<WasmBuffer> =>
      x.dtype === "float16" ? { shape: x.shape, dtype: "float32", handle: convert(x, "float32") } : x,
  );
  const wideOuts = outs.map((out): Spec => (out.dtype === "float16" ? { shape: out.shape, dtype: "float32" } : out));
  const results = kernel(wideInputs, attrs, wideOuts).map((handle, i) => {
    if (outs[i]!.dtype !== "float16") return handle;
    const narrow = convert({ ...wideOuts[i]!, handle }, "float16");
    engine.release(handle);
    return narrow;
  });
  wideInputs.forEach((x, i) => {
    if (x !== inputs[i]) engine.release(x.handle);
  });
  return results;
}
