/** Lifetimes by blocks: what a scope made is given up at its end, unless it is the result. */
import { ValueError } from "@crease/backend";
import { context } from "./context.ts";
import { TensorBase } from "./methods/base.ts";
import type { Tensor } from "./tensor.ts";

/**
 * Runs `body` and gives up every tensor made in it, uploads too, except those found in its result (in arrays and
 * plain objects, at any depth), those passed to `keep`, and what Variables and tapes hold.
 * Tensors in the result belong to the enclosing scope, if there is one.
 *
 * @throws ValueError where `body` returns a promise: everything in a scope is synchronous, only reading is not.
 * @example
 * ```ts
 * import { getBackend, scope, tensor } from "@crease/tensor";
 * const before = getBackend().memory().buffers;
 * const y = scope(() => tensor([1, 2, 3]).mul(2).add(1).sum());
 * await y.item(); // => 15
 * getBackend().memory().buffers - before; // => 1
 * ```
 */
export function scope<T>(body: () => T): T {
  const outer = context.scope;
  const made: Tensor[] = [];
  context.scope = made;
  let result: T;
  try {
    result = body();
    refusePromise("scope", result);
  } catch (error) {
    for (const x of made) if (!x.isKept) x.dispose();
    throw error;
  } finally {
    context.scope = outer;
  }
  giveUp(made, result, outer);
  return result;
}

function giveUp(made: readonly Tensor[], result: unknown, outer: Tensor[] | null): void {
  if (result instanceof TensorBase) {
    for (const x of made) {
      if (x === result) survive(x, outer);
      else if (!x.isKept) x.dispose();
    }
    return;
  }
  const found = new Set<unknown>();
  collect(result, found);
  for (const x of made) {
    if (x.isKept) continue;
    if (found.has(x)) survive(x, outer);
    else x.dispose();
  }
}

/** Leaves a result to the outer scope, outside all of them to its holders. */
function survive(x: Tensor, outer: Tensor[] | null): void {
  if (outer !== null) outer.push(x);
  else {
    x.storage.watch();
    x.logits?.value.storage.watch();
    x.mask?.storage.watch();
  }
}

/** Adds all tensors in a value to `found`, which also guards against cycles. */
function collect(value: unknown, found: Set<unknown>): void {
  if (typeof value !== "object" || value === null || found.has(value)) return;
  if (value instanceof TensorBase) found.add(value);
  else if (Array.isArray(value)) {
    found.add(value);
    for (const x of value) collect(x, found);
  } else if (isPlain(value)) {
    found.add(value);
    for (const x of Object.values(value)) collect(x, found);
  }
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as unknown;
  return prototype === Object.prototype || prototype === null;
}

/** Raises where a body that must be synchronous returned a promise. */
export function refusePromise(op: string, result: unknown): void {
  if (typeof (result as { then?: unknown } | null | undefined)?.then === "function")
    throw new ValueError({
      op,
      problem: "the body returned a promise",
      fix: "Compute synchronously inside, read values with `await` outside",
    });
}

/**
 * Takes a tensor out of every scope: it lives until its `dispose()`.
 *
 * @example
 * ```ts
 * import { keep, scope, tensor } from "@crease/tensor";
 * let kept = tensor(0);
 * scope(() => { kept = keep(tensor(5)); });
 * kept.isDisposed; // => false
 * ```
 */
export function keep(x: Tensor): Tensor {
  context.recording?.refuse("it keeps a tensor");
  x.isKept = true;
  x.storage.watch();
  return x;
}
