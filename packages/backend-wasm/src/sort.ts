/** Stable sorting along the last axis. */
import type { Operand, Spec } from "@crease/backend";
import type { Kernels, WasmBuffer } from "./buffer.ts";
import type { Engine } from "./engine.ts";
import { layout } from "./layout.ts";
import { typedKernels } from "./suffix.ts";

type Two = readonly [Spec, Spec];

/** `sort` and `topK`: values and int32 positions. */
export function sortKernels(engine: Engine): Kernels<"sort" | "topK"> {
  const kernels = typedKernels(engine, "sort");
  const sort = (
    x: Operand<WasmBuffer>,
    k: number,
    descending: boolean,
    outs: Two,
  ): readonly [WasmBuffer, WasmBuffer] => {
    const values = engine.allocate(outs[0]);
    const positions = engine.allocate(outs[1]);
    if (values.size === 0) return [values, positions];
    const n = x.shape[x.shape.length - 1]!;
    const scratch = engine.allocateBytes(2 * n, 4);
    const words = engine.views.int32;
    const at = layout.words >> 2;
    words[at] = x.handle.address;
    words[at + 1] = values.address;
    words[at + 2] = positions.address;
    words[at + 3] = x.handle.size / n;
    words[at + 4] = n;
    words[at + 5] = k;
    words[at + 6] = Number(descending);
    words[at + 7] = scratch.address;
    engine.launch(kernels[x.dtype], 0);
    engine.release(scratch);
    return [values, positions];
  };
  return {
    sort: ([x], { descending }, outs) => sort(x, x.shape[x.shape.length - 1]!, descending, outs),
    topK: ([x], { k }, outs) => sort(x, k, true, outs),
  };
}
