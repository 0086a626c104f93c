/** Turns what was drawn into what MNIST's digits are: 28 by 28 pixels, the ink scaled to a 20 by 20 box, centred by its mass. */

/** A point of a drawing, from 0 to 1 in both directions. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A line from pen down to pen up. */
export type Stroke = readonly Point[];

const side = 28;
/** MNIST's digits fit into a box of 20 pixels, without the softness of their edges. */
const box = 20;
/** Half the width of a line in pixels, and how far its edge fades. */
const radius = 1.1;
const fade = 0.75;
/** A drawing smaller than this share of the pad is not blown up to the whole box: a dot stays a dot. */
const smallest = 0.12;

/** The pixels, 0 for paper and 1 for ink; all 0 for no strokes. */
export function inkOf(strokes: readonly Stroke[]): Float32Array<ArrayBuffer> {
  const points = strokes.flat();
  if (points.length === 0) return new Float32Array(side * side);
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = (box - 2 * radius) / Math.max(right - left, bottom - top, smallest);
  const scaled = strokes.map((stroke) =>
    stroke.map(({ x, y }) => ({
      x: side / 2 + (x - (left + right) / 2) * scale,
      y: side / 2 + (y - (top + bottom) / 2) * scale,
    })),
  );
  return centred(drawn(scaled));
}

/** The pixels of strokes in pixel coordinates. */
function drawn(strokes: readonly Stroke[]): Float32Array<ArrayBuffer> {
  const pixels = new Float32Array(side * side);
  for (const stroke of strokes)
    stroke.forEach((end, i) => {
      const start = stroke[i - 1] ?? end;
      const reach = radius + fade;
      const [x0, x1] = [Math.min(start.x, end.x) - reach, Math.max(start.x, end.x) + reach];
      const [y0, y1] = [Math.min(start.y, end.y) - reach, Math.max(start.y, end.y) + reach];
      for (let row = Math.max(0, Math.floor(y0)); row < Math.min(side, Math.ceil(y1)); row++)
        for (let column = Math.max(0, Math.floor(x0)); column < Math.min(side, Math.ceil(x1)); column++) {
          const distance = distanceTo({ x: column + 0.5, y: row + 0.5 }, start, end);
          const ink = Math.min(1, Math.max(0, (radius + fade - distance) / (2 * fade)));
          const at = row * side + column;
          pixels[at] = Math.max(pixels[at] as number, ink);
        }
    });
  return pixels;
}

/** Distance of a point to the segment between two others. */
function distanceTo({ x, y }: Point, start: Point, end: Point): number {
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - start.x) * dx + (y - start.y) * dy) / length));
  return Math.hypot(x - start.x - along * dx, y - start.y - along * dy);
}

/** Moves the ink by whole pixels so that its centre of mass comes to the middle, or as near as the edges let it. */
function centred(pixels: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const columns = new Float64Array(side);
  const rows = new Float64Array(side);
  pixels.forEach((ink, i) => {
    const [column, row] = [i % side, Math.floor(i / side)];
    columns[column] = (columns[column] as number) + ink;
    rows[row] = (rows[row] as number) + ink;
  });
  const [right, down] = [shiftOf(columns), shiftOf(rows)];
  const moved = new Float32Array(side * side);
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++) {
      const [fromRow, fromColumn] = [row - down, column - right];
      if (fromRow < 0 || fromRow >= side || fromColumn < 0 || fromColumn >= side) continue;
      moved[row * side + column] = pixels[fromRow * side + fromColumn] as number;
    }
  return moved;
}

/** By how many places the ink along one axis is to be moved so that its centre comes to the middle and none is lost. */
function shiftOf(ink: Float64Array): number {
  const mass = ink.reduce((sum, share) => sum + share, 0);
  const centre = ink.reduce((sum, share, at) => sum + share * (at + 0.5), 0) / mass;
  const before = ink.findIndex((share) => share > 0);
  const behind = ink
    .slice()
    .reverse()
    .findIndex((share) => share > 0);
  return Math.min(behind, Math.max(-before, Math.round(side / 2 - centre)));
}
