/** The checks of options: what passes, what does not, and what the message says. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Bounds, requireInteger, requireNumber, requireOneOf, requireOptions, ValueError } from "../src/index.ts";

const refuses = (check: () => void): boolean => {
  try {
    check();
    return false;
  } catch (error) {
    expect(error).toBeInstanceOf(ValueError);
    return true;
  }
};

describe("options", () => {
  test.each<readonly [unknown, Bounds, string]>([
    [0, { above: 0 }, "Op: rate is 0. Use a number above 0."],
    [1, { min: 0, below: 1 }, "Op: rate is 1. Use a number of at least 0 and below 1."],
    [2, { min: 0, max: 1 }, "Op: rate is 2. Use a number from 0 to 1."],
    [1, { max: 0 }, "Op: rate is 1. Use a number of at most 0."],
    [Number.NaN, {}, "Op: rate is NaN. Use a finite number."],
    [Number.POSITIVE_INFINITY, { min: 0 }, "Op: rate is Infinity. Use a number of at least 0."],
    ["1", { min: 0 }, 'Op: rate is "1". Use a number of at least 0.'],
    [undefined, { min: 0 }, "Op: rate is undefined. Use a number of at least 0."],
    [null, { min: 0 }, "Op: rate is null. Use a number of at least 0."],
    [[1], { min: 0 }, "Op: rate is [1]. Use a number of at least 0."],
  ])("%s within %o", (value, bounds, message) => {
    expect(() => requireNumber("Op", "rate", value, bounds)).toThrow(message);
  });

  test("are whole where they must be", () => {
    requireInteger("Op", "units", 3, { min: 1 });
    for (const value of [2.5, 0, 2 ** 53, "3", true])
      expect(() => requireInteger("Op", "units", value, { min: 1 })).toThrow(/Use a whole number of at least 1/);
  });

  test("have known names", () => {
    const names = { rate: true, units: true } as const;
    requireOptions("Op", {}, names);
    requireOptions("Op", { units: undefined, rate: 1 }, names);
    requireOptions("Op", { quantization: null, sparse: undefined }, names);
    for (const [options, message] of [
      [{ unit: 1 }, 'Op: there is no option "unit". Did you mean "units"? Known names: rate, units.'],
      [{ toString: 1 }, 'Op: there is no option "toString". Known names: rate, units.'],
      [null, "Op: the options are null. Give an object, each option by its name."],
      ["rate", 'Op: the options are "rate". Give an object, each option by its name.'],
    ] as const)
      expect(() => requireOptions("Op", options, names)).toThrow(message);
  });

  test("by name tell the nearest", () => {
    requireOneOf("Op", "mode", "max", ["min", "max"]);
    expect(() => requireOneOf("Op", "mode", "maxx", ["min", "max"])).toThrow(/mode is "maxx". Did you mean "max"\?/);
  });

  test("pass exactly where the bounds say", () => {
    const bound = fc.option(fc.integer({ min: -3, max: 3 }), { nil: undefined });
    fc.assert(
      fc.property(fc.integer({ min: -4, max: 4 }), bound, bound, bound, bound, (value, min, above, max, below) => {
        const bounds = Object.fromEntries(
          Object.entries({ min, above, max, below }).filter(([, limit]) => limit !== undefined),
        ) as Bounds;
        const isOutside = value < (min ?? -9) || value <= (above ?? -9) || value > (max ?? 9) || value >= (below ?? 9);
        expect(refuses(() => requireNumber("Op", "x", value, bounds))).toBe(isOutside);
        expect(refuses(() => requireInteger("Op", "x", value, bounds))).toBe(isOutside);
      }),
    );
  });
});
