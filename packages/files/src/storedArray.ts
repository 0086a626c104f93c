/** An array as files hold it. */
import type { Data, DType, Shape } from "@crease/backend";

/**
 * Elements in row-major order with their spec, as they cross the border of a backend: float16 as Float32Array, bool as
 * 0 and 1, string as an array of strings. `tensor(data, { shape, dtype })` makes a tensor of it.
 */
export interface StoredArray {
  readonly dtype: DType;
  readonly shape: Shape;
  readonly data: Data;
}
