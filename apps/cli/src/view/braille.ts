/** Plots in braille characters: 2 by 4 dots in each. */
import { type Paint, plain, type Style } from "./paint.ts";

/** Points joined by lines, in order of x. */
export interface PlotSeries {
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly style: Style;
  /** A character at each point, above the lines. */
  readonly mark?: string;
}

/** Where a plot is drawn. */
export interface PlotArea {
  /** Characters of the plot itself. */
  readonly width: number;
  readonly height: number;
  readonly x: readonly [least: number, most: number];
  readonly y: readonly [least: number, most: number];
  readonly paint?: Paint;
}

/** The bits of a braille character's dots, by row and column. */
const dots: readonly (readonly [number, number])[] = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
];
const blank = 0x2800;

/** The plot as `height` lines of `width` characters; later series are drawn over earlier ones, points outside are left out. */
export function braillePlot(series: readonly PlotSeries[], area: PlotArea): string[] {
  const { width, height, paint = plain } = area;
  const bits = new Uint8Array(width * height);
  const owner = new Int8Array(width * height).fill(-1);
  const marks: (string | undefined)[] = new Array(width * height);
  series.forEach(({ points, mark }, index) => {
    const places = points.map((point) => placeOf(point, area)).filter((place) => place !== undefined);
    places.forEach((place, i) => {
      for (const [column, row] of between(places[i - 1] ?? place, place)) {
        const cell = (row >> 2) * width + (column >> 1);
        bits[cell] = (bits[cell] as number) | (dots[row & 3] as readonly [number, number])[column & 1 ? 1 : 0];
        owner[cell] = index;
      }
    });
    if (mark === undefined) return;
    for (const [column, row] of places) {
      const cell = (row >> 2) * width + (column >> 1);
      marks[cell] = mark;
      owner[cell] = index;
    }
  });
  return Array.from({ length: height }, (_, row) => {
    let line = "";
    for (let column = 0; column < width; ) {
      const by = owner[row * width + column] as number;
      let text = "";
      // One change of colour for neighbours of one series.
      for (; column < width && owner[row * width + column] === by; column++) {
        const cell = row * width + column;
        text +=
          bits[cell] === 0 && marks[cell] === undefined
            ? " "
            : (marks[cell] ?? String.fromCharCode(blank + (bits[cell] as number)));
      }
      line += by < 0 ? text : paint((series[by] as PlotSeries).style, text);
    }
    return line;
  });
}

type Place = readonly [column: number, row: number];

/** The dot of a point, counted from the top left. */
function placeOf(
  [x, y]: readonly [number, number],
  { width, height, x: [x0, x1], y: [y0, y1] }: PlotArea,
): Place | undefined {
  const column = Math.round(((x - x0) / (x1 - x0 || 1)) * (2 * width - 1));
  const row = Math.round((1 - (y - y0) / (y1 - y0 || 1)) * (4 * height - 1));
  const isInside = column >= 0 && column < 2 * width && row >= 0 && row < 4 * height;
  return isInside ? [column, row] : undefined;
}

/** The dots of a straight line (Bresenham's), without the first unless it is the only one. */
function* between([x0, y0]: Place, [x1, y1]: Place): Generator<Place> {
  const steps = Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0));
  if (steps === 0) yield [x1, y1];
  for (let i = 1; i <= steps; i++)
    yield [Math.round(x0 + ((x1 - x0) * i) / steps), Math.round(y0 + ((y1 - y0) * i) / steps)];
}
