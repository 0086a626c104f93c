/** A tfjs backend as one of ours. */
import {
  type Attrs,
  type Backend,
  type CompositeName,
  type Data,
  emptyData,
  type Inputs,
  type KernelName,
  type KernelTable,
  type Memory,
  type Operand,
  type Outputs,
  runKernel,
  type Spec,
  sizeOf,
  type Traits,
} from "@crease/backend";
import { TfjsBuffer } from "./buffer.ts";
import { compositesOf } from "./composites.ts";
import { Device } from "./device.ts";
import { kernelsOf } from "./kernels.ts";
import { type StoredData, storedData, storedType, type TfjsCore } from "./tfjs.ts";

/** Buffers and kernels of one tfjs backend. */
class TfjsBackend implements Backend<TfjsBuffer> {
  readonly name: string;
  readonly traits: Traits;
  readonly composites: ReadonlySet<CompositeName>;
  readonly #device: Device;
  readonly #kernels: KernelTable<TfjsBuffer>;
  readonly #alive = new Set<TfjsBuffer>();
  #bytes = 0;

  constructor(device: Device) {
    this.name = `tfjs-${device.name}`;
    this.traits = traitsOf(device);
    this.composites = new Set(Object.keys(compositesOf(device)) as CompositeName[]);
    this.#device = device;
    this.#kernels = kernelsOf(device);
  }

  upload(data: Data, { dtype, shape }: Spec): TfjsBuffer {
    const stored = storedType(dtype);
    const numbers = data as StoredData;
    // Some backends keep the array that they are given.
    const same = storedData(numbers, stored);
    const copy = same === numbers ? same.slice() : same;
    return this.#count(new TfjsBuffer(this.#device.write(copy, shape, stored)));
  }

  downloadSync({ handle, dtype, shape }: Operand<TfjsBuffer>): Data {
    return dataOf(this.#device.readSync(handle.info), { dtype, shape });
  }

  async download({ handle, dtype, shape }: Operand<TfjsBuffer>): Promise<Data> {
    return dataOf(await this.#device.read(handle.info), { dtype, shape });
  }

  run<K extends KernelName | CompositeName>(
    op: K,
    inputs: Inputs<K, Operand<TfjsBuffer>>,
    attrs: Attrs<K>,
    outs: Outputs<K, Spec>,
  ): Outputs<K, TfjsBuffer> {
    const handles = runKernel(this.name, this.#kernels, op, inputs, attrs, outs);
    for (const handle of handles as readonly TfjsBuffer[]) this.#count(handle);
    return handles;
  }

  release(handle: TfjsBuffer): void {
    this.#alive.delete(handle);
    this.#bytes -= handle.bytes;
    this.#device.release(handle.info);
  }

  async flush(): Promise<void> {
    if (!this.#device.isRemote) return;
    // Queues are worked off in order: what is computed now is there when all before it is.
    const one = this.#device.write(new Float32Array(1), [], "float32");
    const last = this.#device.run("Neg", { x: one }, {});
    await this.#device.read(last);
    this.#device.release(one);
    this.#device.release(last);
  }

  memory(): Memory {
    return { buffers: this.#alive.size, bytes: this.#bytes };
  }

  dispose(): Promise<void> {
    for (const handle of this.#alive) this.#device.release(handle.info);
    this.#alive.clear();
    this.#bytes = 0;
    return Promise.resolve();
  }

  #count(handle: TfjsBuffer): TfjsBuffer {
    this.#alive.add(handle);
    this.#bytes += handle.bytes;
    return handle;
  }
}

/** A copy of the elements in the array that crosses the border. */
function dataOf(stored: StoredData, { dtype, shape }: Spec): Data {
  const data = emptyData(dtype, sizeOf(shape)) as StoredData;
  data.set(stored);
  return data;
}

/** Rounding of float32, and of tfjs-core's Erf, whose polynomial is right to 1.5e-7. */
const onHost = { rtol: 2e-6, atol: 2e-6 };
/** What graphics hardware may round to in sin, cos, exp and their like. */
const onGpu = { rtol: 1e-3, atol: 1e-4 };

function traitsOf({ isRemote, isGraphic }: Device): Traits {
  const float32 = isRemote ? onGpu : onHost;
  return {
    dtypes: ["bool", "int8", "uint8", "int32", "float32"],
    tolerance: { float16: float32, float32, float64: float32 },
    exactInt: isGraphic ? 2 ** 24 : 2 ** 31,
    garbageCollected: false,
    checksIndices: !isGraphic,
  };
}

/**
 * Makes a Crease backend of the tfjs backend that is current now. It stays bound to that one: every kernel, upload and
 * download runs there whatever is current in tfjs later, and leaves it as it is. Needs `@tensorflow/tfjs-core` 4.22.
 *
 * @throws BackendError where tfjs has no backend ready.
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs-core";
 * import "@tensorflow/tfjs-backend-wasm";
 * import { tfjsBackend } from "@crease/backend-tfjs";
 * await tf.setBackend("wasm");
 * tfjsBackend(tf).name; // => tfjs-wasm
 * ```
 */
export function tfjsBackend(tf: TfjsCore): Backend<TfjsBuffer> {
  return new TfjsBackend(new Device(tf));
}
