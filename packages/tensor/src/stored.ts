/** What a tensor is before it can compute: a counted buffer with dtype and shape, its lifetime, and reading it. */
import {
  type Backend,
  type Data,
  type DType,
  type Operand,
  type Shape,
  type Spec,
  sizeOf,
  UnsupportedOpError,
  ValueError,
} from "@crease/backend";
import { context } from "./context.ts";
import { disposedError } from "./disposedError.ts";
import { formatTensor } from "./format.ts";
import { TensorBase } from "./methods/base.ts";
import { nestedArray } from "./nested.ts";
import type { NestedArray, Scalar, TypedArray } from "./operands.ts";
import type { Storage } from "./storage.ts";
import type { Tensor } from "./tensor.ts";

/** The input of a softmax or sigmoid, kept on its output so that losses need no logarithm of a rounded probability. */
export interface Logits {
  readonly kind: "softmax" | "sigmoid";
  readonly value: Tensor;
}

/** The root of the method groups: a holder of one count of a storage. */
export abstract class Stored extends TensorBase implements Operand<unknown> {
  readonly shape: Shape;
  readonly dtype: DType;
  /** The counted buffer underneath; for tapes and Variables. */
  readonly storage: Storage;
  /** True once `keep` took it out of every scope. */
  isKept = false;
  /** True once it was given up: it can no longer be used. */
  isDisposed = false;
  /** On the result of softmax over the last axis and of sigmoid: their input. */
  logits: Logits | undefined = undefined;
  /** On what a layer gave: which of its steps count (see `keepMask`). */
  mask: Tensor | undefined = undefined;

  /** Takes over one count of `storage`. Users call `tensor()` and the other creation functions. */
  constructor(storage: Storage, spec: Spec) {
    super();
    this.storage = storage;
    this.shape = spec.shape;
    this.dtype = spec.dtype;
    context.scope?.push(this as unknown as Tensor);
  }

  get backend(): Backend {
    return this.storage.backend;
  }
  /** The backend's own name for the buffer. */
  get handle(): unknown {
    return this.storage.handle;
  }
  /** Number of axes. */
  get ndim(): number {
    return this.shape.length;
  }
  /** Number of elements. */
  get size(): number {
    return sizeOf(this.shape);
  }

  /**
   * The elements in row-major order, always a copy: float16 as Float32Array, bool as Uint8Array, strings as an array.
   *
   * @throws DisposedError after `dispose()`.
   */
  async data(): Promise<TypedArray | string[]> {
    this.#requireAlive("data");
    this.storage.retain();
    try {
      return (await this.backend.download(this)) as TypedArray | string[];
    } finally {
      this.storage.release();
    }
  }

  /** The elements as nested arrays, a scalar as itself; bool as booleans. */
  async array(): Promise<NestedArray | Scalar> {
    return nestedArray(await this.data(), this);
  }

  /**
   * The only element.
   *
   * @throws ValueError where there is not exactly one.
   */
  async item<T extends Scalar = number>(): Promise<T> {
    this.#requireOne();
    return onlyElement(await this.data(), this.dtype) as T;
  }

  /** As `data`, at once. @throws UnsupportedOpError where the backend reads only asynchronously. */
  dataSync(): TypedArray | string[] {
    this.#requireAlive("dataSync");
    if (this.backend.downloadSync === undefined)
      throw new UnsupportedOpError(
        this.backend.name,
        "dataSync",
        "it reads only asynchronously: use `await x.data()`",
        [this],
      );
    return this.backend.downloadSync(this) as TypedArray | string[];
  }

  /** As `array`, at once. @throws UnsupportedOpError where the backend reads only asynchronously. */
  arraySync(): NestedArray | Scalar {
    return nestedArray(this.dataSync(), this);
  }

  /** As `item`, at once. @throws UnsupportedOpError where the backend reads only asynchronously. */
  itemSync<T extends Scalar = number>(): T {
    this.#requireOne();
    return onlyElement(this.dataSync(), this.dtype) as T;
  }

  /** Printed like NumPy where values can be read now, else element type, shape and backend. */
  override toString(): string {
    if (this.isDisposed) return `${this.dtype}[${this.shape.join(",")}] (disposed)`;
    if (this.backend.downloadSync === undefined)
      return `${this.dtype}[${this.shape.join(",")}] on ${this.backend.name} (await x.data())`;
    return formatTensor(this.dataSync() as Data, this);
  }

  /** Gives the tensor up; the buffer goes with its last holder. Twice does nothing. */
  dispose(): void {
    if (this.isDisposed) return;
    this.isDisposed = true;
    this.logits?.value.dispose();
    this.mask?.dispose();
    this.storage.release();
  }

  /** For `using x = ...`. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** Makes a disposed tensor usable again, with a count of its storage that the caller owns. For tapes. */
  revive(): void {
    this.isDisposed = false;
  }

  #requireAlive(op: string): void {
    context.recording?.refuse("it reads values back");
    if (this.isDisposed) throw disposedError(op, [this]);
  }

  #requireOne(): void {
    if (this.size !== 1)
      throw new ValueError({
        op: "item",
        problem: `there are ${this.size} elements`,
        got: [this],
        fix: "Use `array()`, or pick one with `at`",
      });
  }

  // What Node's REPL and console print.
  static {
    Object.defineProperty(Stored.prototype, Symbol.for("nodejs.util.inspect.custom"), {
      value: Stored.prototype.toString,
    });
  }
}

function onlyElement(data: TypedArray | readonly string[], dtype: DType): Scalar {
  return dtype === "bool" ? data[0] === 1 : (data[0] as Scalar);
}
