/** The tape: an interpreter that records what it sees, and takes gradients of it. */
import { type Attrs, DisposedError, DTypeError, isFloat, ShapeError, sameShape, ValueError } from "@crease/backend";
import {
  type Call,
  expand,
  type Interpreter,
  interpret,
  scope,
  stack,
  Tensor,
  tensor,
  Variable,
  zeros,
} from "@crease/tensor";
import { type Entry, holdEntry, releaseEntry } from "./entry.ts";
import { notDifferentiable } from "./rule.ts";
import { gradRules } from "./rules.ts";
import { type Gradients, inStructure, listSources, type Source, type Sources } from "./sources.ts";
import { type Seed, sweep } from "./sweep.ts";

/** What a tape records and for how long. */
export interface GradientTapeOptions {
  /** Whether several gradients may be taken, until `dispose()`; false unless said. */
  readonly persistent?: boolean;
  /** Whether trainable Variables are watched by themselves when they are read; true unless said. */
  readonly watchVariables?: boolean;
}

/** What a gradient is taken with. */
export interface GradientOptions {
  /** The gradient that arrives at the target, of its shape (a list for a list of targets): gradients of `sum(target * upstream)`. */
  readonly upstream?: Tensor | readonly Tensor[];
}

/**
 * Records the operations of `record`'s body on watched tensors and trainable Variables, and gives gradients of what
 * they computed. It holds what it recorded until `gradient`, a persistent one, or one whose gradient is never taken,
 * until `dispose`.
 * Source: TensorFlow `GradientTape`.
 *
 * @example
 * ```ts
 * import { GradientTape } from "@crease/autograd";
 * const w = new Variable([1, 2, 3]);
 * const tape = new GradientTape();
 * const loss = tape.record(() => tensor([1, 1, 1]).mul(w).square().sum());
 * loss; // => 14.0
 * tape.gradient(loss, w); // => [2. 4. 6.]
 * ```
 */
export class GradientTape {
  readonly #persistent: boolean;
  readonly #watchVariables: boolean;
  #state: "open" | "used" | "disposed" = "open";
  #isRecording = false;
  #entries: Entry[] = [];
  /** Watched tensors and what was computed from them. */
  #tracked = new Set<Tensor>();
  /** Variables watched by request. */
  #watched = new Set<Variable>();

  constructor({ persistent = false, watchVariables = true }: GradientTapeOptions = {}) {
    this.#persistent = persistent;
    this.#watchVariables = watchVariables;
  }

  /**
   * Follows tensors, or Variables that are not watched by themselves, from here on.
   *
   * @throws ValueError for what is neither, DTypeError for what has no floating-point dtype.
   * @example
   * ```ts
   * import { GradientTape } from "@crease/autograd";
   * const x = tensor(3);
   * const tape = new GradientTape();
   * tape.watch(x);
   * const y = tape.record(() => x.square());
   * tape.gradient(y, x); // => 6.0
   * ```
   */
  watch(sources: Sources): void {
    this.#requireOpen("watch");
    for (const source of listSources("watch", sources)) {
      if (!isFloat(source.dtype))
        throw new DTypeError({
          op: "watch",
          problem: "only floating-point tensors have gradients",
          got: [source],
          fix: 'Convert with `x.cast("float32")`',
        });
      if (source instanceof Variable) this.#watched.add(source);
      else this.#tracked.add(source);
    }
  }

  /**
   * Runs `body` and records it; returns what it returns. May be called several times before `gradient`.
   * Where `body` throws, what it recorded is dropped.
   *
   * @throws ValueError where `body` returns a promise, inside itself, and after a gradient of a tape that is not persistent.
   */
  record<T>(body: () => T): T {
    this.#requireOpen("record");
    if (this.#isRecording)
      throw new ValueError({
        op: "record",
        problem: "the tape is recording already",
        fix: "Use a second tape for gradients of gradients",
      });
    const before = this.#entries.length;
    this.#isRecording = true;
    try {
      return interpret(this.#interpreter, body);
    } catch (error) {
      for (const entry of this.#entries.splice(before)) {
        for (const y of entry.outputs) this.#tracked.delete(y);
        releaseEntry(entry);
      }
      throw error;
    } finally {
      this.#isRecording = false;
    }
  }

  /**
   * Gradients of the sum of a target, or of all targets of a list, by each source, in the sources' structure; null
   * where they are not connected.
   *
   * @throws ValueError for the second gradient of a tape that is not persistent; ShapeError for an upstream of
   *   another shape than its target; DisposedError after `dispose()`.
   * @example
   * ```ts
   * import { GradientTape } from "@crease/autograd";
   * const [x, y] = [tensor(2), tensor(5)];
   * const tape = new GradientTape({ persistent: true });
   * tape.watch([x, y]);
   * const z = tape.record(() => x.mul(y));
   * tape.gradient(z, { x, y }).x; // => 5.0
   * tape.gradient(z, [x, tensor(1)]); // => [5.0, null]
   * tape.dispose();
   * ```
   */
  gradient<const S extends Sources>(
    target: Tensor | readonly Tensor[],
    sources: S,
    { upstream }: GradientOptions = {},
  ): Gradients<S> {
    const seeds = seedsOf(target, upstream);
    return this.#derive("gradient", sources, (list) => sweep(this.#entries, seeds, list, !this.#persistent));
  }

  /**
   * Derivatives of every element of the target by every element of each source: shape = target's shape + source's
   * shape, null where they are not connected. Costs one reverse pass for each element of the target.
   *
   * @throws as `gradient`.
   * @example
   * ```ts
   * import { GradientTape } from "@crease/autograd";
   * const x = tensor([1, 2]);
   * const tape = new GradientTape();
   * tape.watch(x);
   * const y = tape.record(() => x.square());
   * tape.jacobian(y, x); // => [[2. 0.] [0. 4.]]
   * ```
   */
  jacobian<const S extends Sources>(target: Tensor, sources: S): Gradients<S> {
    requireTensor("jacobian", target);
    return this.#derive("jacobian", sources, (list) => {
      const rows = oneHots(target).map((upstream) => sweep(this.#entries, [{ target, upstream }], list, false));
      return list.map((source, i) => {
        const shape = [...target.shape, ...source.shape];
        if (target.size > 0) {
          const found = rows.map((row) => row[i] as Tensor | null);
          return found.includes(null) ? null : stack(found as Tensor[]).reshape(shape);
        }
        const [probe] = sweep(this.#entries, [{ target, upstream: null }], [source], false);
        return probe ? zeros(shape, { dtype: source.dtype, backend: source.backend }) : null;
      });
    });
  }

  /** Gives up all that was recorded; the tape cannot be used again. Twice does nothing. */
  dispose(): void {
    this.#close("disposed");
  }

  /** Derivatives in the sources' structure; only they survive, and a tape that is not persistent is used up. */
  #derive<S extends Sources>(
    op: string,
    sources: S,
    compute: (list: readonly Source[]) => readonly (Tensor | null)[],
  ): Gradients<S> {
    const list = listSources(op, sources);
    this.#requireOpen(op);
    // Set first, so that a derivative taken inside `record` does not record itself.
    if (!this.#persistent) this.#state = "used";
    try {
      const isWatched = (source: Source): boolean => source instanceof Variable || this.#tracked.has(source);
      const found = scope(() => compute(list.filter(isWatched))).values();
      const values = list.map((source) => (isWatched(source) ? (found.next().value as Tensor | null) : null));
      return inStructure(sources, values);
    } finally {
      if (!this.#persistent) this.#close("used");
    }
  }

  #close(state: "used" | "disposed"): void {
    this.#state = state;
    for (const entry of this.#entries) releaseEntry(entry);
    this.#entries = [];
    this.#tracked = new Set();
    this.#watched = new Set();
  }

  #requireOpen(op: string): void {
    if (this.#state === "disposed")
      throw new DisposedError({ op, problem: "the tape was disposed", fix: "Make a new GradientTape" });
    if (this.#state === "used")
      throw new ValueError({
        op,
        problem: "the tape gave its gradient already",
        fix: "Take all gradients at once, or make the tape with { persistent: true }",
      });
  }

  readonly #interpreter: Interpreter = (call, next) => {
    const rule = gradRules[call.op];
    if (rule === notDifferentiable || this.#state !== "open" || !this.#isTracked(call)) return next(call);
    if (rule === undefined) return expand(call);
    const outputs = next(call);
    let hasFloat = false;
    for (let i = 0; i < outputs.length; i++) {
      const y = outputs[i] as Tensor;
      if (!isFloat(y.dtype)) continue;
      this.#tracked.add(y);
      hasFloat = true;
    }
    if (hasFloat) {
      const entry = { call, outputs };
      holdEntry(entry);
      this.#entries.push(entry);
    }
    return outputs;
  };

  #isTracked(call: Call): boolean {
    if (call.op === "read") {
      const variable = (call.attrs as Attrs<"read">).variable as Variable;
      return (this.#watchVariables && variable.trainable) || this.#watched.has(variable);
    }
    const inputs = call.inputs as readonly Tensor[];
    for (let i = 0; i < inputs.length; i++) if (this.#tracked.has(inputs[i] as Tensor)) return true;
    return false;
  }
}

function seedsOf(target: Tensor | readonly Tensor[], upstream: GradientOptions["upstream"]): Seed[] {
  const targets = Array.isArray(target) ? (target as readonly Tensor[]) : [target as Tensor];
  const given =
    upstream === undefined ? [] : Array.isArray(upstream) ? (upstream as readonly Tensor[]) : [upstream as Tensor];
  if (given.length > 0 && given.length !== targets.length)
    throw new ValueError({
      op: "gradient",
      problem: `${given.length} upstream gradients for ${targets.length} targets`,
      fix: "Give one for each target",
    });
  return targets.map((y, i) => {
    const dy = given[i];
    requireTensor("gradient", y);
    if (dy !== undefined && !sameShape(dy.shape, y.shape))
      throw new ShapeError({
        op: "gradient",
        problem: "the upstream gradient differs from its target in shape",
        got: [y, dy],
        fix: "Give it the target's shape",
      });
    return { target: y, upstream: dy ?? null };
  });
}

function requireTensor(op: string, target: unknown): void {
  if (target instanceof Tensor) return;
  throw new ValueError({
    op,
    problem: `the target is ${target === null || target === undefined ? target : `a ${typeof target}`}`,
    fix: "Give the tensor that `record` returned, or a list of tensors",
  });
}

/** For each element of `x` a tensor of x's shape that is 1 there and 0 elsewhere. */
function oneHots({ size, shape, dtype, backend }: Tensor): Tensor[] {
  return Array.from({ length: size }, (_, i) => {
    const values = new Float64Array(size);
    values[i] = 1;
    return tensor(values, { shape, dtype, backend });
  });
}
