/** A picture of one digit made to look as MNIST's do: white on black, 20 pixels tall or wide, its weight in the middle. */

/** Brightness row by row, from 0 to 255. */
export interface GreyImage {
  readonly width: number;
  readonly height: number;
  readonly data: ArrayLike<number>;
}

const side = 28;
/** The longer side of a digit. */
const inner = 20;
/** Ink fainter than this, next to the darkest, is paper: shadows, noise of cameras and of JPEG. */
const faint = 0.2;
/** Pictures with less contrast hold nothing. */
const leastContrast = 24;

/**
 * The digit as 784 numbers from 0, paper, to 1, ink; undefined where the picture has no ink. A picture that is 28 x 28
 * and black at its edge already is as MNIST's are, and stays as it is.
 */
export function digitPixels(image: GreyImage): Float32Array | undefined {
  const paper = median(edgeOf(image));
  if (image.width === side && image.height === side && paper < 32) return Float32Array.from(image.data, (v) => v / 255);
  const ink = inkOf(image, paper);
  const box = ink === undefined ? undefined : boxOf(ink);
  return ink === undefined || box === undefined ? undefined : centred(shrunk(ink, box));
}

interface Ink {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** How far each pixel is from paper, towards the other end, 1 at most. */
function inkOf({ width, height, data }: GreyImage, paper: number): Ink | undefined {
  const sign = paper > 127 ? -1 : 1;
  const distance = Float32Array.from(data, (value) => Math.max(0, sign * (value - paper)));
  const most = distance.reduce((a, b) => Math.max(a, b), 0);
  if (most < leastContrast) return undefined;
  return { width, height, data: distance.map((value) => (value < faint * most ? 0 : value / most)) };
}

/** The pixels at the four edges: they are paper. */
function edgeOf({ width, height, data }: GreyImage): number[] {
  const edge: number[] = [];
  for (let x = 0; x < width; x++) edge.push(data[x] as number, data[(height - 1) * width + x] as number);
  for (let y = 0; y < height; y++) edge.push(data[y * width] as number, data[(y + 1) * width - 1] as number);
  return edge;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] as number;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The smallest box around all ink. */
function boxOf({ width, height, data }: Ink): Box | undefined {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (data[y * width + x] === 0) continue;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    }
  return right < 0 ? undefined : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** The box with its longer side 20, each new pixel the mean of the area that it covers. */
function shrunk(ink: Ink, box: Box): Ink {
  const scale = inner / Math.max(box.width, box.height);
  const [width, height] = [Math.max(1, Math.round(box.width * scale)), Math.max(1, Math.round(box.height * scale))];
  const columns = sharesOf(box.left, box.width, width);
  const rows = sharesOf(box.top, box.height, height);
  const data = new Float32Array(width * height);
  rows.forEach((row, y) => {
    columns.forEach((column, x) => {
      let sum = 0;
      for (const [fromY, shareY] of row)
        for (const [fromX, shareX] of column) sum += shareY * shareX * (ink.data[fromY * ink.width + fromX] as number);
      data[y * width + x] = sum;
    });
  });
  // Thin strokes get pale where many pixels become one; MNIST's are white in their middle.
  const most = data.reduce((a, b) => Math.max(a, b), 0) || 1;
  return { width, height, data: data.map((value) => value / most) };
}

/** For each of `count` new places the old ones that it covers, with their shares, which sum to 1. */
function sharesOf(start: number, length: number, count: number): (readonly [place: number, share: number])[][] {
  const step = length / count;
  return Array.from({ length: count }, (_, i) => {
    const [from, to] = [i * step, Math.min((i + 1) * step, length)];
    const shares: [number, number][] = [];
    for (let place = Math.floor(from); place < to; place++) {
      const covered = Math.min(to, place + 1) - Math.max(from, place);
      if (covered > 0) shares.push([start + place, covered / (to - from)]);
    }
    return shares;
  });
}

/** The digit with its centre of mass in the middle of 28 x 28 pixels. */
function centred({ width, height, data }: Ink): Float32Array {
  let [mass, atX, atY] = [0, 0, 0];
  data.forEach((value, i) => {
    mass += value;
    atX += value * ((i % width) + 0.5);
    atY += value * (Math.floor(i / width) + 0.5);
  });
  const place = (at: number, size: number): number =>
    Math.min(Math.max(Math.round(side / 2 - at / mass), 0), side - size);
  const [left, top] = [place(atX, width), place(atY, height)];
  const out = new Float32Array(side * side);
  data.forEach((value, i) => {
    out[(top + Math.floor(i / width)) * side + left + (i % width)] = value;
  });
  return out;
}
