/** The public names of @crease/backend-wasm. */
export type { WasmBuffer } from "./buffer.ts";
export type { Tile, Variant } from "./variants.ts";
export { type WasmBackend, type WasmInfo, type WasmOptions, wasmBackend } from "./wasmBackend.ts";
export { type WasmFiles, wasmFiles } from "./wasmFiles.ts";
