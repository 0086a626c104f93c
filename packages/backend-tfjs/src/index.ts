/** The public names of @crease/backend-tfjs. */
export { tfjsBackend } from "./backend.ts";
export type { TfjsBuffer } from "./buffer.ts";
export type { TfjsCore } from "./tfjs.ts";
export { type TfjsWasmOptions, tfjsWasmBackend } from "./wasm.ts";
export { tfjsWebglBackend } from "./webgl.ts";
export { tfjsWebgpuBackend } from "./webgpu.ts";
