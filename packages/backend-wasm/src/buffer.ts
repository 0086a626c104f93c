/** What a handle of this backend is: a block of the linear memory. */
import type { Kernel, KernelName } from "@crease/backend";

/** The elements of one tensor, dense and row-major, in the linear memory. */
export class WasmBuffer {
  /** First byte; a multiple of 64. */
  readonly address: number;
  /** Number of elements. */
  readonly size: number;
  /** Bytes that the elements take. */
  readonly bytes: number;
  /** Bytes of the block, of which the rest is padding. */
  readonly capacity: number;
  /** False once it was given back. */
  isAlive = true;

  constructor(address: number, size: number, bytes: number, capacity: number) {
    this.address = address;
    this.size = size;
    this.bytes = bytes;
    this.capacity = capacity;
  }
}

/** Kernels of this backend for some of the primitives. */
export type Kernels<Names extends KernelName> = { readonly [K in Names]: Kernel<K, WasmBuffer> };
