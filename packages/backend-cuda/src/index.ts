/** The public names of @crease/backend-cuda. */
export { type BindingStatus, bindingStatus, removeBinding, type StatusOptions } from "./bindingStatus.ts";
export { type CudaOptions, cudaBackend } from "./cudaBackend.ts";
export type { Device } from "./device.ts";
export { type CudaLibrary, type CudaReport, inspectCuda } from "./inspectCuda.ts";
export { type InstallOptions, installBinding } from "./installBinding.ts";
export { type Probe, probeBinding } from "./probe.ts";
