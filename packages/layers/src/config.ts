/** How layers and their parts are written down and found again: class names and plain JSON values. */
import { suggestName, ValueError } from "@crease/backend";

/** Constructor arguments as JSON values, by name. */
export type Config = { readonly [name: string]: unknown };

/** An object as JSON: its class and what it was made with. */
export interface Serialized {
  readonly className: string;
  readonly config: Config;
}

/** A class that `getLayer` and its kin can make from a config. */
export interface Configurable<T> {
  fromConfig(config: Config, options?: ConfigOptions): T;
}

/** The user's own classes and functions by name. */
export type CustomObjects = { readonly [name: string]: unknown };

/** What goes with a config. */
export interface ConfigOptions {
  /** The user's own classes and activation functions, by the names in the config. */
  readonly customObjects?: CustomObjects | undefined;
}

/** An object that knows its config. */
export interface HasConfig {
  getConfig(): Config;
}

/**
 * The name of an object's class in configs and messages: the class's own static `className`, which no minifier
 * changes, else the name of its constructor.
 */
export function classNameOf(value: object): string {
  const made = value.constructor as { readonly name: string; readonly className?: unknown };
  return Object.hasOwn(made, "className") ? String(made.className) : made.name;
}

/**
 * An object with its class name, as `getConfig` of what holds it writes it; null for nothing.
 *
 * @throws ValueError for an object without `getConfig`.
 */
export function serialize(op: string, value: object | null): Serialized | null {
  if (value === null) return null;
  const className = classNameOf(value);
  const { getConfig } = value as Partial<HasConfig>;
  if (typeof getConfig !== "function")
    throw new ValueError({
      op,
      problem: `a ${className} cannot be written to a config`,
      fix: "Give its class a `getConfig` method",
    });
  return { className, config: getConfig.call(value) };
}

/** True for `{ className, config }`. */
export function isSerialized(value: unknown): value is Serialized {
  if (
    typeof value !== "object" ||
    value === null ||
    !Object.hasOwn(value, "className") ||
    !Object.hasOwn(value, "config")
  )
    return false;
  const { className, config } = value as Serialized;
  return typeof className === "string" && typeof config === "object" && config !== null;
}

/**
 * The entry of a table by its own name: the user's objects first.
 *
 * @throws ValueError for an unknown name; it lists the known ones.
 */
export function entryOf<T>(
  op: string,
  kind: string,
  name: string,
  table: { readonly [name: string]: T },
  customObjects: CustomObjects = {},
): T {
  for (const objects of [customObjects as { readonly [name: string]: T }, table])
    if (Object.hasOwn(objects, name)) return objects[name] as T;
  throw new ValueError({
    op,
    problem: `unknown ${kind} "${name}"`,
    fix: suggestName(String(name), [...Object.keys(table), ...Object.keys(customObjects)]),
  });
}

/**
 * The value itself, if it has the method that makes it one of its kind.
 *
 * @throws ValueError for anything else.
 */
export function requireMethod<T extends object>(op: string, kind: string, value: T, method: keyof T & string): T {
  if (typeof value === "object" && value !== null && typeof value[method] === "function") return value;
  throw new ValueError({
    op,
    problem: `${typeof value === "object" ? "an object" : String(value)} is no ${kind}`,
    fix: `Give a name, or an object with the method \`${method}\``,
  });
}
