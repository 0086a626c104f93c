/** Scalar functions against NumPy's definitions. */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  floatFloorDiv,
  floatMod,
  floatPow,
  integerFloorDiv,
  integerMod,
  integerPow,
  roundHalfEven,
  sigmoid,
} from "../src/special.ts";

const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const wrap = (x: bigint) => Number(BigInt.asIntN(32, x));
/** Quotient rounded towards minus infinity. */
const floorBig = (x: bigint, y: bigint) => (x % y !== 0n && x < 0n !== y < 0n ? x / y - 1n : x / y);

test("halves round to the even neighbour", () => {
  const cases = [-2.5, -1.5, -0.5, -0.4, 0.5, 1.5, 2.5, 0.49999999999999994, 2 ** 52 + 1, Infinity, Number.NaN];
  expect(cases.map(roundHalfEven)).toEqual([-2, -2, -0, -0, 0, 2, 2, 0, 2 ** 52 + 1, Infinity, Number.NaN]);
});

test("sigmoid reaches its limits without NaN", () => {
  expect([-Infinity, -1000, 0, 1000, Infinity].map(sigmoid)).toEqual([0, 0, 0.5, 1, 1]);
});

test("integer division and remainder follow the divisor's sign; by 0 they are 0", () => {
  fc.assert(
    fc.property(int32, int32, (x, y) => {
      fc.pre(y !== 0);
      const quotient = floorBig(BigInt(x), BigInt(y));
      expect(integerFloorDiv(x, y) | 0).toBe(wrap(quotient));
      expect(integerMod(x, y) | 0).toBe(wrap(BigInt(x) - quotient * BigInt(y)));
    }),
  );
  expect([integerFloorDiv(5, 0), integerMod(5, 0)]).toEqual([0, 0]);
});

test("integer powers wrap; negative exponents cut the exact power", () => {
  fc.assert(
    fc.property(int32, fc.integer({ min: 0, max: 40 }), (x, y) => {
      expect(integerPow(x, y) | 0).toBe(wrap(BigInt(x) ** BigInt(y)));
    }),
  );
  const bases = [-2, -1, 0, 1, 2];
  expect(bases.map((x) => integerPow(x, -3))).toEqual([0, -1, 0, 1, 0]);
  expect(bases.map((x) => integerPow(x, -4))).toEqual([0, 1, 0, 1, 0]);
});

test("float remainder has the divisor's sign and floorDiv is its quotient", () => {
  expect([floatMod(-7, 3), floatMod(7, -3), floatMod(5.5, 2), floatMod(-6, 3)]).toEqual([2, -2, 1.5, 0]);
  expect([floatFloorDiv(-7, 3), floatFloorDiv(7, -3), floatFloorDiv(5.5, 2), floatFloorDiv(1, 0.1)]).toEqual([
    -3, -3, 2, 9,
  ]);
  expect([floatFloorDiv(1, 0), floatFloorDiv(-1, 0), floatFloorDiv(0, 0)]).toEqual([Infinity, -Infinity, Number.NaN]);
  expect([floatMod(1, 0), floatMod(Number.NaN, 1), floatMod(Infinity, 1)]).toEqual(new Array(3).fill(Number.NaN));
  expect([floatMod(-1, Infinity), floatFloorDiv(-1, Infinity)]).toEqual([Infinity, -1]);
});

test("powers of 1 and infinite powers of -1 are 1", () => {
  expect([floatPow(1, Number.NaN), floatPow(-1, Infinity), floatPow(-1, -Infinity)]).toEqual([1, 1, 1]);
  expect([floatPow(Number.NaN, 0), floatPow(2, 0.5), floatPow(-8, 1 / 3)]).toEqual([1, Math.SQRT2, Number.NaN]);
});
