/** Everything in one import, as `keras` is to a Keras user: a namespace for each package, and all of tensor by itself. */
export * as autograd from "@crease/autograd";
export * as backend from "@crease/backend";
export { cpuBackend } from "@crease/backend-cpu";
export * as datasets from "@crease/datasets";
export * as files from "@crease/files";
export * as layers from "@crease/layers";
export * as losses from "@crease/losses";
export * as metrics from "@crease/metrics";
export * as models from "@crease/models";
export * as optimizers from "@crease/optimizers";
export * from "@crease/tensor";
export { type BackendChoice, type PassedOver, useFastestBackend } from "./useFastestBackend.ts";
