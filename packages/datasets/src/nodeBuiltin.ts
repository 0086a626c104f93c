/** Node's own modules where this runs in Node, without an import that a bundler for browsers would see. */

interface Builtins {
  readonly "node:crypto": typeof import("node:crypto");
  readonly "node:fs": typeof import("node:fs");
  readonly "node:fs/promises": typeof import("node:fs/promises");
  readonly "node:module": typeof import("node:module");
  readonly "node:os": typeof import("node:os");
  readonly "node:path": typeof import("node:path");
}

/** True in Node. */
export function isNode(): boolean {
  return typeof globalThis.process?.getBuiltinModule === "function";
}

/** One of Node's modules; to be called only where `isNode()`. */
export function nodeBuiltin<K extends keyof Builtins>(name: K): Builtins[K] {
  return globalThis.process.getBuiltinModule(name) as unknown as Builtins[K];
}
