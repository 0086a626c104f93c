/** The stack of interpreters that every call passes on its way to the backend. */
import { type CompositeName, ValueError } from "@crease/backend";
import type { Call, Interpreter } from "./call.ts";
import { context, type Frame } from "./context.ts";
import { definitions } from "./definitions.ts";
import { refusePromise, scope } from "./scope.ts";
import type { Tensor } from "./tensor.ts";

/** Computes a call past the last interpreter. */
export type Execute = (call: Call) => readonly Tensor[];

/** Shows a call to the interpreters from `frame` down, then computes it. */
export function dispatch(call: Call, frame: Frame | null, execute: Execute): readonly Tensor[] {
  if (frame === null) return execute(call);
  const { frame: top, active } = context;
  context.frame = frame.below;
  context.active = frame;
  frame.next ??= (changed) => dispatch(changed, frame.below, execute);
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
  context.frame = { interpreter, below, next: null };
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

/** A composite's outputs by its definition, in a scope of its own. */
export function define(call: Call): readonly Tensor[] {
  const definition = definitions[call.op as CompositeName] as unknown as (
    inputs: readonly Tensor[],
    attrs: object,
  ) => readonly Tensor[];
  return scope(() => definition(call.inputs, call.attrs));
}
