/** Which of the names that backends get stand for expressions of primitives. */
import { type CompositeName, composites } from "@crease/backend";
import type { RunName } from "../check.ts";

/** True for the names of CompositeTable. */
export function isComposite(op: RunName): op is CompositeName {
  return composites.has(op as CompositeName);
}
