// Everything that the JavaScript side calls or puts into the table of kernels.
export * from "./binary";
export * from "./cast";
export * from "./gather";
export { gemm_f32, gemmBatch_f32, gemmScratch, setTile } from "./gemm";
export * from "./layerNorm";
export * from "./matmul";
export * from "./move";
export * from "./optim";
export { launch, work } from "./pool";
export * from "./random";
export * from "./reduce";
export * from "./select";
export * from "./softmax";
export * from "./sort";
export * from "./unary";

/** Where static data ends: below the first tensor, which a test checks. */
export function staticEnd(): usize { return __heap_base; }
