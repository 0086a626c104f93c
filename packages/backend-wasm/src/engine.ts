/** One instance of the kernels with its memory and threads: allocates, passes arguments, launches. */
import { BackendError, bytesPerElement, type Spec, sizeOf } from "@crease/backend";
import { Allocator } from "./allocator.ts";
import { WasmBuffer } from "./buffer.ts";
import { checkFence, fenceBytes, putFence } from "./fence.ts";
import { layout } from "./layout.ts";
import type { Instance } from "./load.ts";
import { type Views, viewsOf } from "./views.ts";

/** An exported kernel: its arguments stand in memory, and it computes one of a number of parts. */
export interface WasmKernel {
  readonly run: (part: number, parts: number) => void;
  /** Its place in the table of every thread's instance. */
  readonly index: number;
}

/** Nanoseconds of work below which one thread does it alone. */
const alone = 5_000;
/** The same while workers sleep: waking one costs 30 to 90 µs. */
const aloneWhileAsleep = 60_000;

/** Memory that kernels write while they compute. */
export interface Scratch {
  readonly address: number;
  /** Bytes for each thread. */
  readonly bytes: number;
}

/** What an engine is made of. */
export interface Parts {
  readonly memory: WebAssembly.Memory;
  readonly instance: Instance;
  readonly threads: number;
  readonly maxMemory: number;
  readonly fences: boolean;
}

/** Memory, arguments and launches of one backend. */
export class Engine {
  readonly threads: number;
  readonly instance: Instance;
  /** Over all of the memory; remade when it grows, so read it anew after every allocation. */
  views: Views;
  buffers = 0;
  bytes = 0;
  readonly #allocator: Allocator;
  readonly #maxMemory: number;
  readonly #fences: boolean;
  /** What the run under way has allocated: given back if it fails. */
  readonly #made: WasmBuffer[] = [];
  #madeCount = 0;
  #op = "upload";
  #scratch: Scratch | null = null;
  #failure: BackendError | null = null;

  constructor({ memory, instance, threads, maxMemory, fences }: Parts) {
    this.threads = threads;
    this.instance = instance;
    this.views = viewsOf(memory);
    this.#maxMemory = maxMemory;
    this.#fences = fences;
    this.#allocator = new Allocator(memory, maxMemory, () => {
      this.views = viewsOf(memory);
    });
  }

  /** A kernel by its exported name. */
  kernel(name: string): WasmKernel {
    return this.instance.kernels.get(name) as WasmKernel;
  }

  /** Marks the start of a run: what is allocated from here on is given back by `undo`. */
  begin(op: string): void {
    if (this.#failure !== null) throw this.#failure;
    this.#op = op;
    this.#madeCount = 0;
  }

  /** Gives back what the failed run has allocated. */
  undo(): void {
    for (const buffer of this.#made.slice(0, this.#madeCount)) if (buffer.isAlive) this.release(buffer);
    this.#madeCount = 0;
  }

  /** A new buffer for the elements of `spec`, not cleared. @throws BackendError where memory is used up. */
  allocate(spec: Spec): WasmBuffer {
    return this.allocateBytes(sizeOf(spec.shape), bytesPerElement[spec.dtype], spec);
  }

  /** A new buffer of `size` elements of `width` bytes. @throws BackendError where memory is used up. */
  allocateBytes(size: number, width: number, spec?: Spec): WasmBuffer {
    const bytes = size * width;
    const capacity = this.#fences ? bytes + fenceBytes : bytes;
    const address = this.#allocator.take(capacity);
    if (address < 0) throw this.#outOfMemory(bytes, spec);
    const buffer = new WasmBuffer(address, size, bytes, capacity);
    if (this.#fences) putFence(this.views.uint8, buffer);
    this.buffers++;
    this.bytes += bytes;
    this.#made[this.#madeCount++] = buffer;
    return buffer;
  }

  /** Gives a buffer back. @throws BackendError where it was given back before, or a fence was broken. */
  release(buffer: WasmBuffer): void {
    if (!buffer.isAlive)
      throw new BackendError({ op: "release", problem: "the buffer was given back before", fix: "Release each once" });
    if (this.#fences) checkFence(this.views.uint8, buffer, this.#op);
    buffer.isAlive = false;
    this.buffers--;
    this.bytes -= buffer.bytes;
    this.#allocator.give(buffer.address, buffer.capacity);
  }

  /**
   * Runs a kernel whose arguments are set. `work` is an estimate in nanoseconds of what one thread would take. Threads take
   * parts of it as they come, `grain` for each if all are free: more where parts cost nothing extra.
   */
  launch(kernel: WasmKernel, work: number, grain = 4): void {
    if (this.threads === 1 || work < this.#least()) kernel.run(0, 1);
    else if (this.instance.exports.launch(kernel.index, this.threads * grain) !== 0)
      this.fail("a thread died or made no progress for 10 s");
  }

  /** The product's scratch memory, made at first use. @throws BackendError where memory is used up. */
  scratch(): Scratch {
    if (this.#scratch !== null) return this.#scratch;
    const bytes = (this.instance.exports.gemmScratch() + 127) & ~63;
    const address = this.#allocator.take(bytes * this.threads);
    if (address < 0) throw this.#outOfMemory(bytes * this.threads);
    this.#scratch = { address, bytes };
    return this.#scratch;
  }

  /** Marks the backend as broken and raises. */
  fail(problem: string, cause?: unknown): never {
    this.#failure = new BackendError({
      op: this.#op,
      problem: `the wasm backend has stopped: ${problem}`,
      fix: "Make a new one with `await wasmBackend()`",
      cause,
    });
    throw this.#failure;
  }

  /** Ends the engine's use: every later run raises. */
  close(): void {
    this.buffers = 0;
    this.bytes = 0;
  }

  #least(): number {
    return this.views.int32[layout.sleepers >> 2] === 0 ? alone : aloneWhileAsleep;
  }

  #outOfMemory(bytes: number, spec?: Spec): BackendError {
    return new BackendError({
      op: this.#op,
      problem: `out of memory: ${bytes} bytes do not fit beside the ${this.bytes} in use, of at most ${this.#maxMemory}`,
      got: spec === undefined ? [] : [spec],
      fix: "Wrap the step in `scope()` so that what it made is freed, or raise `maxMemory`",
    });
  }
}
