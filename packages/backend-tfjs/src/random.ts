/** Random numbers, made on the host so that they are the same bits everywhere. */
import { philox, sizeOf } from "@crease/backend";
import type { Compute } from "./compute.ts";

/** The words of the Philox stream. */
export const randomBits: Compute<"randomBits"> = (work, _inputs, { key, counter, shape }) => [
  work.write(philox(key, counter, sizeOf(shape)), shape, "int32"),
];

/** The top 24 bits of each word over 2^24. */
export const randomUniform: Compute<"randomUniform"> = (work, _inputs, { key, counter, shape }) => {
  const bits = philox(key, counter, sizeOf(shape));
  const fractions = Float32Array.from(bits, (word) => (word >>> 8) * 2 ** -24);
  return [work.write(fractions, shape, "float32")];
};
