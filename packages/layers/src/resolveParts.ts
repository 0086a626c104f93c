/** The parts in a layer's config, found with the user's own classes. */
import type { ConfigOptions } from "./config.ts";
import { type ConstraintLike, getConstraint } from "./constraints/get.ts";
import { type ActivationLike, getActivation } from "./getActivation.ts";
import { getInitializer, type InitializerLike } from "./initializers/get.ts";
import { getRegularizer, type RegularizerLike } from "./regularizers/get.ts";

/**
 * The config with objects for the activation and for all initializers, regularizers and constraints, told by their
 * names in it.
 *
 * @throws ValueError for unknown ones.
 */
export function resolveParts<C extends object>(config: C, options: ConfigOptions): C {
  const entries = Object.entries(config).map(([name, value]) => [name, resolve(name, value, options)]);
  return Object.fromEntries(entries) as C;
}

function resolve(name: string, value: unknown, options: ConfigOptions): unknown {
  if (value === null || value === undefined) return value;
  if (name === "activation") return getActivation(value as ActivationLike, options);
  if (name.endsWith("Initializer")) return getInitializer(value as InitializerLike, options);
  if (name.endsWith("Regularizer")) return getRegularizer(value as RegularizerLike, options);
  if (name.endsWith("Constraint")) return getConstraint(value as ConstraintLike, options);
  return value;
}
