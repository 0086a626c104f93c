/** The kernel table: what computes each primitive. */
import type { Kernel, KernelName, KernelTable } from "@crease/backend";
import { binaryKernels } from "./binary.ts";
import type { CpuBuffer } from "./buffer.ts";
import { cast } from "./cast.ts";
import { compareKernels } from "./compare.ts";
import { cumSum } from "./cumulative.ts";
import { gather, scatterAdd } from "./gather.ts";
import { matmul } from "./matmul.ts";
import { moveKernels } from "./move.ts";
import { randomBits, randomUniform } from "./random.ts";
import { reduceKernels } from "./reduce.ts";
import { select } from "./select.ts";
import { sort, topK } from "./sort.ts";
import { unaryKernels } from "./unary.ts";
import { widen } from "./widen.ts";

/** Kernels that compute with the values; those that only move bits and `cast` take float16 as it is. */
const computing = {
  ...unaryKernels,
  ...binaryKernels,
  ...compareKernels,
  ...reduceKernels,
  cumSum,
  scatterAdd,
  sort,
  topK,
  matmul,
};

/** The same kernels for float16 too. */
function widenAll<T extends object>(kernels: T): T {
  return Object.fromEntries(
    Object.entries(kernels).map(([op, kernel]) => [op, widen(kernel as Kernel<KernelName, CpuBuffer>)]),
  ) as T;
}

/** A kernel for every primitive; composites run by their definitions. */
export const kernels: KernelTable<CpuBuffer> = {
  ...widenAll(computing),
  ...moveKernels,
  cast,
  select,
  gather,
  randomBits,
  randomUniform,
};
