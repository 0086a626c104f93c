/** Regularizers by name. */
import type { Regularizer } from "@crease/tensor";
import type { CustomObjects, Serialized } from "../config.ts";
import { getPart, type PartKind } from "../getPart.ts";
import { L1 } from "./l1.ts";
import { L1L2 } from "./l1l2.ts";
import { L2 } from "./l2.ts";
import { OrthogonalRegularizer } from "./orthogonal.ts";

/** Names of the regularizers with Keras's default factor of 0.01. */
export type RegularizerName = "l1" | "l2" | "l1l2" | "orthogonalRegularizer";
/** What layers take as a regularizer: a name, an object with `call`, its JSON form, or null for none. */
export type RegularizerLike = RegularizerName | Regularizer | Serialized | null;

/**
 * The regularizer for a name or a JSON form; objects and null are returned as they are.
 *
 * @throws ValueError for an unknown name; it lists the known ones.
 * @example
 * ```ts
 * import { getRegularizer, L2 } from "@crease/layers";
 * getRegularizer("l2") instanceof L2; // => true
 * ```
 */
export function getRegularizer(
  regularizer: RegularizerLike,
  { customObjects }: { readonly customObjects?: CustomObjects | undefined } = {},
): Regularizer | null {
  const kind: PartKind<Regularizer> = {
    op: "getRegularizer",
    kind: "regularizer",
    method: "call",
    byName: {
      l1: () => new L1(),
      l2: () => new L2(),
      l1l2: () => new L1L2({ l1: 0.01, l2: 0.01 }),
      orthogonalRegularizer: () => new OrthogonalRegularizer(),
    },
    classes: { L1, L2, L1L2, OrthogonalRegularizer },
  };
  return regularizer === null ? null : getPart(regularizer, kind, customObjects);
}
