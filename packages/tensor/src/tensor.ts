/** The Tensor and the one way in which tensors are computed: `run`, through the interpreters, to the backend. */
import {
  type Attrs,
  arities,
  type Backend,
  BackendError,
  type CallName,
  type CompositeName,
  type Data,
  type DType,
  DTypeError,
  type InferRule,
  type Inputs,
  inferRules,
  isFloat,
  type KernelName,
  type Operand,
  type Outputs,
  type Shape,
  type Spec,
  sameShape,
  suggestName,
  updates,
  ValueError,
} from "@crease/backend";
import type { Call } from "./call.ts";
import { Cell } from "./cell.ts";
import { checkBackend } from "./checkBackend.ts";
import { context, getBackend, hostBackend } from "./context.ts";
import { definitions } from "./definitions.ts";
import { disposedError } from "./disposedError.ts";
import { fittedDTypes } from "./fitting.ts";
import { define, dispatch } from "./interpreters.ts";
import { CompositeMethods } from "./methods/composite.ts";
import { type Elements, elementsOf, type Scalar, type TensorLike, type Values } from "./operands.ts";
import { fitRules, fitted } from "./promote.ts";
import { Storage } from "./storage.ts";

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
export class Tensor extends CompositeMethods {
  protected run<K extends CallName>(op: K, inputs: Inputs<K, TensorLike>, attrs: Attrs<K>): Outputs<K, Tensor> {
    return run(op, inputs, attrs);
  }

  protected constant(
    values: TensorLike,
    { op = "tensor", dtype, shape }: { readonly op?: string; readonly dtype?: DType; readonly shape?: Shape } = {},
  ): Tensor {
    return upload(elementsOf(op, values as Scalar, dtype, shape), this.backend);
  }

  protected withLogits(kind: "softmax" | "sigmoid", result: Tensor): Tensor {
    const value = unlisted(() => run("reshape", [this], { shape: this.shape })[0]);
    result.logits = { kind, value };
    return result;
  }

  /**
   * Keeps a mask on this tensor as `mask`, in place of the one that it has: which of its steps count, for layers, losses
   * and metrics. It is given up with the tensor; no operation carries it on.
   *
   * @example
   * ```ts
   * import { tensor } from "@crease/tensor";
   * const x = tensor([[1, 2, 0]]);
   * x.keepMask(x.notEqual(0));
   * x.mask?.toString(); // => [[ True True False]]
   * ```
   */
  keepMask(mask: Tensor): void {
    const held = unlisted(() => share(mask));
    this.mask?.dispose();
    this.mask = held;
  }

  /** The same values on another backend, a new tensor; strings stay on the cpu. @throws DTypeError where it lacks the dtype. */
  async to<H>(backend: Backend<H>): Promise<Tensor> {
    const target = this.dtype === "string" ? this.backend : (backend as Backend);
    requireDType("to", this, target);
    return upload({ data: (await this.data()) as Data, dtype: this.dtype, shape: this.shape }, target);
  }
}

function requireDType(op: string, x: Spec, backend: Backend): void {
  if (backend.traits === undefined) checkBackend(op, backend);
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
  const storage = new Storage(target, target.upload(elements.data, elements));
  context.recording?.uploaded(storage, elements);
  return new Tensor(storage, elements);
}

/** Runs `make` so that no scope lists its tensors: the caller gives them up. */
export function unlisted<T>(make: () => T): T {
  return listedIn(null, make);
}

/** Runs `make` with `list` in place of the open scope's list. */
function listedIn<T>(list: Tensor[] | null, make: () => T): T {
  const open = context.scope;
  context.scope = list;
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
 *   two backends; DisposedError for a disposed input; ValueError for an unknown op and a wrong number of inputs.
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
  if (operands.length !== arities[op] && arities[op] !== -1) throw misused(op, operands.length);
  if (areFitted(op, operands)) return perform(op, operands, attrs, backend) as Outputs<K, Tensor>;
  // What is made for this call only is listed here, so no scope and no registry needs to know of it.
  const borrowed: Tensor[] = [];
  try {
    const tensors = listedIn(borrowed, () => withNumber(op, operands) ?? fit(op, operands, backend));
    return perform(op, tensors, attrs, backend) as Outputs<K, Tensor>;
  } finally {
    for (const x of borrowed) if (!x.isKept) x.dispose();
  }
}

function misused(op: CallName, count: number): ValueError {
  if (!Object.hasOwn(arities, op))
    return new ValueError({
      op: "run",
      problem: `unknown op "${op}"`,
      fix: suggestName(String(op), Object.keys(arities)),
    });
  return new ValueError({ op, problem: `${count} inputs in place of ${arities[op]}`, fix: "Give them in a list" });
}

/** True where all operands are tensors of the dtype that the op wants, the common case. */
function areFitted(op: CallName, operands: readonly TensorLike[]): operands is readonly Tensor[] {
  const { fit, odd } = fitRules[op];
  let group: DType | undefined;
  for (let i = 0; i < operands.length; i++) {
    const x = operands[i];
    if (!(x instanceof Tensor)) return false;
    if (i === odd?.at) {
      const isWanted =
        odd.fit === "bool" ? x.dtype === "bool" : x.dtype === "int32" || (odd.fit === "target" && x.dtype === group);
      if (!isWanted) return false;
    } else if (group === undefined) group = x.dtype;
    else if (x.dtype !== group && fit !== "own") return false;
  }
  return group === undefined || fit === "common" || fit === "own" || fitted(op, fit, group, group, []) === group;
}

/** A float tensor and a number, which takes its dtype: by far the commonest operands that need fitting. */
function withNumber(op: CallName, operands: readonly TensorLike[]): readonly Tensor[] | undefined {
  const [a, b] = operands;
  if (operands.length !== 2) return undefined;
  const [x, value] = typeof a === "number" ? [b, a] : [a, b];
  if (!(x instanceof Tensor) || typeof value !== "number") return undefined;
  const { fit, odd } = fitRules[op];
  if (odd !== undefined || (fit !== "common" && fit !== "float") || !isFloat(x.dtype)) return undefined;
  const number = upload(elementsOf(op, value, x.dtype), x.backend);
  return value === a ? [number, x] : [x, number];
}

/** Tensors for all operands. */
function fit(op: CallName, operands: readonly TensorLike[], backend: Backend | undefined): readonly Tensor[] {
  const sources = operands.map((x) => (x instanceof Cell ? readCell(x) : (x as Tensor | Values)));
  if (areFitted(op, sources)) return sources;
  const dtypes = fittedDTypes(op, sources);
  const place = sources.find((x) => x instanceof Tensor && x.dtype !== "string") as Tensor | undefined;
  return sources.map((x, i) => {
    const dtype = dtypes[i] as DType;
    if (x instanceof Tensor && x.isDisposed) return x;
    // A number that counts as true or false has to be compared with 0 first.
    const given =
      x instanceof Tensor
        ? x
        : upload(elementsOf(op, x, dtype === "bool" ? undefined : dtype), place?.backend ?? backend);
    return given.dtype === dtype ? given : run("cast", [given], { dtype })[0];
  });
}

/** A Variable's value; a call of its own only where an interpreter wants to know. */
function readCell(cell: Cell): Tensor {
  context.recording?.read(cell, cell.held.storage);
  return context.frame === null ? cell.held : readVariable(cell);
}

/** The view of a Variable's value that links it to the Variable, for tapes. */
export function readVariable(cell: Cell): Tensor {
  context.recording?.read(cell, cell.held.storage);
  return run("read", [cell.held], { variable: cell })[0];
}

function perform(
  op: CallName,
  inputs: readonly Tensor[],
  attrs: object,
  backend: Backend | undefined,
): readonly Tensor[] {
  if (inputs[0]?.dtype === "string" || inputs[1]?.dtype === "string") return performOnHost(op, inputs, attrs);
  return show(op, inputs, attrs, commonBackend(op, inputs, backend));
}

function show(op: CallName, inputs: readonly Tensor[], attrs: object, place: Backend): readonly Tensor[] {
  const outs = (inferRules[op] as InferRule<CallName>)(inputs as never, attrs as never) as readonly Spec[];
  const call = { op, inputs, attrs, outs, backend: place } as unknown as Call;
  return context.frame === null ? execute(call) : dispatch(call, context.frame, execute);
}

/** Strings live on the cpu backend: what stands beside them comes there, and results that are none go to the default backend. */
function performOnHost(op: CallName, inputs: readonly Tensor[], attrs: object): readonly Tensor[] {
  const [host, home] = [hostBackend(), getBackend()];
  const moved: Tensor[] = [];
  const copy = (x: Tensor, backend: Backend): Tensor =>
    upload({ data: x.dataSync() as Data, dtype: x.dtype, shape: x.shape }, backend);
  const borrow = (x: Tensor): Tensor => {
    moved.push(x);
    return x;
  };
  try {
    const beside = unlisted(() => inputs.map((x) => (x.isDisposed || x.backend === host ? x : borrow(copy(x, host)))));
    const outputs = show(op, beside, attrs, commonBackend(op, beside, host));
    return outputs.map((y) => (y.dtype === "string" || home === host ? y : copy(borrow(y), home)));
  } finally {
    for (const x of moved) x.dispose();
  }
}

function commonBackend(op: CallName, inputs: readonly Tensor[], named: Backend | undefined): Backend {
  const first = inputs[0];
  if (first === undefined) return named ?? getBackend();
  for (const x of inputs) {
    if (x.isDisposed) throw disposedError(op, inputs);
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

function execute(call: Call): readonly Tensor[] {
  const { op, inputs, outs, backend } = call as Call & { inputs: readonly Tensor[]; outs: readonly Spec[] };
  if (isView(call)) return [view(inputs[0] as Tensor, outs[0] as Spec)];
  const isComposite = op in definitions;
  if (isComposite && !backend.composites.has(op as CompositeName)) return define(call);
  const operands = isComposite && updates.has(op as CompositeName) ? inputs.map(updatable) : inputs;
  const out = outs[0] as Spec | undefined;
  if (out !== undefined && out.dtype !== inputs[0]?.dtype) requireDType(op, out, backend);
  const handles: readonly unknown[] = backend.run(
    op as KernelName,
    operands as never,
    call.attrs as never,
    outs as never,
  );
  // One output is the common case, and eager ops are counted in nanoseconds.
  const outputs =
    handles.length === 1
      ? [adopt(handles[0], out as Spec, inputs[0], backend)]
      : handles.map((handle, i) => adopt(handle, outs[i] as Spec, inputs[i], backend));
  context.recording?.computed(call, outputs);
  return outputs;
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
  if (x.isDisposed) throw disposedError("share", [x]);
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
