/** File formats as pure functions: bytes in, arrays out, and back. */
export { crc32 } from "./crc32.ts";
export { type ReadHdf5Options, readHdf5 } from "./hdf5/readHdf5.ts";
export type { Hdf5Attributes, Hdf5Dataset, Hdf5Group } from "./hdf5/tree.ts";
export { writeHdf5 } from "./hdf5/writeHdf5.ts";
export { type InflateOptions, inflate } from "./inflate.ts";
export { readNpy, writeNpy } from "./npy.ts";
export { readNpz, writeNpz } from "./npz.ts";
export { type ReadZipOptions, readZip } from "./readZip.ts";
export { readSafetensors, type Safetensors, writeSafetensors } from "./safetensors.ts";
export type { ReadOptions } from "./source.ts";
export type { StoredArray } from "./storedArray.ts";
export { writeZip } from "./writeZip.ts";
