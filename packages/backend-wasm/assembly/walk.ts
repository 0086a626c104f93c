// Offsets of rows in strided arrays, from the plan in the arguments.
import { plan } from "./layout";

/**
 * Elements before row `row` of array `array`. The plan holds, for each outer axis from the last one on, its size and
 * then the stride of each of `arrays` arrays, from word `base` on.
 */
export function rowOffset(row: i32, axes: i32, arrays: i32, array: i32, base: i32): i32 {
  let offset = 0;
  for (let axis = 0; axis < axes; axis++) {
    const at = base + axis * (arrays + 1), size = plan(at), index = row % size;
    row /= size;
    offset += index * plan(at + 1 + array);
  }
  return offset;
}
