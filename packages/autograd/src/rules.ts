/** The gradient table: a row for each primitive, and for the composites that tapes take whole. */
import type { CompositeName, OpName } from "@crease/backend";
import type { GradRule, notDifferentiable } from "./rule.ts";
import { compositeGradients } from "./rules/composite.ts";
import { contractGradients } from "./rules/contract.ts";
import { elementwiseGradients } from "./rules/elementwise.ts";
import { moveGradients } from "./rules/move.ts";
import { reduceGradients } from "./rules/reduce.ts";

/** `notDifferentiable` ends gradients; a composite without a row is expanded. */
export const gradRules: { readonly [K in OpName]: GradRule<K> | typeof notDifferentiable } & {
  readonly [K in CompositeName]?: GradRule<K> | typeof notDifferentiable;
} = {
  ...elementwiseGradients,
  ...reduceGradients,
  ...moveGradients,
  ...contractGradients,
  ...compositeGradients,
};
