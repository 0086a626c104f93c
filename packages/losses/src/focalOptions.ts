/** What focal cross-entropies take. */
import { ValueError } from "@crease/backend";

/** How much easy samples are played down. */
export interface FocalOptions {
  /** The weight of a class, 0.25 unless given. */
  readonly alpha?: number;
  /** The exponent that plays down samples predicted well, 2 unless given; 0 plays down none. */
  readonly gamma?: number;
}

/** The options with their defaults. @throws ValueError for an `alpha` outside [0, 1] or a negative `gamma`. */
export function focalOptions(op: string, options: FocalOptions): { readonly alpha: number; readonly gamma: number } {
  const { alpha = 0.25, gamma = 2 } = options;
  if (!(alpha >= 0 && alpha <= 1))
    throw new ValueError({ op, problem: `alpha ${alpha} is outside [0, 1]`, fix: "Give a fraction such as 0.25" });
  if (!(gamma >= 0))
    throw new ValueError({ op, problem: `gamma ${gamma} is below 0`, fix: "Give 0 or more, such as 2" });
  return { alpha, gamma };
}
