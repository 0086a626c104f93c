/** File formats as pure functions: bytes in, arrays out, and back. */
export { crc32 } from "./crc32.ts";
export { type InflateOptions, inflate } from "./inflate.ts";
export { readNpy, writeNpy } from "./npy.ts";
export { readNpz, writeNpz } from "./npz.ts";
export { type ReadZipOptions, readZip } from "./readZip.ts";
export { readSafetensors, type Safetensors, writeSafetensors } from "./safetensors.ts";
export type { ReadOptions } from "./source.ts";
export type { StoredArray } from "./storedArray.ts";
export { writeZip } from "./writeZip.ts";
