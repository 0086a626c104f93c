/** What a handle of this backend is: a plain array of the elements. */
import { bytesPerElement, type DType, emptyData, type Kernel, type KernelName } from "@crease/backend";

/** Buffers of integers; bool is stored as 0 and 1 in a Uint8Array. */
export type Integers = Int32Array | Int8Array | Uint8Array;
/** Buffers of numbers that kernels compute with. */
export type Numbers = Float32Array | Float64Array | Integers;
/** The elements of one tensor, dense and row-major; float16 as its 16 bits. */
export type CpuBuffer = Numbers | Uint16Array | string[];

/** Kernels of this backend for some of the primitives. */
export type Kernels<Names extends KernelName> = { readonly [K in Names]: Kernel<K, CpuBuffer> };

/** A zero-filled buffer. */
export function allocate(dtype: DType, size: number): CpuBuffer {
  return dtype === "float16" ? new Uint16Array(size) : (emptyData(dtype, size) as Numbers | string[]);
}

/** Bytes that a buffer counts for. */
export function byteLength(buffer: CpuBuffer): number {
  return Array.isArray(buffer) ? buffer.length * bytesPerElement.string : buffer.byteLength;
}
