/** The arrays of an npz file of which some hold lists, as Keras keeps its data sets of words. */
import { DataError } from "@crease/backend";
import { readNpy, readZip, type StoredArray } from "@crease/files";
import { readPickledLists } from "./pickledLists.ts";

/** Lists of whole numbers, or an array. */
export type NpzEntry = { readonly lists: readonly (readonly number[])[] } | { readonly array: StoredArray };

/**
 * The entries named.
 *
 * @throws DataError where the file is damaged or lacks one, or an entry is neither an array nor lists of whole numbers.
 */
export async function readNpzLists<K extends string>(
  bytes: Uint8Array,
  names: readonly K[],
  { op, where, limit }: { readonly op: string; readonly where: string; readonly limit: number },
): Promise<{ readonly [name in K]: NpzEntry }> {
  const files = await readZip(bytes, { name: where, limit });
  const entries = names.map((name): [K, NpzEntry] => {
    const file = files.get(`${name}.npy`);
    if (file === undefined)
      throw new DataError({ op, problem: `${where} holds no ${name}.npy`, fix: "Get the original file" });
    const place = `${name}.npy in ${where}`;
    const pickle = pickleIn(file);
    if (pickle === undefined) return [name, { array: readNpy(file, { name: place }) }];
    return [name, { lists: readPickledLists(pickle, op, place) }];
  });
  return Object.fromEntries(entries) as { [name in K]: NpzEntry };
}

/** What follows the header of an npy file of Python objects; undefined for any other file. */
function pickleIn(file: Uint8Array): Uint8Array | undefined {
  const version = file[6];
  const start = version === 1 ? 10 : 12;
  if (file.length < start) return undefined;
  const view = new DataView(file.buffer, file.byteOffset);
  const end = start + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  const header = new TextDecoder().decode(file.subarray(start, end));
  return /'descr': *'\|O/.test(header) ? file.subarray(end) : undefined;
}
