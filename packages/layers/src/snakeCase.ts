/** Class names as layer names. */

/**
 * A class name in snake case, by the rules of Keras 3 `to_snake_case`.
 *
 * @example
 * ```ts
 * import { snakeCase } from "@crease/layers";
 * snakeCase("NaiveDense"); // => naive_dense
 * snakeCase("ReLU"); // => re_lu
 * ```
 */
export function snakeCase(className: string): string {
  return className
    .replace(/\W+/g, "")
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
}
