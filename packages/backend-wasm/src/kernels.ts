/** The kernel table: what computes each primitive and each composite. */
import type { CompositeName, KernelTable } from "@crease/backend";
import { binaryKernels } from "./binary.ts";
import type { WasmBuffer } from "./buffer.ts";
import { castKernel } from "./cast.ts";
import type { Engine } from "./engine.ts";
import { gatherKernels } from "./gather.ts";
import { layerNormKernel } from "./layerNorm.ts";
import { denseKernel, matmulKernel } from "./matmul.ts";
import { moveKernels } from "./move.ts";
import { randomKernels } from "./random.ts";
import { reduceKernels } from "./reduce.ts";
import { selectKernel } from "./select.ts";
import { logSoftmaxKernel, softmaxCrossEntropyKernel, softmaxKernel } from "./softmax.ts";
import { sortKernels } from "./sort.ts";
import { geluKernel, unaryKernels } from "./unary.ts";
import { updateKernels } from "./update.ts";
import { widenAll } from "./widen.ts";

/** The composites that have kernels of their own: all of them. */
export const composites: ReadonlySet<CompositeName> = new Set<CompositeName>([
  "softmax",
  "logSoftmax",
  "gelu",
  "dense",
  "softmaxCrossEntropy",
  "layerNorm",
  "sgdUpdate",
  "momentumUpdate",
  "adagradUpdate",
  "rmspropUpdate",
  "adamUpdate",
]);

/** A kernel for every primitive and composite, bound to one engine. */
export function kernelsOf(engine: Engine): KernelTable<WasmBuffer> {
  const { gather, scatterAdd } = gatherKernels(engine);
  return {
    // Kernels that compute with the values; those that only move bits and `cast` take float16 as it is.
    ...widenAll(engine, {
      ...unaryKernels(engine),
      ...binaryKernels(engine),
      ...reduceKernels(engine),
      ...sortKernels(engine),
      ...updateKernels(engine),
      scatterAdd,
      matmul: matmulKernel(engine),
      softmax: softmaxKernel(engine),
      logSoftmax: logSoftmaxKernel(engine),
      gelu: geluKernel(engine),
      dense: denseKernel(engine),
      softmaxCrossEntropy: softmaxCrossEntropyKernel(engine),
      layerNorm: layerNormKernel(engine),
    }),
    ...moveKernels(engine),
    ...randomKernels(engine),
    cast: castKernel(engine),
    select: selectKernel(engine),
    gather,
  };
}
