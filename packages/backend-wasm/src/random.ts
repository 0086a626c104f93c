/** The random kernels. */
import type { Spec, Stream } from "@crease/backend";
import type { Kernels, WasmBuffer } from "./buffer.ts";
import type { Engine } from "./engine.ts";
import { layout } from "./layout.ts";

/** `randomBits` and `randomUniform`, by Philox. */
export function randomKernels(engine: Engine): Kernels<"randomBits" | "randomUniform"> {
  const random =
    (name: string) =>
    (_inputs: readonly [], { key, counter }: Stream, [spec]: readonly [Spec]): readonly [WasmBuffer] => {
      const out = engine.allocate(spec);
      const { int32, float64 } = engine.views;
      const at = layout.words >> 2;
      int32[at] = out.address;
      int32[at + 1] = out.size;
      int32[at + 2] = key[0];
      int32[at + 3] = key[1];
      float64[layout.floats >> 3] = counter;
      engine.launch(engine.kernel(name), out.size * 3);
      return [out];
    };
  return { randomBits: random("randomBits"), randomUniform: random("randomUniform") };
}
