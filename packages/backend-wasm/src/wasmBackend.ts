/** The backend itself: kernels in WebAssembly with SIMD, on threads where there are any. */
import {
  type Attrs,
  type Backend,
  BackendError,
  type CompositeName,
  composites,
  type Data,
  decodeFloat16,
  encodeFloat16,
  type Inputs,
  type KernelName,
  type Memory,
  type Operand,
  type Outputs,
  runKernel,
  type Spec,
  type Traits,
  ValueError,
} from "@crease/backend";
import type { WasmBuffer } from "./buffer.ts";
import type { Engine } from "./engine.ts";
import { type Tables, tablesOf } from "./kernels.ts";
import { arrayOf } from "./move.ts";
import { startEngine } from "./start.ts";
import type { Tile, Variant } from "./variants.ts";

/** How a wasm backend is made; everything has a default. */
export interface WasmOptions {
  /** Threads that compute, this one included; in Node all that are available, in pages all but one. */
  readonly threads?: number;
  /** The most bytes that its memory may grow to; 4 GiB in Node, 1 GiB in pages. */
  readonly maxMemory?: number;
  /** Turns on V8's experimental 256-bit vectors (Node only, for the whole process): about twice as fast where it works. */
  readonly revectorize?: boolean;
  /** The build to run; by default the best that the engine has. */
  readonly variant?: Variant;
  /** Rows (4, 5 or 6) and columns (8; 16 for 6 rows) of the matrix product's tile; by default what is fastest on this engine. */
  readonly tile?: Tile;
  /** Keeps known bytes behind every buffer and checks them, to find kernels that write too far. */
  readonly fences?: boolean;
  /** Where pages load the worker from, if their policy forbids blobs; `wasmFiles` gives the file. */
  readonly workerUrl?: string | URL;
  /** Where to fetch the binary from, if it should not come with the code; `wasmFiles` gives the file. */
  readonly wasmUrl?: string | URL;
}

/** What a wasm backend runs on. */
export interface WasmInfo {
  readonly variant: Variant;
  /** Rows and columns of the matrix product's tile. */
  readonly tile: Tile;
  readonly threads: number;
  /** Why there are fewer threads than asked for, or nothing. */
  readonly note?: string;
}

/** A backend in WebAssembly. */
export interface WasmBackend extends Backend<WasmBuffer> {
  readonly info: WasmInfo;
  downloadSync(x: Operand<WasmBuffer>): Data;
}

const traits: Traits = {
  dtypes: ["bool", "int8", "uint8", "int32", "float16", "float32", "float64"],
  tolerance: {
    float16: { rtol: 1e-3, atol: 1e-5 },
    float32: { rtol: 2e-6, atol: 2e-6 },
    float64: { rtol: 1e-12, atol: 1e-12 },
  },
  exactInt: 2 ** 31,
  garbageCollected: false,
  checksIndices: true,
};

class SimdBackend implements WasmBackend {
  readonly name: string = "wasm";
  readonly traits: Traits = traits;
  /** It has kernels for all. */
  readonly composites: ReadonlySet<CompositeName> = composites;
  readonly info: WasmInfo;
  readonly #engine: Engine;
  readonly #tables: Tables;
  readonly #stop: () => Promise<void>;
  #isDisposed = false;

  constructor(engine: Engine, info: WasmInfo, stop: () => Promise<void>) {
    this.#engine = engine;
    this.#tables = tablesOf(engine);
    this.info = info;
    this.#stop = stop;
  }

  upload(data: Data, spec: Spec): WasmBuffer {
    if (this.#isDisposed) throw disposed("upload");
    this.#engine.begin("upload");
    const buffer = this.#engine.allocate(spec);
    const array = arrayOf(this.#engine.views, spec.dtype);
    const elements = spec.dtype === "float16" ? encodeFloat16(data as Float32Array) : (data as Float32Array);
    array.set(elements, buffer.address / array.BYTES_PER_ELEMENT);
    return buffer;
  }

  downloadSync({ handle, dtype }: Operand<WasmBuffer>): Data {
    if (this.#isDisposed) throw disposed("download");
    requireAlive("download", handle);
    const array = arrayOf(this.#engine.views, dtype);
    const first = handle.address / array.BYTES_PER_ELEMENT;
    const elements = array.slice(first, first + handle.size);
    return dtype === "float16" ? decodeFloat16(elements as Uint16Array) : (elements as Data);
  }

  download(x: Operand<WasmBuffer>): Promise<Data> {
    return Promise.resolve(this.downloadSync(x));
  }

  run<K extends KernelName | CompositeName>(
    op: K,
    inputs: Inputs<K, Operand<WasmBuffer>>,
    attrs: Attrs<K>,
    outs: Outputs<K, Spec>,
  ): Outputs<K, WasmBuffer> {
    if (this.#isDisposed) throw disposed(op);
    const operands = inputs as readonly Operand<WasmBuffer>[];
    let table = this.#tables.plain;
    for (let i = 0; i < operands.length; i++) {
      const { handle, dtype } = operands[i]!;
      requireAlive(op, handle);
      if (dtype === "float16") table = this.#tables.widened;
    }
    this.#engine.begin(op);
    try {
      return runKernel(this.name, table, op, inputs, attrs, outs);
    } catch (error) {
      this.#engine.undo();
      if (error instanceof WebAssembly.RuntimeError) this.#engine.fail("a kernel trapped", error);
      throw error;
    }
  }

  release(handle: WasmBuffer): void {
    if (!this.#isDisposed) this.#engine.release(handle);
  }

  flush(): Promise<void> {
    return Promise.resolve();
  }

  memory(): Memory {
    return { buffers: this.#engine.buffers, bytes: this.#engine.bytes };
  }

  async dispose(): Promise<void> {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#engine.close();
    await this.#stop();
  }
}

function requireAlive(op: string, handle: WasmBuffer): void {
  if (!handle.isAlive)
    throw new BackendError({
      op,
      problem: "a buffer was given back before",
      fix: "Release a buffer when nothing needs it",
    });
}

function disposed(op: string): BackendError {
  return new BackendError({
    op,
    problem: "the wasm backend was disposed",
    fix: "Make a new one with `await wasmBackend()`",
  });
}

/**
 * A backend that computes in WebAssembly with SIMD, on all cores in Node and in cross-origin isolated pages, on one
 * thread elsewhere and on a page's main thread, which may not wait.
 *
 * @throws ValueError for threads or memory out of range; BackendError where WebAssembly cannot start.
 * @example
 * ```ts
 * import { wasmBackend } from "@crease/backend-wasm";
 * const backend = await wasmBackend({ threads: 1 });
 * const spec = { dtype: "float32", shape: [2] } as const;
 * const x = { ...spec, handle: backend.upload(new Float32Array([1, 2]), spec) };
 * const [sum] = backend.run("add", [x, x], {}, [spec]);
 * backend.downloadSync({ ...spec, handle: sum }); // => [2, 4]
 * await backend.dispose();
 * ```
 */
export async function wasmBackend(options: WasmOptions = {}): Promise<WasmBackend> {
  const { threads, maxMemory } = options;
  if (threads !== undefined && (!Number.isInteger(threads) || threads < 1 || threads > 64))
    throw new ValueError({
      op: "wasmBackend",
      problem: `threads ${threads} is not a whole number from 1 to 64`,
      fix: "Leave it out to use the cores there are",
    });
  if (maxMemory !== undefined && !(maxMemory >= 2 ** 20 && maxMemory <= 2 ** 32))
    throw new ValueError({
      op: "wasmBackend",
      problem: `maxMemory ${maxMemory} is not between 1 MiB and 4 GiB`,
      fix: "Give a number of bytes",
    });
  const { engine, info, stop } = await startEngine(options);
  return new SimdBackend(engine, info, stop);
}
