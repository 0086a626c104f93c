/** Parts of layers (initializers, regularizers, constraints) by name, by JSON form, or as they are. */
import {
  type Configurable,
  type CustomObjects,
  entryOf,
  isSerialized,
  requireMethod,
  type Serialized,
} from "./config.ts";

/** All that is known of one kind of part. */
export interface PartKind<T extends object> {
  /** The call that errors name. */
  readonly op: string;
  /** What errors call a part. */
  readonly kind: string;
  /** The method that makes an object a part. */
  readonly method: keyof T & string;
  readonly byName: { readonly [name: string]: () => T };
  readonly classes: { readonly [className: string]: Configurable<T> };
}

/** The part. @throws ValueError for an unknown name, listing the known ones, and for an object without the method. */
export function getPart<T extends object>(
  part: string | T | Serialized,
  { op, kind, method, byName, classes }: PartKind<T>,
  customObjects?: CustomObjects,
): T {
  if (typeof part === "string") return entryOf(op, kind, part, byName)();
  if (!isSerialized(part)) return requireMethod(op, kind, part, method);
  return entryOf(op, kind, part.className, classes, customObjects).fromConfig(part.config);
}
