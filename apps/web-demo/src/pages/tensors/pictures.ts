/** Pictures and films that are computed, pixel by pixel: this page brings no files. */

/** Rows, columns and channels of a picture. */
export const pictureShape = [120, 160, 3] as const;
/** Frames, rows, columns and channels of a film. */
export const filmShape = [24, 54, 72, 3] as const;
/** How many pictures and films there are. */
export const pictureCount = 3;
/** How many films there are. */
export const filmCount = 2;

type Color = readonly [red: number, green: number, blue: number];
type Shade = (x: number, y: number) => Color;

const mix = (a: Color, b: Color, share: number): Color => {
  const s = Math.min(1, Math.max(0, share));
  return [a[0] + s * (b[0] - a[0]), a[1] + s * (b[1] - a[1]), a[2] + s * (b[2] - a[2])];
};
/** 0 outside, 1 inside, soft over one pixel; `distance` in pixels, negative inside. */
const inside = (distance: number): number => Math.min(1, Math.max(0, 0.5 - distance));

/** Evening behind hills: x and y from 0 to 1, y downwards. */
const dusk: Shade = (x, y) => {
  const sky = mix(mix([38, 52, 110], [232, 120, 92], y / 0.6), [255, 208, 130], (y - 0.42) / 0.35);
  const sun = Math.hypot((x - 0.66) * 160, (y - 0.5) * 120) - 17;
  let color = mix(sky, [255, 240, 196], inside(sun) + 0.35 * Math.exp(-Math.max(0, sun) / 12));
  const hills: readonly (readonly [number, Color])[] = [
    [0.58 + 0.05 * Math.sin(5 * x + 0.4) + 0.02 * Math.sin(13 * x), [126, 84, 122]],
    [0.7 + 0.05 * Math.sin(4 * x + 2.2) + 0.015 * Math.sin(17 * x + 1), [72, 56, 98]],
    [0.83 + 0.045 * Math.sin(3.2 * x + 4.6), [34, 34, 66]],
  ];
  for (const [top, hill] of hills) color = mix(color, hill, inside((top - y) * 120));
  return color;
};

const isLeftOf = (x: number, y: number, a: readonly [number, number], b: readonly [number, number]): number => {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  return ((x - a[0]) * dy - (y - a[1]) * dx) / Math.hypot(dx, dy);
};

/** The signed distance in pixels to a convex polygon whose corners go clockwise on the screen. */
function polygon(x: number, y: number, corners: readonly (readonly [number, number])[]): number {
  return Math.max(
    ...corners.map((corner, i) => isLeftOf(x, y, corner, corners[(i + 1) % corners.length] as [number, number])),
  );
}

/** A folded paper boat on the sea. */
const boat: Shade = (x, y) => {
  const [px, py] = [x * 160, y * 120];
  let color: Color = mix([176, 217, 236], [238, 246, 244], y / 0.62);
  const parts: readonly (readonly [Color, readonly (readonly [number, number])[]])[] = [
    [
      [250, 246, 236],
      [
        [80, 24],
        [80, 72],
        [52, 72],
      ],
    ],
    [
      [222, 208, 184],
      [
        [80, 24],
        [108, 72],
        [80, 72],
      ],
    ],
    [
      [214, 92, 58],
      [
        [34, 62],
        [126, 62],
        [108, 90],
        [52, 90],
      ],
    ],
    [
      [172, 62, 34],
      [
        [80, 62],
        [126, 62],
        [108, 90],
        [80, 90],
      ],
    ],
  ];
  for (const [paper, corners] of parts) color = mix(color, paper, inside(polygon(px, py, corners)));
  const wave = 82 + 2.4 * Math.sin(px / 9) + 1.2 * Math.sin(px / 4.2 + 1);
  color = mix(color, mix([52, 128, 158], [18, 66, 104], (py - 82) / 38), inside(wave - py));
  const crest = 99 + 2 * Math.sin(px / 8 + 2);
  return mix(color, [110, 176, 196], 0.7 * inside(Math.abs(crest - py) - 0.6));
};

/** Overlapping discs of glass: where all three channels are high it is white. */
const glass: Shade = (x, y) => {
  const [px, py] = [x * 160, y * 120];
  const disc = (cx: number, cy: number): number => inside((Math.hypot(px - cx, py - cy) - 34) / 1.2);
  const [red, green, blue] = [disc(80, 44), disc(62, 74), disc(98, 74)];
  const ground = 26 + 14 * y;
  return [ground + (245 - ground) * red, ground + (235 - ground) * green, ground + (250 - ground) * blue];
};

function paint(shade: Shade, rows: number, columns: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(rows * columns * 3);
  for (let row = 0, at = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      for (const value of shade((column + 0.5) / columns, (row + 0.5) / rows)) bytes[at++] = Math.round(value);
  return bytes;
}

/** The pictures one after the other, each of `pictureShape`, or smaller with as many rows and columns as asked for. */
export function paintPictures(
  rows: number = pictureShape[0],
  columns: number = pictureShape[1],
): Uint8Array<ArrayBuffer>[] {
  return [dusk, boat, glass].map((shade) => paint(shade, rows, columns));
}

/** A ball that falls and bounces; `t` from 0 to 1 over the film. */
const ball =
  (t: number): Shade =>
  (x, y) => {
    const bounce = Math.abs(Math.sin(Math.PI * (2 * t + 0.5))) * (1 - 0.25 * t);
    const [cx, cy] = [10 + 52 * t, 42 - 32 * bounce];
    const [px, py] = [x * 72, y * 54];
    const floor = mix([238, 226, 206], [206, 186, 158], (py - 46) / 8);
    const wall = mix([90, 120, 150], [172, 192, 200], y);
    const ground = mix(wall, floor, inside(47 - py));
    const shadow = inside(Math.hypot((px - cx) / 2.2, (py - 49) * 1.6) - 4 + 2 * bounce);
    const lit = mix(mix(ground, [120, 100, 80], 0.6 * shadow), [200, 70, 40], inside(Math.hypot(px - cx, py - cy) - 6));
    return mix(lit, [250, 190, 160], 0.8 * inside(Math.hypot(px - cx + 2, py - cy + 2) - 1.6));
  };

/** A day over the sea: the sun rises and sets. */
const day =
  (t: number): Shade =>
  (x, y) => {
    const [px, py] = [x * 72, y * 54];
    const light = Math.sin(Math.PI * t);
    const high = mix([14, 18, 46], [96, 164, 224], light * 1.2);
    const low = mix([34, 30, 66], light < 0.75 ? [250, 158, 104] : [200, 226, 240], light * 1.6);
    const [sx, sy] = [8 + 56 * t, 40 - 30 * light];
    const sky = mix(mix(high, low, y / 0.7), [255, 244, 200], inside(Math.hypot(px - sx, py - sy) - 5));
    const glitter = Math.max(0, 1 - Math.abs(px - sx) / 7) * light * (0.5 + 0.5 * Math.sin(py * 2.3 + 18 * t));
    const sea = mix(mix([8, 16, 40], [30, 100, 146], light), [255, 226, 170], 0.8 * glitter);
    return mix(sky, sea, inside(37 - py));
  };

/** All films, frame after frame. */
export function paintFilms(): Uint8Array<ArrayBuffer> {
  const [frames, rows, columns] = filmShape;
  const size = rows * columns * 3;
  const bytes = new Uint8Array(filmCount * frames * size);
  [ball, day].forEach((film, clip) => {
    for (let frame = 0; frame < frames; frame++)
      bytes.set(paint(film(frame / (frames - 1)), rows, columns), (clip * frames + frame) * size);
  });
  return bytes;
}
