/** What is drawn becomes what MNIST's digits are. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { inkOf, type Point } from "../src/pages/network/digitInk.ts";

const side = 28;

/** Where the ink is: its centre of mass, the box of what is dark, and how much paper is left around it, in pixels. */
function measure(pixels: Float32Array) {
  let [mass, x, y, left, right, top, bottom] = [0, 0, 0, side, 0, side, 0];
  const margin = { left: side, right: side, top: side, bottom: side };
  pixels.forEach((ink, i) => {
    const [column, row] = [i % side, Math.floor(i / side)];
    mass += ink;
    x += ink * (column + 0.5);
    y += ink * (row + 0.5);
    if (ink > 0) {
      margin.left = Math.min(margin.left, column);
      margin.right = Math.min(margin.right, side - 1 - column);
      margin.top = Math.min(margin.top, row);
      margin.bottom = Math.min(margin.bottom, side - 1 - row);
    }
    if (ink < 0.5) return;
    [left, right] = [Math.min(left, column), Math.max(right, column)];
    [top, bottom] = [Math.min(top, row), Math.max(bottom, row)];
  });
  return { margin, x: x / mass, y: y / mass, width: right - left + 1, height: bottom - top + 1 };
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

test("whatever is drawn is ink between 0 and 1 in a box of at most 21 pixels, all of it, and its mass in the middle where the edges let it", () => {
  fc.assert(
    fc.property(fc.array(stroke, { minLength: 1, maxLength: 4 }), (strokes) => {
      const pixels = inkOf(strokes);
      expect(pixels.every((ink) => ink >= 0 && ink <= 1)).toBe(true);
      const { x, y, width, height, margin } = measure(pixels);
      expect(Math.max(width, height)).toBeLessThanOrEqual(21);
      // Half a pixel is rounding; farther off, the ink stands at an edge.
      if (margin.left > 0) expect(x).toBeLessThanOrEqual(14.5 + 1e-4);
      if (margin.right > 0) expect(x).toBeGreaterThanOrEqual(13.5 - 1e-4);
      if (margin.top > 0) expect(y).toBeLessThanOrEqual(14.5 + 1e-4);
      if (margin.bottom > 0) expect(y).toBeGreaterThanOrEqual(13.5 - 1e-4);
      // Nothing is cut off: unless it is a mere dot, it fills the box.
      const points = strokes.flat();
      const extent = (of: (point: Point) => number): number =>
        Math.max(...points.map(of)) - Math.min(...points.map(of));
      if (
        Math.max(
          extent(({ x }) => x),
          extent(({ y }) => y),
        ) > 0.12
      )
        expect(Math.max(width, height)).toBeGreaterThanOrEqual(19);
    }),
  );
});

test("a drawing with most of its ink on one side keeps its other end", () => {
  const block = Array.from({ length: 40 }, (_, i) => ({ x: 0.02 + 0.1 * (i % 2), y: 0.02 + (0.96 * i) / 39 }));
  const tail = [
    { x: 0.12, y: 0.5 },
    { x: 0.98, y: 0.5 },
  ];
  expect(measure(inkOf([block, tail])).width).toBe(20);
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
