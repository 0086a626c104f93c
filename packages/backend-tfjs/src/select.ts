/** The op that picks from two inputs by a third. */
import type { Compute } from "./compute.ts";

/** `test ? a : b` for each element; tfjs's Select broadcasts nothing. */
export const select: Compute<"select"> = (work, [test, a, b], _attrs, [{ shape }]) => [
  work.select(work.broadcast(test.info, shape), work.broadcast(a.info, shape), work.broadcast(b.info, shape)),
];
