/** The constraint that makes all norms 1. */

import { requireOptions } from "@crease/backend";
import { type Constraint, scope, type Tensor } from "@crease/tensor";
import { requireAxes } from "../axes.ts";
import type { Config, HasConfig } from "../config.ts";
import { epsilon, normsOf } from "./norms.ts";

/**
 * Scales vectors along `axis` to norm 1: `w / (1e-7 + n)`. Keras 3 `UnitNorm`.
 *
 * @example
 * ```ts
 * import { UnitNorm } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * new UnitNorm().call(tensor([[3], [4]])).toString(); // => [[0.6] [0.8]]
 * ```
 */
export class UnitNorm implements Constraint, HasConfig {
  static readonly className: string = "UnitNorm";
  readonly axis: number | readonly number[];

  constructor(options: { readonly axis?: number | readonly number[] | undefined } = {}) {
    requireOptions<{ readonly axis?: number | readonly number[] | undefined }>("UnitNorm", options, { axis: true });
    const { axis = 0 } = options;
    requireAxes("UnitNorm", axis);
    this.axis = axis;
  }

  call(w: Tensor): Tensor {
    return scope(() => w.div(normsOf(w, this.axis).add(epsilon)));
  }

  getConfig(): Config {
    return { axis: this.axis };
  }

  static fromConfig(config: Config): UnitNorm {
    return new UnitNorm(config as { axis?: number });
  }
}
