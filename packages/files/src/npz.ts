/** NumPy's npz format: a zip archive of npy files. */
import { readNpy, writeNpy } from "./npy.ts";
import { type ReadZipOptions, readZip } from "./readZip.ts";
import { complaints } from "./source.ts";
import type { StoredArray } from "./storedArray.ts";
import { writeZip } from "./writeZip.ts";

/**
 * The arrays in an npz file, as `numpy.savez` and `savez_compressed` write it, by name; see `readNpy` for what they become.
 *
 * @throws DataError where the file is damaged, holds something else than arrays, or exceeds the limits.
 * @example
 * ```ts
 * import { readNpz, writeNpz } from "@crease/files";
 * const x = { dtype: "float32", shape: [2], data: new Float32Array([1, 2.5]) } as const;
 * const arrays = await readNpz(writeNpz(new Map([["x", x]])));
 * arrays.get("x")?.data; // => [1, 2.5]
 * ```
 */
export async function readNpz(
  bytes: Uint8Array,
  options: ReadZipOptions = {},
): Promise<ReadonlyMap<string, StoredArray>> {
  const { name = "the file" } = options;
  const arrays = new Map<string, StoredArray>();
  for (const [entry, content] of await readZip(bytes, options)) {
    if (!entry.endsWith(".npy"))
      throw complaints("readNpz", name)(`holds ${entry}, which is no npy file`, "Read it with `readZip`");
    arrays.set(entry.slice(0, -4), readNpy(content, { name: `${entry} in ${name}` }));
  }
  return arrays;
}

/**
 * The bytes of an npz file that `numpy.load` reads, uncompressed as those of `numpy.savez`.
 *
 * @throws DataError where an array's elements do not fill its shape, or a name is no plain path.
 * @example
 * ```ts
 * import { readNpz, writeNpz } from "@crease/files";
 * const bytes = writeNpz(new Map([["n", { dtype: "int32", shape: [], data: new Int32Array([3]) }]]));
 * (await readNpz(bytes)).size; // => 1
 * ```
 */
export function writeNpz(arrays: ReadonlyMap<string, StoredArray>): Uint8Array {
  return writeZip(new Map([...arrays].map(([name, array]) => [`${name}.npy`, writeNpy(array)])));
}
