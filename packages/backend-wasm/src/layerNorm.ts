/** Layer normalisation over the last axis. */
import type { Attrs, Operand, Spec } from "@crease/backend";
import type { WasmBuffer } from "./buffer.ts";
import type { Engine } from "./engine.ts";
import { layout } from "./layout.ts";
import { typedKernels } from "./suffix.ts";

type Three<T> = readonly [T, T, T];

/** `layerNorm`: the normalised x, its means and 1 / deviations. */
export function layerNormKernel(
  engine: Engine,
): (inputs: Three<Operand<WasmBuffer>>, attrs: Attrs<"layerNorm">, outs: Three<Spec>) => Three<WasmBuffer> {
  const kernels = typedKernels(engine, "layerNorm");
  return (inputs, { epsilon }, outs) => {
    const [y, mean, rstd] = outs.map((spec) => engine.allocate(spec)) as unknown as Three<WasmBuffer>;
    const { int32, float64 } = engine.views;
    const at = layout.words >> 2;
    inputs.forEach((x, i) => {
      int32[at + i] = x.handle.address;
    });
    int32[at + 3] = y.address;
    int32[at + 4] = mean.address;
    int32[at + 5] = rstd.address;
    int32[at + 6] = mean.size;
    const [x] = inputs;
    int32[at + 7] = x.shape[x.shape.length - 1]!;
    float64[layout.floats >> 3] = epsilon;
    engine.launch(kernels[x.dtype], x.handle.size);
    return [y, mean, rstd];
  };
}
