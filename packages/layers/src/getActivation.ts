/** Activations by name. */
import type { Tensor } from "@crease/tensor";
import * as activations from "./activations.ts";
import { type CustomObjects, entryOf } from "./config.ts";

/** A function of a tensor. */
export type Activation = (x: Tensor) => Tensor;
/** Names of the activations, used with their defaults; Keras's two second names too. */
export type ActivationName = keyof typeof activations | "swish" | "hardSwish";
/** What layers take as an activation; null is `linear`. */
export type ActivationLike = ActivationName | Activation | null;

/**
 * The activation of a name; functions are returned as they are, null gives `linear`.
 *
 * @throws ValueError for an unknown name; it lists the known ones.
 * @example
 * ```ts
 * import { getActivation } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * getActivation("relu")(tensor([-1, 2])).toString(); // => [0. 2.]
 * getActivation("rellu"); // => throws ValueError: Did you mean "relu"?
 * ```
 */
export function getActivation(
  activation: ActivationLike,
  { customObjects }: { readonly customObjects?: CustomObjects | undefined } = {},
): Activation {
  if (activation === null) return activations.linear;
  if (typeof activation === "function") return activation;
  const table = { ...activations, swish: activations.silu, hardSwish: activations.hardSilu };
  return entryOf<Activation>("getActivation", "activation", activation, table, customObjects);
}

/** The name of an activation in configs: ours, else the function's own. */
export function activationName(activation: Activation): string {
  const table: { readonly [name: string]: unknown } = { ...activations };
  return Object.keys(table).find((name) => table[name] === activation) ?? activation.name;
}
