/** The error function against 40-digit values (mpmath's `erf`), and its symmetries. */
import { expect, test } from "vitest";
import { erf } from "../src/erf.ts";

const values: readonly (readonly [x: number, erf: number])[] = [
  [1e-300, 1.1283791670955126e-300],
  [1e-10, 1.1283791670955126e-10],
  [0.001, 0.0011283787909692365],
  [0.1, 0.1124629160182849],
  [0.25, 0.27632639016823696],
  [0.5, 0.5204998778130465],
  [0.75, 0.7111556336535151],
  [0.9, 0.7969082124228322],
  [0.999999, 0.8427003778418023],
  [1.0, 0.8427007929497149],
  [1.000001, 0.8427012080567972],
  [1.25, 0.9229001282564583],
  [1.5, 0.9661051464753108],
  [2.0, 0.9953222650189527],
  [2.5, 0.999593047982555],
  [3.0, 0.9999779095030014],
  [3.5, 0.9999992569016276],
  [4.0, 0.9999999845827421],
  [4.5, 0.9999999998033839],
  [5.0, 0.9999999999984626],
  [5.5, 0.9999999999999927],
  [5.9, 0.9999999999999999],
];

test.each(values)("erf(%d) is %d within 3 units in the last place", (x, expected) => {
  expect(Math.abs(erf(x) - expected)).toBeLessThanOrEqual(3 * 2 ** -53 * expected);
  expect(erf(-x)).toBe(-erf(x));
});

test("special values", () => {
  expect(erf(Number.NaN)).toBeNaN();
  expect(erf(Infinity)).toBe(1);
  expect(erf(-Infinity)).toBe(-1);
  expect(erf(-0)).toBe(-0);
});

test("never decreases, also where one formula hands over to the next", () => {
  for (const border of [1, 6])
    for (let i = -1000; i < 1000; i++) {
      const x = border + i * 1e-9;
      expect(erf(x + 1e-9)).toBeGreaterThanOrEqual(erf(x));
    }
});
