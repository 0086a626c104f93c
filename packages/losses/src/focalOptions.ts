/** What focal cross-entropies take. */
import { requireNumber } from "@crease/backend";

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
  requireNumber(op, "alpha", alpha, { min: 0, max: 1 });
  requireNumber(op, "gamma", gamma, { min: 0 });
  return { alpha, gamma };
}
