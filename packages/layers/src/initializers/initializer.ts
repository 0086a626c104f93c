/** What makes a weight's first value. */
import type { Backend, DType, Shape } from "@crease/backend";
import type { Tensor } from "@crease/tensor";
import { type Config, type ConfigOptions, classNameOf } from "../config.ts";

/** Where and as what to create. */
export interface CreateOptions {
  /** Default float32. */
  readonly dtype?: DType | undefined;
  /** Default the context's. */
  readonly backend?: Backend | undefined;
}

/** What random initializers take: with a seed, each call gives the same numbers. */
export interface SeedOptions {
  readonly seed?: number | null | undefined;
}

/**
 * Makes the first value of a weight from its shape. Subclass it for your own.
 *
 * @example
 * ```ts
 * import { Dense, Initializer } from "@crease/layers";
 * import { full, type Tensor } from "@crease/tensor";
 * class Half extends Initializer {
 *   override initialize(shape: readonly number[]): Tensor {
 *     return full(shape, 0.5);
 *   }
 * }
 * const layer = new Dense(1, { kernelInitializer: new Half() });
 * await layer.apply([[1, 2]]).array(); // => [[1.5]]
 * ```
 */
export abstract class Initializer {
  /** The class's name in configs. */
  get className(): string {
    return classNameOf(this);
  }

  /** A new tensor of this shape. */
  abstract initialize(shape: Shape, options?: CreateOptions): Tensor;

  /** What the initializer was made with, as JSON values. */
  getConfig(): Config {
    return {};
  }

  /** An initializer made from what `getConfig` gave. */
  static fromConfig(this: new (options: never) => unknown, config: Config, _options?: ConfigOptions): unknown {
    return new this(config as never);
  }
}

/** Options without those that are not given, as creation functions take them. */
export function given(options: CreateOptions & SeedOptions): { dtype?: DType; backend?: Backend; seed?: number } {
  const { dtype, backend, seed } = options;
  return { ...(dtype && { dtype }), ...(backend && { backend }), ...(typeof seed === "number" && { seed }) };
}
