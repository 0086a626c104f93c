/** Gradients of the ops that move elements: each is the move back. */
import type { MoveTable, Shape } from "@crease/backend";
import { run, type Tensor } from "@crease/tensor";
import type { GradRule, Lazy } from "../rule.ts";

/** `step - 1` zeros behind each element of each axis but the last one. */
function dilate(x: Tensor, steps: readonly number[]): Tensor {
  if (steps.every((step) => step === 1)) return x;
  const spaced = x.reshape(x.shape.flatMap((size, axis) => (steps[axis] === 1 ? [size] : [size, 1])));
  const zeros = steps.flatMap((step): (readonly [number, number])[] =>
    step === 1
      ? [[0, 0]]
      : [
          [0, 0],
          [0, step - 1],
        ],
  );
  const widened = spaced.pad(zeros).reshape(x.shape.map((size, axis) => size * (steps[axis] as number)));
  return widened.slice(...x.shape.map((size, axis) => [0, span(size, steps[axis] as number)] as const));
}

/** Elements from the first to the last of `size` elements that lie `step` apart. */
function span(size: number, step: number): number {
  return size === 0 ? 0 : (size - 1) * step + 1;
}

/** Puts a slice's elements back where they came from, into zeros of `shape`. */
function unslice(dy: Tensor, shape: Shape, start: readonly number[], step: readonly number[]): Tensor {
  const backwards = step.flatMap((by, axis) => (by < 0 ? [axis] : []));
  const forward = backwards.length === 0 ? dy : dy.flip(backwards);
  const steps = step.map(Math.abs);
  const pads = shape.map((size, axis) => {
    const count = dy.shape[axis] as number;
    const by = step[axis] as number;
    const first = count === 0 ? 0 : Math.min(start[axis] as number, (start[axis] as number) + (count - 1) * by);
    return [first, size - first - span(count, Math.abs(by))] as const;
  });
  return dilate(forward, steps).pad(pads);
}

/** One rule for each row of MoveTable. */
export const moveGradients: { readonly [K in keyof MoveTable]: GradRule<K> } = {
  reshape: ({ inputs: [x], dys: [dy] }): readonly [Lazy] => [() => dy.reshape(x.shape)],
  transpose: ({ dys: [dy], attrs: { perm } }): readonly [Lazy] => [
    () => dy.transpose(perm.map((_, axis) => perm.indexOf(axis))),
  ],
  broadcastTo: ({ dys: [dy] }): readonly [Lazy] => [() => dy],
  slice: ({ inputs: [x], dys: [dy], attrs: { start, step } }): readonly [Lazy] => [
    () => unslice(dy, x.shape, start, step),
  ],
  pad: ({ inputs: [x], dys: [dy], attrs: { pads } }): readonly [Lazy] => [
    () =>
      dy.slice(
        ...pads.map(([before], axis): readonly [number, number] => [before, before + (x.shape[axis] as number)]),
      ),
  ],
  concat: ({ inputs, dys: [dy], attrs: { axis } }): readonly Lazy[] => {
    const skipped = new Array<null>(axis).fill(null);
    let end = 0;
    return inputs.map((x): Lazy => {
      const start = end;
      end += x.shape[axis] as number;
      const range = [start, end] as const;
      return () => dy.slice(...skipped, range);
    });
  },
  reverse: ({ dys: [dy], attrs: { axes } }): readonly [Lazy] => [() => dy.flip(axes)],
  gather: ({ inputs: [x, indices], dys: [dy], attrs: { axis, batchDims } }): readonly [Lazy, Lazy] => [
    () => run("scatterAdd", [indices, dy], { axis, batchDims, size: x.shape[axis] as number })[0],
    null,
  ],
  scatterAdd: ({ inputs: [indices], dys: [dy], attrs: { axis, batchDims } }): readonly [Lazy, Lazy] => [
    null,
    () => run("gather", [dy, indices], { axis, batchDims })[0],
  ],
};
