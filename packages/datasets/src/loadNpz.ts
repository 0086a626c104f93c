/** The arrays in NumPy's files as tensors. */
import type { Backend } from "@crease/backend";
import { type Tensor, tensor } from "@crease/tensor";
import { type ArrayFileOptions, type ArrayFileSource, readArrays } from "./arrayFile.ts";

/** How much is read, and where it is put. */
export interface LoadNpzOptions extends ArrayFileOptions {
  /** Where the tensors live. Default: the default backend. */
  readonly backend?: Backend;
}

/**
 * The arrays of an npz file as tensors by name, in their order; that of an npy file is named `x`. Integers that tensors
 * lack become int32 where all values fit, else float64. The tensors are the caller's to dispose.
 *
 * @throws DataError where the file cannot be read, is damaged, or holds something else than arrays.
 * @example
 * ```ts
 * import { loadNpz } from "@crease/datasets";
 * import { writeNpz } from "@crease/files";
 * const bytes = writeNpz(new Map([["x", { dtype: "float32", shape: [2], data: new Float32Array([1, 2]) }]]));
 * const arrays = await loadNpz(bytes);
 * arrays.get("x")?.toString(); // => [1. 2.]
 * ```
 */
export async function loadNpz(
  source: ArrayFileSource,
  options: LoadNpzOptions = {},
): Promise<ReadonlyMap<string, Tensor>> {
  const arrays = await readArrays("loadNpz", source, options);
  const place = options.backend === undefined ? {} : { backend: options.backend };
  const tensors = new Map<string, Tensor>();
  for (const [name, { data, shape, dtype }] of arrays) tensors.set(name, tensor(data, { shape, dtype, ...place }));
  return tensors;
}
