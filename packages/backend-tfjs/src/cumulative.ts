/** Running sums. */
import type { Compute } from "./compute.ts";

/** Sums of all elements up to each one along an axis. */
export const cumSum: Compute<"cumSum"> = (work, [x], { axis, exclusive, reverse }) => [
  work.run("Cumsum", { x: x.info }, { axis, exclusive, reverse }),
];
