/** The constraint that caps norms. */
import { requireNumber, requireOptions } from "@crease/backend";
import { type Constraint, scope, type Tensor } from "@crease/tensor";
import { requireAxes } from "../axes.ts";
import type { Config, HasConfig } from "../config.ts";
import { epsilon, normsOf } from "./norms.ts";

/**
 * Scales vectors along `axis` whose norm is over `maxValue` down to it: `w * clip(n, 0, maxValue) / (1e-7 + n)`.
 * With axis 0, a Dense kernel's vectors are those of its units. Keras 3 `MaxNorm`.
 *
 * @example
 * ```ts
 * import { MaxNorm } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * new MaxNorm(1).call(tensor([[3], [4]])).toString(); // => [[0.6] [0.8]]
 * ```
 */
export class MaxNorm implements Constraint, HasConfig {
  static readonly className: string = "MaxNorm";
  readonly maxValue: number;
  readonly axis: number | readonly number[];

  constructor(maxValue = 2, options: { readonly axis?: number | readonly number[] | undefined } = {}) {
    requireOptions<{ readonly axis?: number | readonly number[] | undefined }>("MaxNorm", options, { axis: true });
    const { axis = 0 } = options;
    requireNumber("MaxNorm", "maxValue", maxValue, { min: 0 });
    requireAxes("MaxNorm", axis);
    this.maxValue = maxValue;
    this.axis = axis;
  }

  call(w: Tensor): Tensor {
    return scope(() => {
      const norms = normsOf(w, this.axis);
      return w.mul(norms.clip(0, this.maxValue).div(norms.add(epsilon)));
    });
  }

  getConfig(): Config {
    return { maxValue: this.maxValue, axis: this.axis };
  }

  static fromConfig(config: Config): MaxNorm {
    const { maxValue, axis } = config as { maxValue?: number; axis?: number };
    return new MaxNorm(maxValue, { axis });
  }
}
