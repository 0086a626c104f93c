/** The two options that hold rows back for validation, which belong together. */
import { requireNumber, requireOneOf, ValueError } from "@crease/backend";

/** Which part of the rows to give, and how they are chosen. */
export interface SubsetOptions {
  readonly validationSplit: number;
  readonly subset: "training" | "validation" | "both" | undefined;
  readonly seed: number | undefined;
  /** Whether the rows held back depend on the seed. */
  readonly isRandom: boolean;
}

/** Refuses parts that are not told apart. @throws ValueError. */
export function requireSubset(op: string, { validationSplit, subset, seed, isRandom }: SubsetOptions): void {
  requireNumber(op, "validationSplit", validationSplit, { min: 0, below: 1 });
  if (subset !== undefined) requireOneOf(op, "subset", subset, ["training", "validation", "both"]);
  if ((subset !== undefined) !== (validationSplit !== 0))
    throw new ValueError({ op, problem: "subset and validationSplit belong together", fix: "Give both, or none" });
  if (isRandom && subset !== undefined && subset !== "both" && seed === undefined)
    throw new ValueError({
      op,
      problem: `subset "${subset}" without a seed is another one each time`,
      fix: 'Give both calls one `seed`, or use `subset: "both"`',
    });
}
