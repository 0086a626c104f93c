/** Einsum's equations: parsing, and the sizes that their letters stand for. */
import { ShapeError, type Spec, ValueError } from "@crease/backend";

/** One label per axis; letters for named axes, `...0`, `...1` (counted from the last) for those of an ellipsis. */
export type Labels = readonly string[];

/** What an equation asks for with given operands. */
export interface Equation {
  readonly inputs: readonly Labels[];
  readonly output: Labels;
  /** Size of each label; ellipsis axes broadcast. */
  readonly sizes: ReadonlyMap<string, number>;
}

/**
 * The labels of all operands and of the result; without `->` those that stand once, in alphabetical order, after the ellipsis.
 *
 * @throws ValueError for an equation that is none or does not fit the operands' ranks; ShapeError for a letter of two sizes.
 */
export function parseEquation(equation: string, operands: readonly Spec[]): Equation {
  const fail = (problem: string, fix: string): ValueError =>
    new ValueError({ op: "einsum", problem: `${problem} in "${equation}"`, got: operands, fix });
  const [left, right, ...more] = equation.replaceAll(" ", "").split("->") as [string, string?, ...string[]];
  const terms = left.split(",");
  if (more.length > 0) throw fail('"->" stands more than once', 'Write "inputs->output"');
  if (terms.length !== operands.length)
    throw fail(`${terms.length} terms for ${operands.length} operands`, "Separate one term for each operand by commas");
  for (const term of right === undefined ? terms : [...terms, right])
    if (!/^[a-zA-Z]*(\.\.\.)?[a-zA-Z]*$/.test(term))
      throw fail(`"${term}" is no term`, 'Use letters and at most one "..."');

  const inputs = terms.map((term, i) => labelsOf(term, operands[i] as Spec, fail));
  const sizes = sizesOf(inputs, operands, equation);
  const hidden = [...sizes.keys()].filter((label) => label.startsWith("...")).length;
  const ellipsis = hiddenLabels(hidden);
  if (right === undefined) {
    const all = inputs.flat();
    const single = [...sizes.keys()].filter(
      (label) => !label.startsWith(".") && all.indexOf(label) === all.lastIndexOf(label),
    );
    return { inputs, output: [...ellipsis, ...single.sort()], sizes };
  }
  const [head, tail] = right.includes("...") ? (right.split("...") as [string, string]) : [right, ""];
  const output = [...head, ...(right.includes("...") ? ellipsis : []), ...tail];
  output.forEach((label, i) => {
    if (!sizes.has(label)) throw fail(`output index ${label} is in no input`, "Use indices of the inputs");
    if (output.indexOf(label) !== i) throw fail(`output index ${label} stands twice`, "Name each output index once");
  });
  return { inputs, output, sizes };
}

function labelsOf(term: string, x: Spec, fail: (problem: string, fix: string) => ValueError): Labels {
  const [head, tail] = term.split("...") as [string, string?];
  const named = head.length + (tail?.length ?? 0);
  const rank = x.shape.length;
  if (named > rank || (tail === undefined && named < rank))
    throw fail(
      `"${term}" names ${named} axes of an operand of rank ${rank}`,
      'Give one letter for each axis, "..." for the others',
    );
  return [...head, ...hiddenLabels(rank - named), ...(tail ?? "")];
}

/** Labels of an ellipsis, counted from the last so that operands of different rank align there. */
function hiddenLabels(count: number): Labels {
  return Array.from({ length: count }, (_, i) => `...${count - 1 - i}`);
}

function sizesOf(inputs: readonly Labels[], operands: readonly Spec[], equation: string): Map<string, number> {
  const sizes = new Map<string, number>();
  inputs.forEach((labels, i) => {
    labels.forEach((label, axis) => {
      const size = operands[i]?.shape[axis] as number;
      const known = sizes.get(label);
      const broadcasts = label.startsWith(".") && (size === 1 || known === 1);
      if (known !== undefined && known !== size && !broadcasts)
        throw new ShapeError({
          op: "einsum",
          problem: `index ${label.startsWith(".") ? "..." : label} has sizes ${known} and ${size} in "${equation}"`,
          got: operands,
          fix: "One index stands for axes of one size",
        });
      if (known === undefined || known === 1) sizes.set(label, size);
    });
  });
  return sizes;
}
