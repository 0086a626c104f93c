/** The shapes of an einsum over an input and a kernel, from its equation. */
import { ShapeError, ValueError } from "@crease/backend";
import { formatPartialShape, type PartialShape } from "./shape.ts";

/** What `EinsumDense` needs to know of its equation, for an input. */
export interface EinsumShapes {
  readonly kernel: readonly number[];
  /** Null without a bias. */
  readonly bias: readonly number[] | null;
  readonly output: PartialShape;
  /** Inputs and outputs of one unit. */
  readonly fans: readonly [fanIn: number, fanOut: number];
}

/** An equation's terms: letters of the input, the kernel and the output, and where the input's "..." stands. */
export interface EinsumTerms {
  readonly input: string;
  readonly kernel: string;
  readonly output: string;
  readonly dots: "left" | "right" | null;
}

/** The terms of "ab,bc->ac", "...ab,bc->...ac" or "ab...,bc->ac...". @throws ValueError for any other equation. */
export function einsumTerms(equation: string): EinsumTerms {
  const [, left, input, right, kernel, leftToo, output, rightToo] =
    /^(\.{3})?([a-zA-Z]+)(\.{3})?,([a-zA-Z]+)->(\.{3})?([a-zA-Z]+)(\.{3})?$/.exec(equation.replaceAll(" ", "")) ?? [];
  const matches = left === leftToo && right === rightToo && !(left && right);
  if (input === undefined || kernel === undefined || output === undefined || !matches)
    throw new ValueError({
      op: "EinsumDense",
      problem: `"${equation}" is no equation of an input and a kernel`,
      fix: 'Use the form "ab,bc->ac", "...ab,bc->...ac" or "ab...,bc->ac..."',
    });
  const stray = [...output].find((letter) => !input.includes(letter) && !kernel.includes(letter));
  const lost = [...kernel].find((letter) => !input.includes(letter) && !output.includes(letter));
  if (stray !== undefined || lost !== undefined)
    throw new ValueError({
      op: "EinsumDense",
      problem: `"${stray ?? lost}" in "${equation}" has no size`,
      fix: "Letters of the output must stand in the input or the kernel, those of the kernel in the input or the output",
    });
  return { input, kernel, output, dots: left ? "left" : right ? "right" : null };
}

/**
 * The shapes for an input, and for an output of which the sizes after the batch are given, without those of "...".
 * Keras 3 `EinsumDense`.
 *
 * @throws ShapeError where the input's rank or a shared size does not fit, or a size of the kernel is unknown.
 */
export function einsumShapes(
  equation: string,
  { input, kernel, output, dots }: EinsumTerms,
  outputShape: PartialShape,
  biasAxes: string | null,
  inputShape: PartialShape,
): EinsumShapes {
  const got = `in "${equation}", got an input of shape ${formatPartialShape(inputShape)} and outputShape ${formatPartialShape(outputShape)}`;
  const wrong = (problem: string, fix: string): ShapeError =>
    new ShapeError({ op: "EinsumDense", problem: `${problem} ${got}`, fix });
  const elided = inputShape.length - input.length;
  if (elided < 0 || (elided > 0 && dots === null))
    throw wrong(`the input's rank is not that of "${input}"`, "Give each axis a letter");
  const before = dots === "left" ? elided : 0;
  const after = dots === "right" ? elided : 0;
  // The batch is the first axis: one of "...", or the first letter.
  const batch = inputShape[0] ?? null;
  const full = [batch, ...inputShape.slice(1, before), ...outputShape, ...inputShape.slice(inputShape.length - after)];
  if (full.length !== before + output.length + after)
    throw wrong(
      `outputShape has not a size for each letter after the batch`,
      "Leave out the batch and the axes of dots",
    );
  const sizeOfInput = (letter: string): number | null => inputShape[before + input.indexOf(letter)] ?? null;
  const sizes = new Map<string, number | null>();
  for (const letter of input) sizes.set(letter, sizeOfInput(letter));
  [...output].forEach((letter, i) => {
    const [size, known] = [full[before + i] ?? null, sizes.get(letter) ?? null];
    if (size !== null && known !== null && size !== known)
      throw wrong(`"${letter}" is ${known} in the input and ${size} in the output`, "Shared axes must be of one size");
    sizes.set(letter, size ?? known);
  });
  const sizeOf = (letter: string): number => {
    const size = sizes.get(letter) ?? null;
    if (size === null)
      throw wrong(`the size of "${letter}" is unknown`, "Give it in outputShape or `Input({ shape })`");
    return size;
  };
  const product = (letters: readonly string[]): number => letters.reduce((all, letter) => all * sizeOf(letter), 1);
  return {
    kernel: [...kernel].map(sizeOf),
    bias: biasAxes === null ? null : biasShape(output, biasAxes, sizeOf, after),
    output: full.map((size, axis) => {
      const letter = output[axis - before];
      return size ?? (letter === undefined ? null : (sizes.get(letter) ?? null));
    }),
    fans: [
      product([...kernel].filter((letter) => !output.includes(letter))),
      product([...kernel].filter((letter) => output.includes(letter))),
    ],
  };
}

/** From the first of the bias's axes on, with size 1 for axes that it does not have. */
function biasShape(output: string, biasAxes: string, sizeOf: (letter: string) => number, after: number): number[] {
  const first = Math.min(...[...biasAxes].map((letter) => output.indexOf(letter)));
  const own = [...output.slice(first)].map((letter) => (biasAxes.includes(letter) ? sizeOf(letter) : 1));
  return [...own, ...new Array<number>(after).fill(1)];
}
