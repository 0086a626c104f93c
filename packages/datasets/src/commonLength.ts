/** The number of rows that all tensors of an element share. */
import { ShapeError } from "@crease/backend";
import { type Element, mapTensors, tensorsOf } from "./element.ts";

/**
 * The size of the first axis of all tensors in `table`.
 *
 * @throws ShapeError for scalars and for tensors of different length.
 */
export function commonLength(table: Element): number {
  const specs = tensorsOf(table);
  let length: number | undefined;
  mapTensors(table, (x, name) => {
    const own = x.shape[0];
    if (own === undefined)
      throw new ShapeError({
        op: "Dataset.fromTensors",
        problem: `${name} is a scalar and has no rows`,
        got: specs,
        fix: "Give it a first axis with one row for each sample",
      });
    length ??= own;
    if (own !== length)
      throw new ShapeError({
        op: "Dataset.fromTensors",
        problem: `x has ${length} rows and ${name} has ${own}`,
        got: specs,
        fix: "Give one row of each for every sample",
      });
    return x;
  });
  return length ?? 0;
}
