/** Node's own modules where this runs in Node, without an import that a bundler for browsers would see. */

/** `process.getBuiltinModule` as a program that has Node's types declares it: this package needs none. */
type GetBuiltin = typeof globalThis extends { process: { getBuiltinModule: infer Get } }
  ? Get
  : (name: string) => object;

/** `globalThis` where Node may be missing. */
type Host = { readonly process?: { readonly getBuiltinModule?: (name: string) => object } };

/**
 * True in Node, and in what has Node's modules as well.
 *
 * @example
 * ```ts
 * import { isNode } from "@crease/backend";
 * isNode(); // => true
 * ```
 */
export function isNode(): boolean {
  return typeof (globalThis as Host).process?.getBuiltinModule === "function";
}

/**
 * One of Node's modules; to be called only where `isNode()`.
 *
 * @example
 * ```ts
 * import { nodeBuiltin } from "@crease/backend";
 * nodeBuiltin("node:path").extname("model.keras"); // => .keras
 * ```
 */
export const nodeBuiltin: GetBuiltin = ((name: string) =>
  (globalThis as Host).process?.getBuiltinModule?.(name)) as GetBuiltin;
