/** The reference backend: every primitive and element type in plain TypeScript. */
import {
  type Attrs,
  type Backend,
  BackendError,
  type CompositeName,
  type Data,
  decodeFloat16,
  dtypes,
  encodeFloat16,
  type Inputs,
  type KernelName,
  type Memory,
  type Operand,
  type Outputs,
  runKernel,
  type Spec,
  type Traits,
} from "@crease/backend";
import { allocate, byteLength, type CpuBuffer, type Numbers } from "./buffer.ts";
import { kernels } from "./kernels.ts";

const traits: Traits = {
  dtypes,
  tolerance: {
    float16: { rtol: 1e-3, atol: 1e-5 },
    float32: { rtol: 1e-6, atol: 1e-6 },
    float64: { rtol: 1e-12, atol: 1e-12 },
  },
  exactInt: 2 ** 31,
  garbageCollected: true,
  checksIndices: true,
};

class CpuBackend implements Backend<CpuBuffer> {
  readonly name: string = "cpu";
  readonly traits: Traits = traits;
  readonly composites: ReadonlySet<CompositeName> = new Set();
  /** Counts only: a reference here would keep buffers from the garbage collector. */
  #buffers = 0;
  #bytes = 0;

  upload(data: Data, { dtype }: Spec): CpuBuffer {
    const handle = bufferOf(data, dtype);
    this.#count(handle);
    return handle;
  }

  downloadSync({ handle, dtype }: Operand<CpuBuffer>): Data {
    return dtype === "float16" ? decodeFloat16(handle as Uint16Array) : (handle.slice() as Data);
  }

  download(x: Operand<CpuBuffer>): Promise<Data> {
    return Promise.resolve(this.downloadSync(x));
  }

  run<K extends KernelName | CompositeName>(
    op: K,
    inputs: Inputs<K, Operand<CpuBuffer>>,
    attrs: Attrs<K>,
    outs: Outputs<K, Spec>,
  ): Outputs<K, CpuBuffer> {
    let handles: Outputs<K, CpuBuffer>;
    try {
      handles = runKernel(this.name, kernels, op, inputs, attrs, outs);
    } catch (error) {
      throw error instanceof RangeError ? outOfMemory(op, outs, error) : error;
    }
    const list = handles as readonly CpuBuffer[];
    for (let i = 0; i < list.length; i++) this.#count(list[i] as CpuBuffer);
    return handles;
  }

  release(handle: CpuBuffer): void {
    this.#buffers--;
    this.#bytes -= byteLength(handle);
  }

  flush(): Promise<void> {
    return Promise.resolve();
  }

  memory(): Memory {
    return { buffers: this.#buffers, bytes: this.#bytes };
  }

  dispose(): Promise<void> {
    this.#buffers = 0;
    this.#bytes = 0;
    return Promise.resolve();
  }

  #count(handle: CpuBuffer): void {
    this.#buffers++;
    this.#bytes += byteLength(handle);
  }
}

/** What the engine says when an array is too long. */
function outOfMemory(op: string, outs: readonly Spec[], cause: RangeError): BackendError {
  return new BackendError({
    op,
    problem: `the result does not fit into memory (${cause.message})`,
    got: outs,
    fix: "Ask for less at once, or give tensors up sooner: wrap the step in `scope()`",
    cause,
  });
}

function bufferOf(data: Data, dtype: Spec["dtype"]): CpuBuffer {
  if (dtype === "string") return [...(data as readonly string[])];
  if (dtype === "float16") return encodeFloat16(data as Float32Array);
  const handle = allocate(dtype, data.length) as Numbers;
  handle.set(data as Numbers);
  return handle;
}

/**
 * A backend that computes on the CPU in plain TypeScript: the reference that the others are compared with.
 * Handles are typed arrays (strings: arrays of strings), freed by the garbage collector.
 *
 * @example
 * ```ts
 * import { cpuBackend } from "@crease/backend-cpu";
 * const backend = cpuBackend();
 * const spec = { dtype: "float32", shape: [2] } as const;
 * const x = { ...spec, handle: backend.upload(new Float32Array([1, 2]), spec) };
 * const [sum] = backend.run("add", [x, x], {}, [spec]);
 * backend.downloadSync?.({ ...spec, handle: sum }); // => [2, 4]
 * ```
 */
export function cpuBackend(): Backend<CpuBuffer> {
  return new CpuBackend();
}
