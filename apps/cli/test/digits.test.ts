/** The drawing of digits beside their probabilities. */
import { stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawDigits, type JudgedDigit } from "../src/digits.ts";

/** A digit whose pixels are ink where `isInk` says, with probabilities shared by `best` and the one after it. */
function digit(best: number, label: number, isInk: (x: number, y: number) => boolean = () => false): JudgedDigit {
  const pixels = Array.from({ length: 784 }, (_, i) => (isInk(i % 28, Math.floor(i / 28)) ? 1 : 0));
  const probabilities = Array.from({ length: 10 }, (_, i) => (i === best ? 0.8 : i === (best + 1) % 10 ? 0.2 : 0));
  return { pixels, label, probabilities };
}

describe("drawDigits", () => {
  test("draws two rows of pixels in a line of half blocks, and a bar for each class", () => {
    const shape = (x: number, y: number): boolean => (x === 2 && y === 4) || (x === 3 && y === 5) || (x === 4 && y < 8);
    const lines = drawDigits([digit(3, 3, shape)], 38, false).split("\n");
    expect(lines).toHaveLength(14);
    expect(lines.slice(0, 6)).toEqual([
      "✓ 3 (80%)",
      "  █",
      "▀▄█                       0 ·····   0%",
      "  █                       1 ·····   0%",
      "                          2 ·····   0%",
      "                          3 ■■■■·  80%",
    ]);
    expect(lines[6]).toBe("                          4 ■····  20%");
    expect(lines[13]).toBe("");
  });

  test("says what a wrong one is", () => {
    expect(drawDigits([digit(3, 5)], 80, false)).toMatch(/^✗ 3 \(80%\), it is 5\n/);
    expect(drawDigits([digit(3, 5)], 80, true)).toContain("\u001b[31m✗ 3 (80%), it is 5");
    expect(drawDigits([digit(5, 5)], 80, true)).toContain("\u001b[32m✓ 5 (80%)");
  });

  test.each([
    [37, 1, "without bars"],
    [38, 1, "with bars"],
    [80, 2, "with bars"],
    [200, 5, "with bars"],
  ])("%i columns hold %i in a row, %s", (columns, perRow, bars) => {
    const lines = drawDigits(
      Array.from({ length: 10 }, (_, i) => digit(i, i)),
      columns,
      false,
    ).split("\n");
    expect(lines[0]?.match(/✓/g)).toHaveLength(perRow);
    expect(lines.filter((line) => line.startsWith("✓"))).toHaveLength(10 / perRow);
    expect(lines.some((line) => line.includes("■"))).toBe(bars === "with bars");
  });

  test("stays within the columns, and colours change nothing else", () => {
    const digits = fc.array(
      fc.record({
        pixels: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 784, maxLength: 784 }),
        label: fc.nat(9),
        probabilities: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 10, maxLength: 10 }),
      }),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(digits, fc.integer({ min: 24, max: 250 }), (some, columns) => {
        const plain = drawDigits(some, columns, false);
        for (const line of plain.split("\n")) expect(line.length).toBeLessThanOrEqual(columns);
        const withoutEnds = (text: string): string => text.replaceAll(/ +$/gm, "");
        expect(withoutEnds(stripVTControlCharacters(drawDigits(some, columns, true)))).toBe(withoutEnds(plain));
      }),
      { numRuns: 20 },
    );
  });
});
