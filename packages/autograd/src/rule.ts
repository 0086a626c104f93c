/** What a gradient rule is: from one recorded call and the gradients of its outputs to the gradients of its inputs. */
import type { Attrs, CallName, Inputs, Outputs } from "@crease/backend";
import type { Tensor } from "@crease/tensor";

/** The gradient of each output: never null for an op of one output, null for those of several that nothing depends on. */
export type Upstream<K extends CallName> =
  Outputs<K, unknown> extends readonly [unknown] ? readonly [Tensor] : Outputs<K, Tensor | null>;

/** A recorded call with the gradients that arrive at its outputs. */
export interface Differentiated<K extends CallName> {
  readonly inputs: Inputs<K, Tensor>;
  readonly outputs: Outputs<K, Tensor>;
  readonly dys: Upstream<K>;
  readonly attrs: Attrs<K>;
}

/** The gradient of one input, computed only if it is asked for; null where there is none. */
export type Lazy = (() => Tensor | null) | null;

/**
 * One rule: a thunk for each input. A thunk returns a new tensor or one of `dys`, in tensor methods that have rules
 * themselves. Where an input was broadcast, the tape sums the gradient down to the input's shape.
 */
export type GradRule<K extends CallName> = (call: Differentiated<K>) => Inputs<K, Lazy>;

/** Stands in the rule table where an op has no gradient. */
export const notDifferentiable = "notDifferentiable";
