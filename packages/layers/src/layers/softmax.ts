/** The layer of the activation softmax. */
import { type OptionNames, ShapeError } from "@crease/backend";
import { scope, type Tensor, where } from "@crease/tensor";
import { axesIn, requireAxes } from "../axes.ts";
import type { Config } from "../config.ts";
import type { CallOptions, LayerOptions } from "../layerOptions.ts";
import type { PartialShape } from "../shape.ts";
import { UnaryLayer } from "../unaryLayer.ts";

/** What `Softmax` takes. */
export interface SoftmaxOptions extends LayerOptions {
  /** One axis or several to sum over together, default the last. */
  readonly axis?: number | readonly number[] | undefined;
}

/**
 * `e^x / sum(e^x)` along `axis`; with a `mask` only over what it keeps, and 0 elsewhere. The mask that the input carries says
 * which steps count along their axis. Keras 3 `Softmax`.
 *
 * @throws AxisError for an axis out of range; ShapeError for a mask that does not broadcast to the input.
 * @example
 * ```ts
 * import { Softmax } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * const layer = new Softmax();
 * layer.apply([[1, 1]]).toString(); // => [[0.5 0.5]]
 * layer.apply([[1, 1, 9]], { mask: tensor([true, true, false]) }).toString(); // => [[0.5 0.5 0. ]]
 * ```
 */
export class Softmax extends UnaryLayer {
  static readonly className: string = "Softmax";
  static readonly ownNames: OptionNames<Omit<SoftmaxOptions, keyof LayerOptions>> = { axis: true };
  override readonly supportsMasking: boolean = true;
  readonly axis: number | readonly number[];

  constructor(options: SoftmaxOptions = {}) {
    super(options);
    const { axis = -1 } = options;
    requireAxes("Softmax", axis);
    this.axis = axis;
  }

  override call(x: Tensor, { mask: given }: CallOptions): Tensor {
    const axes = axesIn("Softmax", this.axis, x.shape);
    // The mask that comes with the input leaves out steps, whose features are in or out together.
    const isOfSteps = given !== undefined && given === x.mask;
    if (given === undefined || (isOfSteps && axes.every((axis) => axis >= given.ndim))) return along(axes, x);
    return scope(() => masked(axes, x, isOfSteps ? withTrailing(x.ndim, given) : given));
  }

  override computeOutputShape(inputShape: PartialShape): PartialShape {
    axesIn("Softmax", this.axis, inputShape);
    return inputShape;
  }

  override getConfig(): Config {
    return { ...super.getConfig(), axis: this.axis };
  }
}

function along(axes: readonly number[], x: Tensor): Tensor {
  const [axis] = axes;
  if (axis !== undefined && axes.length === 1) return x.softmax(axis);
  return scope(() => x.sub(x.logSumExp(axes, { keepDims: true })).exp());
}

/** The softmax of what the mask keeps, 0 elsewhere. */
function masked(axes: readonly number[], x: Tensor, mask: Tensor): Tensor {
  const offset = x.ndim - mask.ndim;
  if (offset < 0 || mask.shape.some((size, axis) => size !== 1 && size !== x.shape[axis + offset]))
    throw new ShapeError({
      op: "Softmax",
      problem: "the mask does not broadcast to the input",
      got: [x, mask],
      fix: "Use the input's sizes or 1",
    });
  const kept = mask.dtype === "bool" ? mask : mask.greater(0.5);
  // Far below all else, and in float16's range where that is needed.
  const hidden = x.dtype === "float16" ? -3e4 : -1e9;
  return where(kept, along(axes, where(kept, x, hidden)), 0);
}

/** The mask with axes of size 1 at its end. */
function withTrailing(rank: number, mask: Tensor): Tensor {
  return mask.reshape([...mask.shape, ...new Array<number>(Math.max(0, rank - mask.ndim)).fill(1)]);
}
