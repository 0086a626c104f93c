/** How far results are from the reference numbers, noted in the file that CREASE_DIFFERENCES names, a line for each comparison. */
import { appendFileSync } from "node:fs";
import { expect } from "vitest";
import { largestDifference } from "./largestDifference.ts";

/** One comparison of a test. */
export interface Difference {
  /** The test file, with forward slashes. */
  readonly file: string;
  /** The test's name, with those of the suites around it. */
  readonly test: string;
  /** The largest difference; null, which is JSON for infinity, where one number is finite and the other is not. */
  readonly difference: number | null;
}

const target = process.env.CREASE_DIFFERENCES;

/** Notes a comparison of the test under way; without the variable, nothing. */
export function noteDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  if (!target) return;
  const { testPath = "", currentTestName = "" } = expect.getState();
  const line: Difference = {
    file: testPath.replaceAll("\\", "/"),
    test: currentTestName,
    difference: largestDifference(actual, expected),
  };
  appendFileSync(target, `${JSON.stringify(line)}\n`);
}
