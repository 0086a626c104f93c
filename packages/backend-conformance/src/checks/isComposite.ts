/** Which of the names that backends get stand for expressions of primitives. */
import type { CompositeName } from "@crease/backend";
import { compositeCases } from "../cases/composite.ts";
import type { RunName } from "../check.ts";

/** True for the names of CompositeTable. */
export function isComposite(op: RunName): op is CompositeName {
  return op in compositeCases;
}
