/** Sums of products over named axes. */
import { sizeOf } from "@crease/backend";
import { asTensors } from "./asTensor.ts";
import { type Labels, parseEquation } from "./equation.ts";
import type { TensorLike } from "./operands.ts";
import { fitted } from "./promote.ts";
import { scope } from "./scope.ts";
import type { Tensor } from "./tensor.ts";

/** A tensor whose axes have different labels. */
interface Labelled {
  readonly x: Tensor;
  readonly labels: Labels;
}

/**
 * Einstein's sum: a letter for each axis, products over all operands, sums over the letters that the output lacks. A
 * letter twice in one term takes the diagonal, "..." stands for all further axes, which broadcast; without "->" the
 * output has the letters that stand once, in alphabetical order. Operands are contracted from left to right.
 *
 * @throws ShapeError for a letter of two sizes; ValueError for an equation that is none.
 * @example
 * ```ts
 * import { einsum, tensor } from "@crease/tensor";
 * const a = tensor([[1, 2], [3, 4]]);
 * einsum("ij,jk->ik", a, a); // => [[ 7. 10.] [15. 22.]]
 * einsum("ii", a).toString(); // => 5.
 * einsum("...ij->...ji", a); // => [[1. 3.] [2. 4.]]
 * ```
 */
export function einsum(equation: string, ...xs: TensorLike[]): Tensor {
  return scope(() => {
    const operands = asTensors("einsum", xs).map(widened);
    const { inputs, output, sizes } = parseEquation(equation, operands);
    const terms = operands.map((x, i) => withoutRepeats(x, inputs[i] as Labels, sizes));
    let product = terms[0] as Labelled;
    terms.slice(1).forEach((term, i) => {
      const later = new Set([...output, ...terms.slice(i + 2).flatMap(({ labels }) => labels)]);
      product = contract(product, term, (label) => later.has(label));
    });
    const { x, labels } = summed(product, (label) => output.includes(label));
    return x.transpose(output.map((label) => labels.indexOf(label)));
  });
}

/** bool, int8 and uint8 as int32, as matmul has them: whether an equation sums or not, the result has one dtype. */
function widened(x: Tensor): Tensor {
  return x.cast(fitted("einsum", "wide", x.dtype, x.dtype, [x]));
}

/** The diagonal over labels that stand twice, and no axes that "..." broadcasts from size 1. */
function withoutRepeats(x: Tensor, labels: Labels, sizes: ReadonlyMap<string, number>): Labelled {
  let names = labels.filter((label, axis) => x.shape[axis] === sizes.get(label));
  let y = x.reshape(x.shape.filter((size, axis) => size === sizes.get(labels[axis] as string)));
  for (;;) {
    const second = names.findIndex((label, axis) => names.indexOf(label) < axis);
    if (second < 0) return { x: y, labels: names };
    const label = names[second] as string;
    const first = names.indexOf(label);
    y = y.moveAxis([first, second], [0, 1]).diagonal();
    names = [...names.filter((_, axis) => axis !== first && axis !== second), label];
  }
}

function summed({ x, labels }: Labelled, isKept: (label: string) => boolean): Labelled {
  const axes = labels.flatMap((label, axis) => (isKept(label) ? [] : [axis]));
  return axes.length === 0 ? { x, labels } : { x: x.sum(axes), labels: labels.filter(isKept) };
}

/** The product of two terms, summed over the labels that are not kept: a batch of matrix products. */
function contract(a: Labelled, b: Labelled, isKept: (label: string) => boolean): Labelled {
  const left = summed(a, (label) => isKept(label) || b.labels.includes(label));
  const right = summed(b, (label) => isKept(label) || a.labels.includes(label));
  const shared = left.labels.filter((label) => right.labels.includes(label));
  const batch = shared.filter(isKept);
  const inner = shared.filter((label) => !isKept(label));
  const rows = left.labels.filter((label) => !shared.includes(label));
  const columns = right.labels.filter((label) => !shared.includes(label));
  const sizesIn = (term: Labelled, labels: Labels) =>
    labels.map((label) => term.x.shape[term.labels.indexOf(label)] as number);
  const arranged = (term: Labelled, ...groups: Labels[]) =>
    term.x
      .transpose(groups.flat().map((label) => term.labels.indexOf(label)))
      .reshape(groups.map((group) => sizeOf(sizesIn(term, group))));
  const product =
    inner.length === 0
      ? arranged(left, batch, rows, []).mul(arranged(right, batch, [], columns))
      : arranged(left, batch, rows, inner).matmul(arranged(right, batch, inner, columns));
  const shape = [...sizesIn(left, batch), ...sizesIn(left, rows), ...sizesIn(right, columns)];
  return { x: product.reshape(shape), labels: [...batch, ...rows, ...columns] };
}
