/** What an HDF5 file holds: groups and arrays by name, each with attributes. */
import type { StoredArray } from "../storedArray.ts";

/** Small arrays that describe a group or an array, by name. */
export type Hdf5Attributes = ReadonlyMap<string, StoredArray>;

/** An array in a file, with its attributes. */
export interface Hdf5Dataset {
  readonly attributes: Hdf5Attributes;
  readonly array: StoredArray;
}

/** A group, as a folder in a file system: groups and arrays by name. */
export interface Hdf5Group {
  readonly attributes: Hdf5Attributes;
  readonly members: ReadonlyMap<string, Hdf5Group | Hdf5Dataset>;
}
