/** The reverse pass: from gradients at the targets back through recorded calls to gradients at the sources. */
import { type Attrs, isFloat } from "@crease/backend";
import { onesLike, scope, type Tensor } from "@crease/tensor";
import { type Entry, releaseEntry, withEntry } from "./entry.ts";
import type { GradRule } from "./rule.ts";
import { gradRules } from "./rules.ts";
import type { Source } from "./sources.ts";
import { sumTo } from "./sumTo.ts";

/** One target with the gradient that arrives at it; null for ones, which gives the gradient of its sum. */
export interface Seed {
  readonly target: Tensor;
  readonly upstream: Tensor | null;
}

/**
 * Gradients of the sum of `target * upstream` by each source, null where unconnected. Runs inside the caller's scope.
 *
 * @param consume Takes each entry off the list and releases it as soon as it was used.
 */
export function sweep(
  entries: Entry[],
  seeds: readonly Seed[],
  sources: readonly Source[],
  consume: boolean,
): (Tensor | null)[] {
  const reached = reachedFrom(sources, entries);
  const pass = new ReversePass(reached, new Set(sources));
  for (const { target, upstream } of seeds) {
    if (!reached.has(target) || !isFloat(target.dtype)) continue;
    if (upstream === null) pass.arrive(target, onesLike(target), false);
    else pass.arrive(target, upstream.cast(target.dtype), false);
  }
  for (let i = entries.length - 1; i >= 0; i--) {
    const entry = entries[i] as Entry;
    if (consume) entries.pop();
    try {
      if (entry.outputs.some((y) => pass.pending.has(y))) pass.through(entry);
    } finally {
      if (consume) releaseEntry(entry);
    }
  }
  return sources.map((source) => {
    const gradient = pass.pending.get(source);
    // A view is a holder of its own, whoever else has the same tensor.
    return gradient === undefined ? null : gradient.reshape(gradient.shape);
  });
}

/** The sources and everything computed from them. */
function reachedFrom(sources: readonly Source[], entries: readonly Entry[]): Set<Source> {
  const reached = new Set<Source>(sources);
  for (const { call, outputs } of entries)
    if (originsOf(call).some((x) => reached.has(x))) for (const y of outputs) reached.add(y);
  return reached;
}

/** Where a call's gradients go: its inputs, and for a read the Variable that was read. */
function originsOf(call: Entry["call"]): readonly Source[] {
  return call.op === "read" ? [(call.attrs as Attrs<"read">).variable as Source] : (call.inputs as readonly Tensor[]);
}

class ReversePass {
  /** Gradients that arrived so far at what is still to be passed, and at the sources. */
  readonly pending = new Map<Source, Tensor>();
  readonly #reached: ReadonlySet<Source>;
  readonly #sources: ReadonlySet<Source>;
  /** Gradients that stand at several places, or belong to the user: only the end of the scope gives them up. */
  readonly #shared = new Set<Tensor>();

  constructor(reached: ReadonlySet<Source>, sources: ReadonlySet<Source>) {
    this.#reached = reached;
    this.#sources = sources;
  }

  /** Adds a gradient to what has arrived at `place`. */
  arrive(place: Source, gradient: Tensor, isShared: boolean): void {
    if (isShared) this.#shared.add(gradient);
    const before = this.pending.get(place);
    if (before === undefined) {
      this.pending.set(place, gradient);
      return;
    }
    this.pending.set(place, before.add(gradient));
    this.#giveUp(before);
    this.#giveUp(gradient);
  }

  /** Passes the gradients at a call's outputs on to its inputs. */
  through(entry: Entry): void {
    const { call, outputs } = entry;
    const dys = outputs.map((y) => this.pending.get(y) ?? null);
    const origins = originsOf(call);
    const gradients = withEntry(entry, () =>
      scope(() => {
        const rule = gradRules[call.op] as unknown as GradRule<"concat">;
        const thunks = rule({
          inputs: call.inputs as readonly Tensor[],
          outputs: outputs as readonly [Tensor],
          dys: dys as readonly Tensor[] as readonly [Tensor],
          attrs: call.attrs as Attrs<"concat">,
        });
        return origins.map((origin, i) => {
          const dx = this.#reached.has(origin) ? (thunks[i]?.() ?? null) : null;
          return dx === null ? null : sumTo(dx, origin.shape);
        });
      }),
    );
    gradients.forEach((gradient, i) => {
      if (gradient !== null) this.arrive(origins[i] as Source, gradient, dys.includes(gradient));
    });
    outputs.forEach((y, i) => {
      const dy = dys[i] as Tensor | null;
      if (dy === null || this.#sources.has(y)) return;
      this.pending.delete(y);
      this.#giveUp(dy);
    });
  }

  #giveUp(gradient: Tensor): void {
    if (!this.#shared.has(gradient)) gradient.dispose();
  }
}
