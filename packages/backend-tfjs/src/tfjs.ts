/** What the adapter sees of TensorFlow.js: the few names it calls, so that no tfjs type is part of the public types. */
import type { DType, Shape } from "@crease/backend";

/** What `tfjsBackend` needs of `@tensorflow/tfjs-core`; the module itself fits. */
export interface TfjsCore {
  /** Name of the current backend; nothing before one is set. */
  getBackend(): string | undefined;
  /** The kernel of that name that a backend has registered. */
  getKernel(kernelName: string, backendName: string): { readonly kernelFunc: (call: never) => unknown } | undefined;
  engine(): { findBackend(name: string): object | null };
}

/** Element types that tfjs stores; int8 and uint8 live in int32. */
export type Stored = "float32" | "int32" | "bool";

/** Elements as tfjs holds them. */
export type StoredData = Float32Array | Int32Array | Uint8Array;

/** A tfjs tensor without its class: a counted key of the data, shape and element type. */
export interface Info {
  readonly dataId: object;
  readonly shape: Shape;
  readonly dtype: Stored;
}

/** The methods of a tfjs backend that keep data; each dataId carries a count. */
export interface Store {
  write(values: StoredData | null, shape: Shape, dtype: Stored): object;
  read(dataId: object): Promise<StoredData>;
  readSync(dataId: object): StoredData;
  /** wasm's own: the elements where they lie in its memory, until that grows. */
  typedArrayFromHeap?(x: Info): StoredData;
  /** wasm's own: where the elements lie, 0 where there was no room for them. */
  getMemoryOffset?(dataId: object): number;
  /** tfjs-node's own: whether libtensorflow computes on a GPU. */
  readonly isUsingGpuDevice?: boolean;
  incRef(dataId: object): void;
  disposeData(dataId: object): boolean;
}

/** The type that holds a dtype. */
export function storedType(dtype: DType): Stored {
  return dtype === "float32" || dtype === "bool" ? dtype : "int32";
}

/** An array of zeros for elements of a stored type. */
export function emptyStored(dtype: Stored, size: number): StoredData {
  return dtype === "float32" ? new Float32Array(size) : dtype === "int32" ? new Int32Array(size) : new Uint8Array(size);
}

/** Elements in the array of a stored type: the same array where it is one already. */
export function storedData(data: ArrayLike<number>, dtype: Stored): StoredData {
  const empty = emptyStored(dtype, 0);
  if (data.constructor === empty.constructor) return data as StoredData;
  const array = emptyStored(dtype, data.length);
  array.set(data);
  return array;
}
