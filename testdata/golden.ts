/** Reading the reference numbers of `testdata/golden` (or of the folder that CREASE_GOLDEN names), and comparing with them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { noteDifference } from "./differences.ts";
import type { Tolerance } from "./tolerances.ts";

/** A number as the files spell it. */
export type GoldenNumber = number | "NaN" | "Infinity" | "-Infinity";

/** A tensor as the files spell it, row-major; bool data are 0 and 1. */
export interface GoldenTensor {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly data: readonly GoldenNumber[];
}

/** The folder of the reference numbers. */
export const goldenFolder: string = process.env.CREASE_GOLDEN || join(import.meta.dirname, "golden");

/** The parsed content of one file, for example `readGolden<OpsFile>("ops.json")`. */
export function readGolden<T>(file: string): T {
  return JSON.parse(readFileSync(join(goldenFolder, file), "utf8")) as T;
}

/** The numbers of a golden tensor, or of a plain list. */
export function decode(values: GoldenTensor | readonly GoldenNumber[]): number[] {
  return ("data" in values ? values.data : values).map(Number);
}

/** True for `{ shape, dtype, data }`. */
export function isGoldenTensor(value: unknown): value is GoldenTensor {
  return typeof value === "object" && value !== null && "data" in value && "shape" in value && "dtype" in value;
}

/**
 * Fails unless all numbers agree: `|a - b| <= absolute + relative * |b|`, NaN with NaN, an infinity with itself.
 * The message names the worst element.
 */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: Tolerance,
  what = "",
): void {
  noteDifference(actual, expected);
  const mismatch = findMismatch(actual, expected, tolerance);
  if (mismatch !== null) expect.fail(`${what}${what === "" ? "" : ": "}${mismatch}`);
}

/** As `expectClose` for a tensor: its shape must be equal too. */
export async function expectCloseTensor(
  actual: { readonly shape: readonly number[]; data(): Promise<ArrayLike<number> | string[]> },
  expected: GoldenTensor,
  tolerance: Tolerance,
  what = "",
): Promise<void> {
  expect(actual.shape, `${what} shape`).toEqual(expected.shape);
  expectClose((await actual.data()) as ArrayLike<number>, decode(expected), tolerance, what);
}

/** What differs most, or null where all agree. */
export function findMismatch(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: Tolerance,
): string | null {
  if (actual.length !== expected.length) return `${actual.length} numbers where ${expected.length} are expected`;
  let count = 0;
  let worst = -1;
  let worstExcess = -1;
  for (let i = 0; i < expected.length; i++) {
    const a = actual[i] as number;
    const b = expected[i] as number;
    if (Object.is(a, b) || a === b) continue;
    const excess = Math.abs(a - b) - (tolerance.absolute + tolerance.relative * Math.abs(b));
    if (Number.isFinite(a) && Number.isFinite(b) && excess <= 0) continue;
    count++;
    const weight = Number.isFinite(excess) ? excess : Number.POSITIVE_INFINITY;
    if (weight > worstExcess) {
      worst = i;
      worstExcess = weight;
    }
  }
  if (count === 0) return null;
  const a = actual[worst] as number;
  const b = expected[worst] as number;
  const error = Math.abs(a - b);
  const allowed = `allowed ${tolerance.absolute} + ${tolerance.relative} * |expected|`;
  return `${count} of ${expected.length} numbers differ, most at index ${worst}: ${a}, expected ${b} (absolute ${error}, relative ${error / Math.abs(b)}; ${allowed})`;
}
