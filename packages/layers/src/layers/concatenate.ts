/** The layer that joins its inputs along an axis. */
import { type OptionNames, requireInteger, ShapeError } from "@crease/backend";
import { concat, ones, type Tensor } from "@crease/tensor";
import { axesIn } from "../axes.ts";
import type { Config } from "../config.ts";
import { Layer } from "../layer.ts";
import type { LayerOptions } from "../layerOptions.ts";
import { requireList } from "../requireList.ts";
import { formatPartialShape, type PartialShape, shapesOf } from "../shape.ts";

/** What `Concatenate` takes. */
export interface ConcatenateOptions extends LayerOptions {
  /** Default the last. */
  readonly axis?: number | undefined;
}

/**
 * A list of tensors one after the other along `axis`. Keras 3 `Concatenate`.
 *
 * @throws ValueError for anything but a list; AxisError for an axis out of range; ShapeError where other sizes differ.
 * @example
 * ```ts
 * import { Concatenate } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * new Concatenate().apply([tensor([[1, 2]]), tensor([[3]])]).toString(); // => [[1. 2. 3.]]
 * ```
 */
export class Concatenate extends Layer<readonly Tensor[], Tensor> {
  static readonly className: string = "Concatenate";
  static readonly ownNames: OptionNames<Omit<ConcatenateOptions, keyof LayerOptions>> = { axis: true };
  override readonly supportsMasking: boolean = true;
  readonly axis: number;

  constructor(options: ConcatenateOptions = {}) {
    super(options);
    const { axis = -1 } = options;
    requireInteger("Concatenate", "axis", axis);
    this.axis = axis;
  }

  override call(xs: readonly Tensor[]): Tensor {
    this.computeOutputShape(shapesOf(xs));
    return concat(xs, this.axis);
  }

  /** The masks one after the other; all of an input without one counts. */
  override computeMask(xs: readonly Tensor[], masks: readonly (Tensor | null)[] | null): Tensor | null {
    if (masks === null || masks.every((mask) => mask === null)) return null;
    const full = xs.map((x, i) => {
      const mask = masks[i];
      if (mask) return mask.ndim < x.ndim ? mask.expandDims(-1).broadcastTo(x.shape) : mask;
      return ones(x.shape, { dtype: "bool", backend: x.backend });
    });
    return concat(full, this.axis).any(-1);
  }

  override computeOutputShape(inputShapes: readonly PartialShape[]): PartialShape {
    const shapes = requireList("Concatenate", inputShapes);
    return shapes.reduce((a, b) => {
      const [along] = axesIn("Concatenate", this.axis, a);
      const fits = a.length === b.length && a.every((size, axis) => axis === along || same(size, b[axis] ?? null));
      if (!fits)
        throw new ShapeError({
          op: "Concatenate",
          problem: `sizes differ along other axes than ${this.axis}, got shapes ${shapes.map((shape) => formatPartialShape(shape)).join(" and ")}`,
          fix: "Inputs may differ along `axis` only",
        });
      return a.map((size, axis) => {
        const other = b[axis] ?? null;
        if (axis !== along) return size ?? other;
        return size === null || other === null ? null : size + other;
      });
    });
  }

  override getConfig(): Config {
    return { ...super.getConfig(), axis: this.axis };
  }
}

/** Whether two sizes may be the same: unknown ones may. */
function same(a: number | null, b: number | null): boolean {
  return a === null || b === null || a === b;
}
