/** Kernels that take and add by indices. */
import { bytesPerElement, type Gather, type Operand, type Spec } from "@crease/backend";
import type { Kernels, WasmBuffer } from "./buffer.ts";
import type { Engine } from "./engine.ts";
import { indexCheck } from "./indices.ts";
import { layout } from "./layout.ts";
import { fill } from "./move.ts";
import { product } from "./product.ts";
import { typedKernels } from "./suffix.ts";

/** Rows of at least this many bytes are shared out one by one. */
const longRow = 256;

/** Sets the arguments from the side with the indexed axis (`whole`) and the indices; returns how many rows there are. */
function setLayout(
  engine: Engine,
  whole: Spec,
  indices: Operand<WasmBuffer>,
  { axis, batchDims }: Gather,
  width: number,
): number {
  const words = engine.views.int32;
  const at = layout.words >> 2;
  const batches = product(whole.shape, 0, batchDims);
  const before = product(whole.shape, batchDims, axis);
  const taken = product(indices.shape, batchDims, indices.shape.length);
  words[at + 1] = indices.handle.address;
  words[at + 3] = batches;
  words[at + 4] = before;
  words[at + 5] = taken;
  words[at + 6] = product(whole.shape, axis + 1, whole.shape.length) * width;
  words[at + 7] = whole.shape[axis]!;
  return batches * before * taken;
}

/** `gather` and `scatterAdd`. */
export function gatherKernels(engine: Engine): Kernels<"gather" | "scatterAdd"> {
  const checkGather = indexCheck(engine, "gather");
  const checkScatter = indexCheck(engine, "scatterAdd");
  const [short, long] = [engine.kernel("gather"), engine.kernel("gatherRows")];
  const adders = typedKernels(engine, "scatterAdd");
  return {
    gather: ([x, indices], attrs, [spec]) => {
      checkGather(indices, x.shape[attrs.axis]!, [x, indices]);
      const out = engine.allocate(spec);
      if (out.size === 0) return [out];
      const at = layout.words >> 2;
      const rows = setLayout(engine, x, indices, attrs, bytesPerElement[x.dtype]);
      const words = engine.views.int32;
      words[at] = x.handle.address;
      words[at + 2] = out.address;
      const bytes = out.bytes / rows;
      engine.launch(bytes >= longRow ? long : short, rows * 3 + out.bytes * 0.2);
      return [out];
    },
    scatterAdd: ([indices, updates], attrs, [spec]) => {
      checkScatter(indices, attrs.size, [indices, updates]);
      const out = engine.allocate(spec);
      fill(engine, spec, out, 0);
      if (updates.handle.size === 0) return [out];
      const at = layout.words >> 2;
      setLayout(engine, spec, indices, attrs, 1);
      const words = engine.views.int32;
      words[at] = updates.handle.address;
      words[at + 2] = out.address;
      engine.launch(adders[updates.dtype], updates.handle.size);
      return [out];
    },
  };
}
