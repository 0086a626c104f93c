// A backend around the reference that also has kernels for composites; what is given replaces parts of it.
import {
  type Backend,
  type CompositeName,
  type Data,
  type KernelName,
  type Memory,
  type Operand,
  type Spec,
  type Traits,
  updates,
} from "@crease/backend";
import { type CpuBuffer, cpuBackend } from "@crease/backend-cpu";
import { run, scope, type Tensor, tensor } from "@crease/tensor";
import { compositeCases } from "../src/cases/composite.ts";
import { isComposite } from "../src/checks/isComposite.ts";

export type Handle = CpuBuffer;
export type Name = KernelName | CompositeName;
export type In = Operand<Handle>;
/** What a kernel gets, whatever its op. */
export interface Request {
  readonly op: Name;
  readonly inputs: readonly In[];
  // biome-ignore lint/suspicious/noExplicitAny: the attributes of any op.
  readonly attrs: any;
  readonly outs: readonly Spec[];
}
export type Run = (request: Request) => readonly Handle[];

/** The parts of a backend, with `run` as one function of a request. */
export interface Parts {
  readonly traits: Traits;
  readonly composites: ReadonlySet<CompositeName>;
  /** Whether there is a downloadSync. */
  readonly readsAtOnce: boolean;
  upload(data: Data, spec: Spec): Handle;
  downloadSync(x: In): Data;
  run: Run;
  /** The same without kernels for composites. */
  runPrimitive: Run;
  release(handle: Handle): void;
  memory(): Memory;
  dispose(): Promise<void>;
}

/** Which parts to replace, given the right ones. */
export type Change = (right: Parts) => Partial<Parts>;

/** A composite by its definition, into a new buffer or, where nobody shares the operand, into its own. */
function composite(inner: Backend<Handle>, { op, inputs, attrs, outs }: Request): readonly Handle[] {
  const results = scope(() => {
    const tensors = inputs.map((x) =>
      tensor(inner.downloadSync?.(x) as Float32Array, { dtype: x.dtype, shape: x.shape, backend: inner }),
    );
    return (run as unknown as (op: Name, inputs: readonly Tensor[], attrs: object) => readonly Tensor[])(
      op,
      tensors,
      attrs,
    );
  });
  const handles = results.map((y, i) => {
    const handle = inner.upload(y.dataSync() as Data, outs[i] as Spec);
    const operand = inputs[i];
    if (!updates.has(op as CompositeName) || operand?.unshared !== true) return handle;
    (operand.handle as Float32Array).set(handle as Float32Array);
    inner.release(handle);
    return operand.handle;
  });
  for (const y of results) y.dispose();
  return handles;
}

/** The right parts, over a cpu backend. */
export function rightParts(inner: Backend<Handle> = cpuBackend()): Parts {
  const anyRun = inner.run as unknown as (
    op: Name,
    inputs: readonly In[],
    attrs: object,
    outs: readonly Spec[],
  ) => readonly Handle[];
  const runPrimitive: Run = ({ op, inputs, attrs, outs }) => anyRun.call(inner, op, inputs, attrs, outs);
  return {
    traits: inner.traits,
    composites: new Set(Object.keys(compositeCases) as CompositeName[]),
    readsAtOnce: true,
    upload: (data, spec) => inner.upload(data, spec),
    downloadSync: (x) => (inner.downloadSync as (x: In) => Data)(x),
    run: (request) => (isComposite(request.op) ? composite(inner, request) : runPrimitive(request)),
    runPrimitive,
    release: (handle) => inner.release(handle),
    memory: () => inner.memory(),
    dispose: () => inner.dispose(),
  };
}

/** A backend of the right parts with some of them changed. */
export function wrappedBackend(change: Change = () => ({}), right: Parts = rightParts()): Backend<Handle> {
  const parts = { ...right, ...change(right) };
  const backend = {
    name: "wrapped",
    traits: parts.traits,
    composites: parts.composites,
    upload: parts.upload,
    ...(parts.readsAtOnce ? { downloadSync: parts.downloadSync } : {}),
    download: async (x: In) => parts.downloadSync(x),
    run: (op: Name, inputs: readonly In[], attrs: object, outs: readonly Spec[]) =>
      parts.run({ op, inputs, attrs, outs }),
    release: parts.release,
    flush: async () => {},
    memory: parts.memory,
    dispose: parts.dispose,
  };
  return backend as unknown as Backend<Handle>;
}
