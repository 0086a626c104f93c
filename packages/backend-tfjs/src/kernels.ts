/** The kernel table: what computes each op on one device. */
import type { KernelTable } from "@crease/backend";
import { binaryComputes } from "./binary.ts";
import type { TfjsBuffer } from "./buffer.ts";
import { cast } from "./cast.ts";
import { compareComputes } from "./compare.ts";
import { compositesOf } from "./composites.ts";
import { bind, type Compute, type Name } from "./compute.ts";
import { cumSum } from "./cumulative.ts";
import type { Device } from "./device.ts";
import { gather, scatterAdd } from "./gather.ts";
import { matmul } from "./matmul.ts";
import { moveComputes } from "./move.ts";
import { randomBits, randomUniform } from "./random.ts";
import { reduceComputes } from "./reduce.ts";
import { select } from "./select.ts";
import { sort, topK } from "./sort.ts";
import { unaryComputes } from "./unary.ts";

const primitives = {
  ...unaryComputes,
  ...binaryComputes,
  ...compareComputes,
  ...reduceComputes,
  ...moveComputes,
  cumSum,
  scatterAdd,
  sort,
  topK,
  matmul,
  cast,
  select,
  gather,
  randomBits,
  randomUniform,
};

/** A kernel for every primitive, and for the composites that the device has. */
export function kernelsOf(device: Device): KernelTable<TfjsBuffer> {
  return Object.fromEntries(
    Object.entries({ ...primitives, ...compositesOf(device) }).map(([op, compute]) => [
      op,
      bind(device, op as Name, compute as unknown as Compute<Name>),
    ]),
  ) as unknown as KernelTable<TfjsBuffer>;
}
