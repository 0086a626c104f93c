/** The Tensor and the one way in which tensors are computed: `run`, through the interpreters, to the backend. */
import {
  type Attrs,
  type Backend,
  BackendError,
  type CallName,
  type CompositeName,
  type Data,
  DisposedError,
  type DType,
  DTypeError,
  type InferRule,
  type Inputs,
  inferRules,
  type KernelName,
  type Operand,
  type Outputs,
  type Shape,
  type Spec,
  sameShape,
  sizeOf,
  UnsupportedOpError,
  updates,
  ValueError,
} from "@crease/backend";
import type { Call, Interpreter } from "./call.ts";
import { Cell } from "./cell.ts";
import { context, type Frame, getBackend, hostBackend } from "./context.ts";
import { definitions } from "./definitions.ts";
import { fittedDTypes } from "./fitting.ts";
import { formatTensor } from "./format.ts";
import { CompositeMethods } from "./methods/composite.ts";
import { nestedArray } from "./nested.ts";
import {
  type Elements,
  elementsOf,
  type NestedArray,
  type Scalar,
  type TensorLike,
  type TypedArray,
  type Values,
} from "./operands.ts";
import { fitRules, fitted } from "./promote.ts";
import { refusePromise, scope } from "./scope.ts";
import { Storage } from "./storage.ts";

/** The input of a softmax or sigmoid, kept on its output so that losses need no logarithm of a rounded probability. */
export interface Logits {
  readonly kind: "softmax" | "sigmoid";
  readonly value: Tensor;
}

/**
 * An immutable array of numbers, truth values or strings with an element type and a shape, on a backend.
 *
 * Made by the creation functions (`tensor`, `zeros`, ...) and by operations. It lives until `dispose()`, until the
 * end of the `scope` it was made in, or, on backends whose memory the garbage collector sees, until it is unreachable.
 *
 * @example
 * ```ts
 * import { tensor } from "@crease/tensor";
 * const x = tensor([[1, 2, 3], [4, 5, 6]]);
 * x.ndim; // => 2
 * x.shape; // => [2, 3]
 * x.dtype; // => float32
 * x.size; // => 6
 * x.mul(10).sum(0); // => [50. 70. 90.]
 * ```
 */
export class Tensor extends CompositeMethods implements Operand<unknown> {
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

  /** Takes over one count of `storage`. Users call `tensor()` and the other creation functions. */
  constructor(storage: Storage, spec: Spec) {
    super();
    this.storage = storage;
    this.shape = spec.shape;
    this.dtype = spec.dtype;
    context.scope?.push(this);
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

  protected run<K extends CallName>(op: K, inputs: Inputs<K, TensorLike>, attrs: Attrs<K>): Outputs<K, Tensor> {
    return run(op, inputs, attrs);
  }

  protected constant(values: TensorLike, options: { readonly dtype?: DType; readonly shape?: Shape } = {}): Tensor {
    return upload(elementsOf("tensor", values as Scalar, options.dtype, options.shape), this.backend);
  }

  protected withLogits(kind: "softmax" | "sigmoid", result: Tensor): Tensor {
    const value = unlisted(() => run("reshape", [this], { shape: this.shape })[0]);
    result.logits = { kind, value };
    return result;
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

  /** The same values on another backend, a new tensor; strings stay on the cpu. @throws DTypeError where it lacks the dtype. */
  async to<H>(backend: Backend<H>): Promise<Tensor> {
    const target = this.dtype === "string" ? this.backend : (backend as Backend);
    requireDType("to", this, target);
    return upload({ data: (await this.data()) as Data, dtype: this.dtype, shape: this.shape }, target);
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
    if (this.isDisposed) throw disposed(op, [this]);
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
    Object.defineProperty(Tensor.prototype, Symbol.for("nodejs.util.inspect.custom"), {
      value: Tensor.prototype.toString,
    });
  }
}

function onlyElement(data: TypedArray | readonly string[], dtype: DType): Scalar {
  return dtype === "bool" ? data[0] === 1 : (data[0] as Scalar);
}

function disposed(op: string, inputs: readonly Spec[]): DisposedError {
  return new DisposedError({
    op,
    problem: "an input was disposed",
    got: inputs,
    fix: "Return it from the scope it was made in, or `keep` it",
  });
}

function requireDType(op: string, x: Spec, backend: Backend): void {
  if (!backend.traits.dtypes.includes(x.dtype))
    throw new DTypeError({
      op,
      problem: `backend "${backend.name}" does not store ${x.dtype}`,
      got: [x],
      fix: `It has ${backend.traits.dtypes.join(", ")}: cast first, or use another backend`,
    });
}

/** A new tensor from elements; strings go to the cpu whatever `backend` says. */
export function upload(elements: Elements, backend: Backend = getBackend()): Tensor {
  const target = elements.dtype === "string" ? hostBackend() : backend;
  requireDType("tensor", elements, target);
  return new Tensor(new Storage(target, target.upload(elements.data, elements)), elements);
}

/** Runs `make` so that no scope lists its tensors: the caller gives them up. */
export function unlisted<T>(make: () => T): T {
  const open = context.scope;
  context.scope = null;
  try {
    return make();
  } finally {
    context.scope = open;
  }
}

/**
 * Computes one op of the contract: the choke point that every operation passes. Operands become tensors of one
 * backend and one dtype, the outputs are inferred and checked, then the interpreters see the call, then the backend.
 *
 * @param backend Where an op runs that has no tensor among its inputs; else the default backend.
 * @returns One tensor for each output.
 * @throws ShapeError, DTypeError, AxisError, ValueError as the op's inference rule says; BackendError for inputs on
 *   two backends; DisposedError for a disposed input.
 * @example
 * ```ts
 * import { run, tensor } from "@crease/tensor";
 * run("add", [tensor([1, 2]), 1], {})[0]; // => [2. 3.]
 * ```
 */
export function run<K extends CallName>(
  op: K,
  inputs: Inputs<K, TensorLike>,
  attrs: Attrs<K>,
  backend?: Backend,
): Outputs<K, Tensor> {
  const operands = inputs as readonly TensorLike[];
  if (areFitted(op, operands)) return perform(op, operands as readonly Tensor[], attrs, backend) as Outputs<K, Tensor>;
  const borrowed: Tensor[] = [];
  try {
    const tensors = unlisted(() => fit(op, operands, backend, borrowed));
    return perform(op, tensors, attrs, backend) as Outputs<K, Tensor>;
  } finally {
    for (const x of borrowed) x.dispose();
  }
}

/** True where all operands are tensors of the dtype that the op wants, the common case. */
function areFitted(op: CallName, operands: readonly TensorLike[]): boolean {
  const { fit, odd } = fitRules[op];
  if (odd !== undefined) return false;
  const first = operands[0];
  if (first === undefined) return true;
  if (!(first instanceof Tensor)) return false;
  for (let i = 1; i < operands.length; i++) {
    const x = operands[i];
    if (!(x instanceof Tensor) || (x.dtype !== first.dtype && fit !== "own")) return false;
  }
  return fit === "common" || fit === "own" || fitted(op, fit, first.dtype, first.dtype, []) === first.dtype;
}

/** Tensors for all operands; those made for this call only are added to `borrowed`. */
function fit(
  op: CallName,
  operands: readonly TensorLike[],
  backend: Backend | undefined,
  borrowed: Tensor[],
): readonly Tensor[] {
  const lend = (x: Tensor): Tensor => {
    borrowed.push(x);
    return x;
  };
  const sources = operands.map((x) => (x instanceof Cell ? readCell(x, lend) : (x as Tensor | Values)));
  const dtypes = fittedDTypes(op, sources);
  const place = sources.find((x) => x instanceof Tensor && x.dtype !== "string") as Tensor | undefined;
  return sources.map((x, i) => {
    const dtype = dtypes[i] as DType;
    if (!(x instanceof Tensor)) return lend(upload(elementsOf(op, x, dtype), place?.backend ?? backend));
    return x.dtype === dtype || x.isDisposed ? x : lend(run("cast", [x], { dtype })[0]);
  });
}

/** A Variable's value; a call of its own only where an interpreter wants to know. */
function readCell(cell: Cell, lend: (x: Tensor) => Tensor): Tensor {
  return context.frame === null ? cell.held : lend(readVariable(cell));
}

/** The view of a Variable's value that links it to the Variable, for tapes. */
export function readVariable(cell: Cell): Tensor {
  return run("read", [cell.held], { variable: cell })[0];
}

function perform(
  op: CallName,
  inputs: readonly Tensor[],
  attrs: object,
  backend: Backend | undefined,
): readonly Tensor[] {
  const place = commonBackend(op, inputs, backend);
  const outs = (inferRules[op] as InferRule<CallName>)(inputs as never, attrs as never) as readonly Spec[];
  const call = { op, inputs, attrs, outs, backend: place } as unknown as Call;
  return context.frame === null ? execute(call) : dispatch(call, context.frame);
}

function commonBackend(op: CallName, inputs: readonly Tensor[], named: Backend | undefined): Backend {
  const first = inputs[0];
  if (first === undefined) return named ?? getBackend();
  for (const x of inputs) {
    if (x.isDisposed) throw disposed(op, inputs);
    if (x.storage.backend !== first.storage.backend)
      throw new BackendError({
        op,
        problem: `inputs live on two backends, "${first.backend.name}" and "${x.backend.name}"`,
        got: inputs,
        fix: "Move one with `await x.to(backend)`",
      });
  }
  return first.storage.backend;
}

function dispatch(call: Call, frame: Frame | null): readonly Tensor[] {
  if (frame === null) return execute(call);
  const { frame: top, active } = context;
  context.frame = frame.below;
  context.active = frame;
  try {
    return frame.interpreter(call, frame.next);
  } finally {
    context.frame = top;
    context.active = active;
  }
}

/**
 * Runs `body` with an interpreter that sees every call in it, primitive or composite, before those below and the
 * backend. What the interpreter itself computes is seen by those below only.
 *
 * @throws ValueError where `body` returns a promise.
 * @example
 * ```ts
 * import { interpret, tensor } from "@crease/tensor";
 * const seen: string[] = [];
 * interpret((call, next) => { seen.push(call.op); return next(call); }, () => tensor([1, 4]).sqrt().add(1));
 * seen; // => ["sqrt", "add"]
 * ```
 */
export function interpret<T>(interpreter: Interpreter, body: () => T): T {
  const below = context.frame;
  context.frame = { interpreter, below, next: (call) => dispatch(call, below) };
  try {
    const result = body();
    refusePromise("interpret", result);
    return result;
  } finally {
    context.frame = below;
  }
}

/**
 * A composite's outputs by its definition, for an interpreter that cannot take the call whole: the definition's own
 * calls pass this interpreter and those below.
 *
 * @throws ValueError outside an interpreter, or for a primitive.
 * @example
 * ```ts
 * import { expand, interpret, tensor } from "@crease/tensor";
 * const seen: string[] = [];
 * interpret((call, next) => {
 *   seen.push(call.op);
 *   return call.op === "softmax" ? expand(call) : next(call);
 * }, () => tensor([1, 2]).softmax());
 * seen.includes("exp"); // => true
 * ```
 */
export function expand(call: Call): readonly Tensor[] {
  const { frame, active } = context;
  if (active === null || !(call.op in definitions))
    throw new ValueError({
      op: call.op,
      problem: "only composites expand, inside an interpreter",
      fix: "Return `next(call)`",
    });
  context.frame = active;
  try {
    return define(call);
  } finally {
    context.frame = frame;
  }
}

function define(call: Call): readonly Tensor[] {
  const definition = definitions[call.op as CompositeName] as unknown as (
    inputs: readonly Tensor[],
    attrs: object,
  ) => readonly Tensor[];
  return scope(() => definition(call.inputs, call.attrs));
}

function execute(call: Call): readonly Tensor[] {
  const { op, inputs, outs, backend } = call as Call & { inputs: readonly Tensor[]; outs: readonly Spec[] };
  if (isView(call)) return [view(inputs[0] as Tensor, outs[0] as Spec)];
  const isComposite = op in definitions;
  if (isComposite && !backend.composites.has(op as CompositeName)) return define(call);
  const operands = isComposite && updates.has(op as CompositeName) ? inputs.map(updatable) : inputs;
  const out = outs[0] as Spec | undefined;
  if (out !== undefined && out.dtype !== inputs[0]?.dtype) requireDType(op, out, backend);
  const handles = backend.run(
    op as KernelName,
    operands as never,
    call.attrs as never,
    outs as never,
  ) as readonly unknown[];
  return handles.map((handle, i) => adopt(handle, outs[i] as Spec, inputs[i], backend));
}

/** Ops that change nothing or only the shape share their input's storage. */
function isView(call: Call): boolean {
  switch (call.op) {
    case "reshape":
    case "read":
    case "stopGradient":
    case "customGradient":
      return true;
    case "cast":
      return call.inputs[0].dtype === call.attrs.dtype;
    case "broadcastTo":
      return sameShape(call.inputs[0].shape, call.attrs.shape);
    default:
      return false;
  }
}

function view(x: Tensor, spec: Spec): Tensor {
  x.storage.retain();
  return new Tensor(x.storage, spec);
}

/** Another holder of the same value, without a call that interpreters would see. @throws DisposedError after `dispose()`. */
export function share(x: Tensor): Tensor {
  if (x.isDisposed) throw disposed("share", [x]);
  return view(x, x);
}

/** An operand of an update composite: a buffer with one holder may be overwritten. */
function updatable(x: Tensor): Operand<unknown> {
  return { handle: x.handle, shape: x.shape, dtype: x.dtype, unshared: x.storage.refs === 1 };
}

/** A tensor over a handle that a kernel returned: new, or the input's own where an update wrote into it. */
function adopt(handle: unknown, spec: Spec, input: Tensor | undefined, backend: Backend): Tensor {
  if (input !== undefined && input.storage.handle === handle) return view(input, spec);
  return new Tensor(new Storage(backend, handle), spec);
}
