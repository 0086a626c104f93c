/** The public names of @crease/backend-cpu. */
export { cpuBackend } from "./backend.ts";
export type { CpuBuffer } from "./buffer.ts";
