/** What passes the interpreters: one op with everything known about it before it is computed. */
import type { Attrs, Backend, CallName, Inputs, Outputs, Spec } from "@crease/backend";
import type { Tensor } from "./tensor.ts";

/** A call of one op of known name. */
export interface CallOf<K extends CallName> {
  readonly op: K;
  /** Tensors of one backend, promoted. */
  readonly inputs: Inputs<K, Tensor>;
  readonly attrs: Attrs<K>;
  /** Specs of the outputs. */
  readonly outs: Outputs<K, Spec>;
  /** Where it is computed. */
  readonly backend: Backend;
}

/** A call of any op. */
export type Call = { readonly [K in CallName]: CallOf<K> }[CallName];

/** A middleware around every call: the tape, a profiler, a NaN finder. It returns the outputs, usually those of `next(call)`. */
export type Interpreter = (call: Call, next: (call: Call) => readonly Tensor[]) => readonly Tensor[];
