/** Point sets of the plane, about two units wide, with their colours. */
import { paintPictures } from "../tensors/pictures.ts";

/** Points with what is needed to draw them. */
export interface PointSet {
  /** Pairs of x and y. */
  readonly points: Float32Array<ArrayBuffer>;
  /** Points of each line of a grid; undefined where points stand alone. */
  readonly lineLength: number | undefined;
  /** Red, green and blue of each point; undefined for the page's colours. */
  readonly colors: Uint8Array<ArrayBuffer> | undefined;
}

/** Lines in each direction, and points on each. */
const gridLines = 9;
const gridPoints = 41;

/** Vertical lines, then horizontal ones, from -1 to 1. */
export function gridPointSet(): PointSet {
  const points: number[] = [];
  const at = (i: number, count: number): number => (2 * i) / (count - 1) - 1;
  for (let line = 0; line < gridLines; line++)
    for (let i = 0; i < gridPoints; i++) points.push(at(line, gridLines), at(i, gridPoints));
  for (let line = 0; line < gridLines; line++)
    for (let i = 0; i < gridPoints; i++) points.push(at(i, gridPoints), at(line, gridLines));
  return { points: Float32Array.from(points), lineLength: gridPoints, colors: undefined };
}

/** A picture of page 2, a point for each pixel. */
export function photoPointSet(): PointSet {
  const [rows, columns] = [48, 64];
  const points = new Float32Array(rows * columns * 2);
  for (let row = 0, at = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      points[at++] = ((column + 0.5) / columns - 0.5) * 2.4;
      points[at++] = (0.5 - (row + 0.5) / rows) * 1.8;
    }
  return { points, lineLength: undefined, colors: paintPictures(rows, columns)[1] };
}

/** The ink of a character, drawn by the browser's own font. */
export function letterPointSet(letter: string): PointSet {
  const side = 72;
  const canvas = document.createElement("canvas");
  canvas.width = side;
  canvas.height = side;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const points: number[] = [];
  if (context !== null) {
    context.font = `700 ${side * 0.86}px system-ui, sans-serif`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(letter, side / 2, side * 0.53);
    const { data } = context.getImageData(0, 0, side, side);
    for (let row = 0; row < side; row++)
      for (let column = 0; column < side; column++)
        if ((data[4 * (row * side + column) + 3] ?? 0) > 127)
          points.push(((column + 0.5) / side - 0.5) * 2.2, (0.5 - (row + 0.5) / side) * 2.2);
  }
  return { points: Float32Array.from(points), lineLength: undefined, colors: undefined };
}
