/** The layer of scalar products of samples. */
import { type OptionNames, ShapeError, ValueError } from "@crease/backend";
import { einsum, scope, type Tensor } from "@crease/tensor";
import { axesIn } from "../axes.ts";
import type { Config } from "../config.ts";
import { Layer } from "../layer.ts";
import type { LayerOptions } from "../layerOptions.ts";
import { requireList } from "../requireList.ts";
import { formatPartialShape, type PartialShape, shapesOf } from "../shape.ts";
import { unitLength } from "../unitLength.ts";

/** What `Dot` takes besides its axes. */
export interface DotOptions extends LayerOptions {
  /** Whether to give vectors along the axes length 1 first: then the products are cosines. Default false. */
  readonly normalize?: boolean | undefined;
}

/** Names of axes in an equation: the batch, the axis summed over, those left of both inputs. */
const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/**
 * The products of two tensors, sample by sample, summed over one axis of each: `[batch, ...rest of the first, ...rest
 * of the second]`, for vectors `[batch, 1]`. Keras 3 `Dot`.
 *
 * @throws ValueError for anything but a list of two, and for axes that are not one or two integers; AxisError for an
 * axis out of range; ShapeError where the sizes along the axes or the batch sizes differ, or an axis is the batch.
 * @example
 * ```ts
 * import { Dot } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * new Dot(1).apply([tensor([[1, 2]]), tensor([[3, 4]])]).toString(); // => [[11.]]
 * ```
 */
export class Dot extends Layer<readonly Tensor[], Tensor> {
  static readonly className: string = "Dot";
  static readonly ownNames: OptionNames<Omit<DotOptions, keyof LayerOptions>> = { normalize: true };
  readonly axes: number | readonly [number, number];
  readonly normalize: boolean;

  constructor(axes: number | readonly [number, number], options: DotOptions = {}) {
    super(options);
    const { normalize = false } = options;
    const given = Array.isArray(axes) ? axes : [axes, axes];
    if (given.length !== 2 || given.some((axis) => !Number.isInteger(axis)))
      throw new ValueError({
        op: "Dot",
        problem: `axes is ${JSON.stringify(axes)}`,
        fix: "Use an integer, or one for each input",
      });
    this.axes = axes;
    this.normalize = normalize;
  }

  override call(xs: readonly Tensor[]): Tensor {
    const shape = this.computeOutputShape(shapesOf(xs)) as number[];
    const [a, b] = xs as readonly [Tensor, Tensor];
    const [inA, inB] = this.#axesIn(a.shape, b.shape);
    const rest = letters.slice(2);
    const first = `a${rest.slice(0, a.shape.length - 2)}`;
    const second = `a${rest.slice(a.shape.length - 2, a.shape.length + b.shape.length - 4)}`;
    const equation = `${inserted(first, inA)},${inserted(second, inB)}->${first}${second.slice(1)}`;
    return scope(() => {
      const [x, y] = this.normalize ? [unitLength(a, [inA]), unitLength(b, [inB])] : [a, b];
      return einsum(equation, x, y).reshape(shape);
    });
  }

  #axesIn(a: PartialShape, b: PartialShape): readonly [number, number] {
    const [first, second] = typeof this.axes === "number" ? [this.axes, this.axes] : this.axes;
    return [axesIn("Dot", first, a)[0] as number, axesIn("Dot", second, b)[0] as number];
  }

  override computeOutputShape(inputShapes: readonly PartialShape[]): PartialShape {
    const [a, b] = requireList("Dot", inputShapes, { least: 2, most: 2 }) as readonly [PartialShape, PartialShape];
    const [inA, inB] = this.#axesIn(a, b);
    for (const [axisA, axisB] of [
      [0, 0],
      [inA, inB],
    ] as const) {
      const [sizeA, sizeB] = [a[axisA] ?? null, b[axisB] ?? null];
      if (inA === 0 || inB === 0 || (sizeA !== null && sizeB !== null && sizeA !== sizeB))
        throw new ShapeError({
          op: "Dot",
          problem: `axis ${axisA} of the first and axis ${axisB} of the second input do not fit, got shapes ${formatPartialShape(a)} and ${formatPartialShape(b)}`,
          fix: "Name an axis after the batch in each, of one size; batch sizes must be equal",
        });
    }
    const left = [a[0] ?? b[0] ?? null, ...without(inA, a), ...without(inB, b)];
    return left.length === 1 ? [...left, 1] : left;
  }

  override getConfig(): Config {
    return { ...super.getConfig(), axes: this.axes, normalize: this.normalize };
  }

  static override fromConfig(config: Config): Dot {
    const { axes, ...options } = config as Config & DotOptions & { readonly axes: number | readonly [number, number] };
    return new Dot(axes, options);
  }
}

/** The labels with `b`, the axis that is summed over, in its place. */
function inserted(labels: string, axis: number): string {
  return `${labels.slice(0, axis)}b${labels.slice(axis)}`;
}

/** The sizes of a sample without those along an axis. */
function without(axis: number, shape: PartialShape): PartialShape {
  return shape.filter((_, i) => i !== 0 && i !== axis);
}
