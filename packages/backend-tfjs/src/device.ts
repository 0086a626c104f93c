/** One tfjs backend, called by its own name whatever is current in tfjs's engine. */
import { BackendError } from "@crease/backend";
import { type Info, type Store, type Stored, type StoredData, storedData, type TfjsCore } from "./tfjs.ts";

type KernelFunc = (call: { inputs: unknown; attrs: object; backend: Store }) => Info | readonly Info[];

/** Backends whose data and kernels are of this thread, so that working on the data here costs no more than there. */
const local: readonly string[] = ["cpu", "wasm"];

/** Backends that compute by shaders, with what graphics hardware makes of NaN, infinities and integers. */
const graphic: readonly string[] = ["webgl", "webgpu"];

/** Bytes from which on room is looked for first; wasm's last mebibyte is not worth a call for each small tensor. */
const noticed = 2 ** 20;

/** Kernels and data of one tfjs backend. They are called past the engine, which stays as it is. */
export class Device {
  readonly name: string;
  /** True where data lie in memory that this thread works on. */
  readonly isLocal: boolean;
  /** True where shaders compute. */
  readonly isGraphic: boolean;
  /** True where data are on a graphics card: reading them waits for it. */
  readonly isRemote: boolean;
  readonly #tf: TfjsCore;
  readonly #store: Store;
  readonly #kernels = new Map<string, KernelFunc>();

  constructor(tf: TfjsCore) {
    const name = tf.getBackend();
    const store = name ? tf.engine().findBackend(name) : null;
    if (!name || store === null)
      throw new BackendError({
        op: "tfjsBackend",
        problem: "tfjs has no backend that is ready",
        fix: 'Import one and wait for `await tf.setBackend("wasm")` first',
      });
    this.name = name;
    this.#tf = tf;
    this.#store = store as Store;
    this.isLocal = local.includes(name);
    this.isGraphic = graphic.includes(name);
    this.isRemote = this.isGraphic || this.#store.isUsingGpuDevice === true;
  }

  /** Calls a kernel of one result. @throws BackendError where there is none, or where it fails. */
  run(kernel: string, inputs: { readonly [name: string]: Info } | readonly Info[], attrs: object): Info {
    return this.runAll(kernel, inputs, attrs) as Info;
  }

  /** Calls a kernel: its result, or a list of results. @throws BackendError where there is none, or where it fails. */
  runAll(
    kernel: string,
    inputs: { readonly [name: string]: Info } | readonly Info[],
    attrs: object,
  ): Info | readonly Info[] {
    const call = this.#kernels.get(kernel) ?? this.#find(kernel);
    try {
      return call({ inputs, attrs, backend: this.#store });
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      const fix = "Move the tensors to another backend, such as cpu, with .to(backend)";
      throw new BackendError({ op: kernel, problem: `tfjs's kernel failed on ${this.name}: ${message}`, fix, cause });
    }
  }

  /** Calls a kernel that may write into its targets. @throws BackendError where it fails. */
  runUpdate(kernel: string, inputs: object, attrs: object): readonly Info[] {
    return this.runAll(kernel, inputs as { readonly [name: string]: Info }, attrs) as readonly Info[];
  }

  #find(kernel: string): KernelFunc {
    const found = this.#tf.getKernel(kernel, this.name);
    if (!found)
      throw new BackendError({
        op: kernel,
        problem: `tfjs's backend "${this.name}" has no kernel of that name`,
        fix: "Move the tensors to another backend, such as cpu, with .to(backend)",
      });
    const call = found.kernelFunc as unknown as KernelFunc;
    this.#kernels.set(kernel, call);
    return call;
  }

  /** Stores `values`, which tfjs may keep: the caller writes into them no more. @throws BackendError where there is no room. */
  write(values: StoredData, shape: readonly number[], dtype: Stored): Info {
    this.reserve("upload", values.byteLength);
    return { dataId: this.#store.write(values, shape, dtype), shape, dtype };
  }

  /**
   * Makes sure that wasm has room: where it has none, tfjs goes on with address 0 and writes over its own memory.
   *
   * @throws BackendError where there is none.
   */
  reserve(op: string, bytes: number): void {
    const { getMemoryOffset } = this.#store;
    if (getMemoryOffset === undefined || bytes < noticed) return;
    const dataId = this.#store.write(null, [Math.ceil(bytes / 4)], "float32");
    const offset = getMemoryOffset.call(this.#store, dataId);
    this.#store.disposeData(dataId);
    if (offset !== 0) return;
    throw new BackendError({
      op,
      problem: `tfjs's ${this.name} has no room for ${Math.ceil(bytes / 2 ** 20)} MiB`,
      fix: "Wrap each step in scope(), which gives buffers back, or use smaller batches",
    });
  }

  /** The elements, where possible in tfjs's own array: to look at only, and only until the next call. */
  readSync(x: Info): StoredData {
    const { typedArrayFromHeap } = this.#store;
    const data = typedArrayFromHeap?.call(this.#store, x) ?? this.#store.readSync(x.dataId);
    // tfjs-cpu casts to a wider type by relabelling: the array may be of another type.
    return storedData(data, x.dtype);
  }

  /** The same when they are computed. */
  async read({ dataId, dtype }: Info): Promise<StoredData> {
    return storedData(await this.#store.read(dataId), dtype);
  }

  /** Counts one more holder. */
  hold({ dataId }: Info): void {
    this.#store.incRef(dataId);
  }

  /** Gives one count back. */
  release({ dataId }: Info): void {
    this.#store.disposeData(dataId);
  }
}
