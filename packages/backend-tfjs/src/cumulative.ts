/** Running sums. */
import { sizeOf } from "@crease/backend";
import type { Compute } from "./compute.ts";

/** Sums of all elements up to each one along an axis, as the middle one of three: WebGL's Cumsum has no more than four. */
export const cumSum: Compute<"cumSum"> = (work, [x], { axis, exclusive, reverse }) => {
  const blocks = [sizeOf(x.shape.slice(0, axis)), x.shape[axis]!, sizeOf(x.shape.slice(axis + 1))];
  return [work.run("Cumsum", { x: work.reshape(x.info, blocks) }, { axis: 1, exclusive, reverse })];
};
