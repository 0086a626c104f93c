/** Constraints by name. */
import type { Constraint } from "@crease/tensor";
import type { CustomObjects, Serialized } from "../config.ts";
import { getPart, type PartKind } from "../getPart.ts";
import { MaxNorm } from "./maxNorm.ts";
import { MinMaxNorm } from "./minMaxNorm.ts";
import { NonNeg } from "./nonNeg.ts";
import { UnitNorm } from "./unitNorm.ts";

/** Names of the constraints with their defaults. */
export type ConstraintName = "maxNorm" | "minMaxNorm" | "nonNeg" | "unitNorm";
/** What layers take as a constraint: a name, an object with `call`, its JSON form, or null for none. */
export type ConstraintLike = ConstraintName | Constraint | Serialized | null;

/**
 * The constraint for a name or a JSON form; objects and null are returned as they are.
 *
 * @throws ValueError for an unknown name; it lists the known ones.
 * @example
 * ```ts
 * import { getConstraint, NonNeg } from "@crease/layers";
 * getConstraint("nonNeg") instanceof NonNeg; // => true
 * ```
 */
export function getConstraint(
  constraint: ConstraintLike,
  { customObjects }: { readonly customObjects?: CustomObjects | undefined } = {},
): Constraint | null {
  const kind: PartKind<Constraint> = {
    op: "getConstraint",
    kind: "constraint",
    method: "call",
    byName: {
      maxNorm: () => new MaxNorm(),
      minMaxNorm: () => new MinMaxNorm(),
      nonNeg: () => new NonNeg(),
      unitNorm: () => new UnitNorm(),
    },
    classes: { MaxNorm, MinMaxNorm, NonNeg, UnitNorm },
  };
  return constraint === null ? null : getPart(constraint, kind, customObjects);
}
