/** The initializer that gives ones. */
import type { Shape } from "@crease/backend";
import { ones, type Tensor } from "@crease/tensor";
import { type CreateOptions, given, Initializer } from "./initializer.ts";

/**
 * All ones. Keras 3 `Ones`.
 *
 * @example
 * ```ts
 * import { Ones } from "@crease/layers";
 * new Ones().initialize([3]).toString(); // => [1. 1. 1.]
 * ```
 */
export class Ones extends Initializer {
  static readonly className: string = "Ones";

  override initialize(shape: Shape, options: CreateOptions = {}): Tensor {
    return ones(shape, given(options));
  }
}
