/** The initializer that gives an identity matrix. */
import { requireNumber, requireOptions, type Shape, ShapeError } from "@crease/backend";
import { eye, scope, type Tensor } from "@crease/tensor";
import type { Config } from "../config.ts";
import { type CreateOptions, given, Initializer } from "./initializer.ts";

/** What `IdentityInitializer` takes. */
export interface IdentityInitializerOptions {
  /** What stands on the diagonal, default 1. */
  readonly gain?: number | undefined;
}

/**
 * `gain` on the diagonal of a matrix, 0 elsewhere. Keras 3 `Identity`, whose second name keeps it apart from the layer.
 *
 * @throws ShapeError for any other rank than 2.
 * @example
 * ```ts
 * import { IdentityInitializer } from "@crease/layers";
 * new IdentityInitializer({ gain: 2 }).initialize([2, 3]).toString(); // => [[2. 0. 0.] [0. 2. 0.]]
 * ```
 */
export class IdentityInitializer extends Initializer {
  static readonly className: string = "IdentityInitializer";
  readonly gain: number;

  constructor(options: IdentityInitializerOptions = {}) {
    super();
    requireOptions<IdentityInitializerOptions>("IdentityInitializer", options, { gain: true });
    const { gain = 1 } = options;
    requireNumber("IdentityInitializer", "gain", gain);
    this.gain = gain;
  }

  override initialize(shape: Shape, options: CreateOptions = {}): Tensor {
    const [rows, columns] = shape;
    if (shape.length !== 2 || rows === undefined || columns === undefined)
      throw new ShapeError({
        op: "IdentityInitializer",
        problem: `a weight of rank ${shape.length} has no diagonal`,
        got: [{ shape, dtype: options.dtype ?? "float32" }],
        fix: "Use it for matrices",
      });
    return scope(() => eye(rows, columns, given(options)).mul(this.gain));
  }

  override getConfig(): Config {
    return { gain: this.gain };
  }
}
