/** The initializer that gives orthogonal rows or columns. */

import { requireNumber, requireOptions, type Shape, ShapeError, sizeOf } from "@crease/backend";
import { concat, randomNormal, scope, type Tensor } from "@crease/tensor";
import type { Config } from "../config.ts";
import { requireSeed } from "../seeds.ts";
import { type CreateOptions, given, Initializer, type SeedOptions } from "./initializer.ts";

/** What `Orthogonal` takes. */
export interface OrthogonalOptions extends SeedOptions {
  /** Length of the rows or columns, default 1. */
  readonly gain?: number | undefined;
}

/**
 * A random matrix `q` with `q'q = gain^2 I` (or `qq'`, if it has more columns than rows), spread evenly over all such;
 * further axes are folded into the rows. Keras 3 `Orthogonal`.
 *
 * @throws ShapeError for ranks below 2.
 * @example
 * ```ts
 * import { Orthogonal } from "@crease/layers";
 * const q = new Orthogonal({ seed: 1 }).initialize([5, 3]);
 * const offBy = q.matmul(q, { transposeA: true }).sub([[1, 0, 0], [0, 1, 0], [0, 0, 1]]);
 * await offBy.abs().max().less(1e-5).item(); // => true
 * ```
 */
export class Orthogonal extends Initializer {
  static readonly className: string = "Orthogonal";
  readonly gain: number;
  readonly seed: number | null;

  constructor(options: OrthogonalOptions = {}) {
    super();
    requireOptions<OrthogonalOptions>("Orthogonal", options, { seed: true, gain: true });
    const { gain = 1, seed = null } = options;
    requireNumber("Orthogonal", "gain", gain);
    requireSeed("Orthogonal", seed);
    this.gain = gain;
    this.seed = seed;
  }

  override initialize(shape: Shape, options: CreateOptions = {}): Tensor {
    const { dtype = "float32" } = options;
    if (shape.length < 2)
      throw new ShapeError({
        op: "Orthogonal",
        problem: `a weight of rank ${shape.length} has no rows and columns`,
        got: [{ shape, dtype }],
        fix: "Use it for two or more axes",
      });
    const columns = shape[shape.length - 1] as number;
    const rows = sizeOf(shape.slice(0, -1));
    return scope(() => {
      const size = [Math.min(rows, columns), Math.max(rows, columns)];
      const q = orthonormalRows(randomNormal(size, given({ ...options, seed: this.seed })));
      return (rows < columns ? q : q.transpose()).reshape(shape).mul(this.gain);
    });
  }

  override getConfig(): Config {
    return { gain: this.gain, seed: this.seed };
  }
}

/**
 * Gram-Schmidt, row by row. Each row is projected twice, which leaves no more error than rounding ("twice is enough",
 * Giraud et al. 2005). Rows keep their direction, so normal numbers give evenly spread results without a sign fix.
 */
function orthonormalRows(a: Tensor): Tensor {
  let q = unit(a.slice([0, 1]));
  for (let row = 1; row < (a.shape[0] as number); row++) {
    const before = q;
    q = scope(() => {
      const once = withoutRows(a.slice([row, row + 1]), before);
      return concat([before, unit(withoutRows(once, before))], 0);
    });
    before.dispose();
  }
  return q;
}

function unit(v: Tensor): Tensor {
  return v.div(v.square().sum().sqrt());
}

/** `v` less its projection on the rows of `q`. */
function withoutRows(v: Tensor, q: Tensor): Tensor {
  return v.sub(v.matmul(q, { transposeB: true }).matmul(q));
}
