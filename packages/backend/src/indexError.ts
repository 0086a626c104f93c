/** The error of an index that points outside its axis, the same from every backend. */
import { ValueError } from "./errors.ts";
import type { Spec } from "./spec.ts";

/**
 * Names a bad index and where it stands.
 *
 * @param at Place of the index among the row-major elements of `indices`.
 * @param size Elements of the axis that the indices point along.
 * @example
 * ```ts
 * import { indexError } from "@crease/backend";
 * const indices = { dtype: "int32", shape: [2, 2] } as const;
 * indexError("gather", 7, 2, indices, 5, []).problem; // => index 7 at position [1,0] is outside [0, 5)
 * ```
 */
export function indexError(
  op: string,
  index: number,
  at: number,
  indices: Spec,
  size: number,
  got: readonly Spec[],
): ValueError {
  const position: number[] = [];
  let rest = at;
  for (const n of [...indices.shape].reverse()) {
    position.unshift(rest % n);
    rest = Math.floor(rest / n);
  }
  return new ValueError({
    op,
    problem: `index ${index} at position [${position.join(",")}] is outside [0, ${size})`,
    got,
    fix: size === 0 ? "An axis without elements has no valid index" : `Use indices from 0 to ${size - 1}`,
  });
}
