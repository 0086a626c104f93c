/** The constraint that keeps norms between two bounds. */
import { requireNumber, requireOptions } from "@crease/backend";
import { type Constraint, scope, type Tensor } from "@crease/tensor";
import { requireAxes } from "../axes.ts";
import type { Config, HasConfig } from "../config.ts";
import { epsilon, normsOf } from "./norms.ts";

/** How fast and along which axes. */
export interface MinMaxNormOptions {
  /** 1 goes to the bound at once, less goes part of the way at each step. */
  readonly rate?: number | undefined;
  readonly axis?: number | readonly number[] | undefined;
}

/**
 * Moves norms along `axis` towards `[minValue, maxValue]`:
 * `w * (rate * clip(n, minValue, maxValue) + (1 - rate) * n) / (1e-7 + n)`. Keras 3 `MinMaxNorm`.
 *
 * @example
 * ```ts
 * import { MinMaxNorm } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * new MinMaxNorm(0, 5, { rate: 0.5 }).call(tensor([[6], [8]])).toString(); // => [[4.5] [6. ]]
 * ```
 */
export class MinMaxNorm implements Constraint, HasConfig {
  static readonly className: string = "MinMaxNorm";
  readonly minValue: number;
  readonly maxValue: number;
  readonly rate: number;
  readonly axis: number | readonly number[];

  constructor(minValue = 0, maxValue = 1, options: MinMaxNormOptions = {}) {
    requireOptions<MinMaxNormOptions>("MinMaxNorm", options, { rate: true, axis: true });
    const { rate = 1, axis = 0 } = options;
    requireNumber("MinMaxNorm", "minValue", minValue, { min: 0 });
    requireNumber("MinMaxNorm", "maxValue", maxValue, { min: minValue });
    requireNumber("MinMaxNorm", "rate", rate, { min: 0, max: 1 });
    requireAxes("MinMaxNorm", axis);
    this.minValue = minValue;
    this.maxValue = maxValue;
    this.rate = rate;
    this.axis = axis;
  }

  call(w: Tensor): Tensor {
    return scope(() => {
      const norms = normsOf(w, this.axis);
      const wanted = norms
        .clip(this.minValue, this.maxValue)
        .mul(this.rate)
        .add(norms.mul(1 - this.rate));
      return w.mul(wanted.div(norms.add(epsilon)));
    });
  }

  getConfig(): Config {
    return { minValue: this.minValue, maxValue: this.maxValue, rate: this.rate, axis: this.axis };
  }

  static fromConfig(config: Config): MinMaxNorm {
    const { minValue, maxValue, rate, axis } = config as { [name: string]: number | undefined };
    return new MinMaxNorm(minValue, maxValue, { rate, axis });
  }
}
