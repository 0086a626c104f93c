/** Objects as values of plain JSON, here and in Keras's files. */
import type { Config } from "@crease/layers";

/** A class with its config, or a function by name; a layer in a model says more of itself. */
export interface Described {
  readonly className: string;
  readonly config: Config | string;
  /** True for an operation of Keras's that is no layer. */
  readonly isOperation?: boolean;
  /** The layer's name in a graph. */
  readonly name?: string;
  /** The calls of a layer in a graph. */
  readonly inboundNodes?: readonly unknown[];
  /** What a layer was built for. */
  readonly buildConfig?: { readonly inputShape: unknown };
  /** What a model was compiled with. */
  readonly compileConfig?: Config;
}

/** What the inputs of calls in a graph are called. */
export const tensorClass = "__keras_tensor__";

/** True for anything but null, numbers, texts, truth values and lists. */
export function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** True for a class with its config. */
export function isDescribed(value: unknown): value is Described {
  return isObject(value) && typeof value.className === "string" && Object.hasOwn(value, "config");
}
