/** The public names of @crease/backend-wasm. */
export type { WasmBuffer } from "./buffer.ts";
export { type WasmBackend, type WasmInfo, type WasmOptions, wasmBackend } from "./wasmBackend.ts";
