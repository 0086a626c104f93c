/** The base of layers that merge a list of inputs element by element. */
import { ShapeError } from "@crease/backend";
import { scope, type Tensor } from "@crease/tensor";
import { Layer } from "../layer.ts";
import { requireList } from "../requireList.ts";
import { formatPartialShape, type PartialShape, shapesOf } from "../shape.ts";

/**
 * A layer that takes a list of tensors whose samples broadcast; inputs of lower rank get axes of size 1 after the
 * batch. Keras 3 `Merge`.
 */
export abstract class Merge extends Layer<readonly Tensor[], Tensor> {
  override readonly supportsMasking: boolean = true;
  /**
   * The elements of all inputs, of one rank, as one tensor. `kept` says which of their elements their masks keep,
   * undefined where an input has none.
   */
  protected abstract merge(xs: readonly Tensor[], kept: readonly (Tensor | undefined)[]): Tensor;

  override call(xs: readonly Tensor[]): Tensor {
    const rank = this.computeOutputShape(shapesOf(xs)).length;
    return scope(() => {
      const ranked = xs.map((x) => x.reshape(withRank(rank, x.shape)));
      const kept = xs.map((x) => x.mask?.reshape(withRank(rank, [...x.mask.shape, 1])));
      return this.merge(ranked, kept);
    });
  }

  /** What any of the masks keeps, where all inputs have one. */
  override computeMask(_xs: readonly Tensor[], masks: readonly (Tensor | null)[] | null): Tensor | null {
    if (masks === null || masks.some((mask) => mask === null)) return null;
    return (masks as readonly Tensor[]).reduce((any, mask) => any.logicalOr(mask));
  }

  override computeOutputShape(inputShapes: readonly PartialShape[]): PartialShape {
    const shapes = requireList(this.className, inputShapes);
    const rank = Math.max(...shapes.map((shape) => shape.length));
    return shapes
      .map((shape) => withRank<number | null>(rank, shape))
      .reduce((a, b) => a.map((size, axis) => this.#common(size, b[axis] ?? null, axis, shapes)));
  }

  #common(a: number | null, b: number | null, axis: number, shapes: readonly PartialShape[]): number | null {
    if (a === b) return a;
    // Of two sizes of which one is unknown, a known one other than 1 must be that of both.
    if (a === null || b === null) return a === 1 || b === 1 ? null : (a ?? b);
    if (axis > 0 && a === 1) return b;
    if (axis > 0 && b === 1) return a;
    throw new ShapeError({
      op: this.className,
      problem: `${axis === 0 ? "batch sizes differ" : "samples do not broadcast"} (${a} vs ${b}), got shapes ${shapes.map((shape) => formatPartialShape(shape)).join(" and ")}`,
      fix: axis === 0 ? "Pass as many samples in each input" : "Sizes must be equal or 1",
    });
  }
}

/** A shape with axes of size 1 after the first, up to a rank. */
function withRank<S extends number | null>(rank: number, shape: readonly S[]): (S | 1)[] {
  return [...shape.slice(0, 1), ...new Array<1>(rank - shape.length).fill(1), ...shape.slice(1)];
}
