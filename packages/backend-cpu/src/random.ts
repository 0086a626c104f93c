/** The random kernels. */
import { type Kernel, philox, sizeOf } from "@crease/backend";
import type { CpuBuffer } from "./buffer.ts";

export const randomBits: Kernel<"randomBits", CpuBuffer> = (_inputs, { key, counter, shape }) => [
  philox(key, counter, sizeOf(shape)),
];

export const randomUniform: Kernel<"randomUniform", CpuBuffer> = (_inputs, { key, counter, shape }) => {
  const bits = philox(key, counter, sizeOf(shape));
  const out = new Float32Array(bits.length);
  for (let i = 0; i < out.length; i++) out[i] = (bits[i]! >>> 8) * 2 ** -24;
  return [out];
};
