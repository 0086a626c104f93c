/** The inference table: what each op returns, and every shape, dtype and axis error, a row for each name. */
import { inferComposite } from "./infer/composite.ts";
import { inferContract } from "./infer/contract.ts";
import { inferElementwise } from "./infer/elementwise.ts";
import { inferMove } from "./infer/move.ts";
import { inferReduce } from "./infer/reduce.ts";
import type { InferRule } from "./infer/rule.ts";
import type { CallName } from "./ops.ts";

/** One rule for each primitive and composite: `(input specs, attributes)` to output specs, or an error. */
export const inferRules: { readonly [K in CallName]: InferRule<K> } = {
  ...inferElementwise,
  ...inferReduce,
  ...inferMove,
  ...inferContract,
  ...inferComposite,
};
