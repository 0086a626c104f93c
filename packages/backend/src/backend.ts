/** What a backend is: the one interface between the front end and the place where numbers live. */
import { BackendError, UnsupportedOpError } from "./errors.ts";
import type { Attrs, CallName, CompositeName, Inputs, KernelName, Outputs } from "./ops.ts";
import type { Data, DType, Spec } from "./spec.ts";

/** An input as a kernel sees it: the backend's own handle with its element type and shape. */
export interface Operand<H> extends Spec {
  readonly handle: H;
  /** Only on operands of update composites: nobody else holds the buffer, so it may be overwritten and returned. */
  readonly unshared?: boolean;
}

/** What a backend states about itself. */
export interface Traits {
  /** Element types it stores; others raise DTypeError before any kernel runs. */
  readonly dtypes: readonly DType[];
  /** Where results may differ from exact arithmetic: `|a - b| <= atol + rtol * |b|`, per float type. */
  readonly tolerance: {
    readonly [D in "float16" | "float32" | "float64"]: { readonly rtol: number; readonly atol: number };
  };
  /** The largest magnitude that an int32 of this backend holds exactly. */
  readonly exactInt: number;
  /** True where the garbage collector frees unreachable buffers by itself. */
  readonly garbageCollected: boolean;
  /** True where gather, scatterAdd and softmaxCrossEntropy raise ValueError for indices out of range. */
  readonly checksIndices: boolean;
}

/** Buffers that are alive, and their size. */
export interface Memory {
  readonly buffers: number;
  readonly bytes: number;
}

/** A place where tensors live and are computed. The numbered rules are in SPEC.md. */
export interface Backend<H = unknown> {
  readonly name: string;
  readonly traits: Traits;
  /** The composites that it has kernels for. */
  readonly composites: ReadonlySet<CompositeName>;
  /** Copies `data` into a new buffer. */
  upload(data: Data, spec: Spec): H;
  /** A copy of a buffer's elements. */
  download(x: Operand<H>): Promise<Data>;
  /** The same at once, where the backend can. */
  downloadSync?(x: Operand<H>): Data;
  /** Computes one op; inputs, attrs and outs are already valid. Returns one new handle for each of `outs`. */
  run<K extends KernelName | CompositeName>(
    op: K,
    inputs: Inputs<K, Operand<H>>,
    attrs: Attrs<K>,
    outs: Outputs<K, Spec>,
  ): Outputs<K, H>;
  /** Gives a buffer back; once for each handle. */
  release(handle: H): void;
  /** Resolves when all work so far is done. */
  flush(): Promise<void>;
  memory(): Memory;
  /** Gives everything back; nothing may be called after it. */
  dispose(): Promise<void>;
}

/** Computes one op for a backend with handles of type H. */
export type Kernel<K extends CallName, H> = (
  inputs: Inputs<K, Operand<H>>,
  attrs: Attrs<K>,
  outs: Outputs<K, Spec>,
) => Outputs<K, H>;

/**
 * Stands in a kernel table where a backend has no kernel.
 *
 * @example
 * ```ts
 * import { Unsupported } from "@crease/backend";
 * new Unsupported("no sort on this device").reason; // => no sort on this device
 * ```
 */
export class Unsupported {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

/**
 * The kernel-table entry of an op that a backend cannot do, with the reason its users will read.
 *
 * @example
 * ```ts
 * import { unsupported } from "@crease/backend";
 * unsupported("no 64-bit floats").reason; // => no 64-bit floats
 * ```
 */
export function unsupported(reason: string): Unsupported {
  return new Unsupported(reason);
}

/** A kernel or a reason for each primitive, and kernels for any composites: a missing row does not compile. */
export type KernelTable<H> = { readonly [K in KernelName]: Kernel<K, H> | Unsupported } & {
  readonly [K in CompositeName]?: Kernel<K, H>;
};

/**
 * Looks a kernel up in a table and runs it.
 *
 * @throws UnsupportedOpError where the table says `unsupported(reason)`.
 * @throws BackendError for a composite without a kernel, which only a caller that ignored `composites` can ask for.
 * @example
 * ```ts
 * import { type KernelTable, runKernel, unsupported } from "@crease/backend";
 * const table = { neg: unsupported("demo") } as unknown as KernelTable<number>;
 * const x = { handle: 1, shape: [], dtype: "float32" } as const;
 * runKernel("demo", table, "neg", [x], {}, [x]); // => throws UnsupportedOpError
 * ```
 */
export function runKernel<K extends KernelName | CompositeName, H>(
  backend: string,
  table: KernelTable<H>,
  op: K,
  inputs: Inputs<K, Operand<H>>,
  attrs: Attrs<K>,
  outs: Outputs<K, Spec>,
): Outputs<K, H> {
  const kernel = table[op] as Kernel<K, H> | Unsupported | undefined;
  if (typeof kernel === "function") return kernel(inputs, attrs, outs);
  const got = inputs as readonly Spec[];
  if (kernel instanceof Unsupported) throw new UnsupportedOpError(backend, op, kernel.reason, got);
  throw new BackendError({
    op,
    problem: `backend "${backend}" has no kernel of that name`,
    got,
    fix: "Run the composite's definition instead",
  });
}
