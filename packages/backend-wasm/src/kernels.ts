/** The kernel table: what computes each primitive and each composite. */
import type { Kernel, KernelTable } from "@crease/backend";
import { binaryKernels } from "./binary.ts";
import type { WasmBuffer } from "./buffer.ts";
import { converter } from "./cast.ts";
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

/** The tables of one engine: for most calls, and for those with float16 among their inputs. */
export interface Tables {
  readonly plain: Required<KernelTable<WasmBuffer>>;
  readonly widened: Required<KernelTable<WasmBuffer>>;
}

/** A kernel for every primitive and composite, bound to one engine. */
export function tablesOf(engine: Engine): Tables {
  const convert = converter(engine);
  const cast: Kernel<"cast", WasmBuffer> = ([x], { dtype }) => [convert(x, dtype)];
  const { gather, scatterAdd } = gatherKernels(engine);
  /** Kernels that compute with the values; the others only move bits, or take float16 as it is. */
  const computing = {
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
  };
  const moving = {
    ...moveKernels(engine),
    ...randomKernels(engine),
    cast,
    select: selectKernel(engine),
    gather,
  };
  return { plain: { ...computing, ...moving }, widened: { ...widenAll(engine, convert, computing), ...moving } };
}
