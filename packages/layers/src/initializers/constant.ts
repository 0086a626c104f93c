/** The initializer that gives one number everywhere. */
import { requireNumber, type Shape } from "@crease/backend";
import { full, type Tensor } from "@crease/tensor";
import type { Config } from "../config.ts";
import { type CreateOptions, given, Initializer } from "./initializer.ts";

/**
 * `value` everywhere, 0 unless given. Keras 3 `Constant`.
 *
 * @example
 * ```ts
 * import { Constant } from "@crease/layers";
 * new Constant(7).initialize([2]).toString(); // => [7. 7.]
 * ```
 */
export class Constant extends Initializer {
  static readonly className: string = "Constant";
  readonly value: number;

  constructor(value = 0) {
    super();
    requireNumber("Constant", "value", value);
    this.value = value;
  }

  override initialize(shape: Shape, options: CreateOptions = {}): Tensor {
    return full(shape, this.value, { dtype: "float32", ...given(options) });
  }

  override getConfig(): Config {
    return { value: this.value };
  }

  static override fromConfig(config: Config): Constant {
    return new Constant(config.value as number | undefined);
  }
}
