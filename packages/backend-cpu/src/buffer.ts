/** What a handle of this backend is: a plain array of the elements. */
import { bytesPerElement, type DType, type Kernel, type KernelName } from "@crease/backend";

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
  switch (dtype) {
    case "float32":
      return new Float32Array(size);
    case "float64":
      return new Float64Array(size);
    case "float16":
      return new Uint16Array(size);
    case "int32":
      return new Int32Array(size);
    case "int8":
      return new Int8Array(size);
    case "uint8":
    case "bool":
      return new Uint8Array(size);
    case "string":
      return new Array<string>(size).fill("");
  }
}

/** Bytes that a buffer counts for. */
export function byteLength(buffer: CpuBuffer): number {
  return Array.isArray(buffer) ? buffer.length * bytesPerElement.string : buffer.byteLength;
}
