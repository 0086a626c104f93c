/** Images brought to another size, as TensorFlow does it for Keras. */
import type { Pixels } from "./pixels.ts";

/** How pixels between pixels are found. */
export type Interpolation = "bilinear" | "nearest";

/** Where the new pixels lie in an image. */
interface Box {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** What an image becomes. */
export interface ResizeOptions {
  readonly height: number;
  readonly width: number;
  readonly interpolation: Interpolation;
  /** Whether to cut out the largest middle part of the new proportions first, rather than to distort. */
  readonly crops: boolean;
}

/** Writes the image at its new size, row by row, into `out` from `at` on. Pixels are areas: their centers are at 0.5, 1.5, ... */
export function resizeInto(image: Pixels, options: ResizeOptions, out: Float32Array, at: number): void {
  const { height, width, interpolation, crops } = options;
  const { channels, data } = image;
  const box = crops ? middle(image, height, width) : { top: 0, left: 0, height: image.height, width: image.width };
  const rows = positions(height, box.height, interpolation);
  const columns = positions(width, box.width, interpolation);
  let to = at;
  for (const row of rows) {
    const upper = (box.top + row.before) * image.width;
    const lower = (box.top + row.after) * image.width;
    for (const column of columns) {
      const left = box.left + column.before;
      const right = box.left + column.after;
      for (let c = 0; c < channels; c++) {
        const a = data[(upper + left) * channels + c] as number;
        const b = data[(upper + right) * channels + c] as number;
        const d = data[(lower + left) * channels + c] as number;
        const e = data[(lower + right) * channels + c] as number;
        const top = a + (b - a) * column.share;
        const bottom = d + (e - d) * column.share;
        out[to++] = top + (bottom - top) * row.share;
      }
    }
  }
}

/** Two neighbours, and how far on the way from one to the other. */
interface Position {
  readonly before: number;
  readonly after: number;
  readonly share: number;
}

function positions(count: number, size: number, interpolation: Interpolation): Position[] {
  return Array.from({ length: count }, (_, i) => {
    if (interpolation === "nearest") {
      const nearest = Math.min(Math.floor(((i + 0.5) * size) / count), size - 1);
      return { before: nearest, after: nearest, share: 0 };
    }
    const place = ((i + 0.5) * size) / count - 0.5;
    const floor = Math.floor(place);
    return { before: Math.max(floor, 0), after: Math.min(Math.ceil(place), size - 1), share: place - floor };
  });
}

/** The largest part of the proportions asked for, in the middle (Keras 3 `smart_resize`). */
function middle(image: Pixels, height: number, width: number): Box {
  const cropHeight = clamp(Math.floor((image.width * height) / width), image.height);
  const cropWidth = clamp(Math.floor((image.height * width) / height), image.width);
  return {
    top: Math.floor((image.height - cropHeight) / 2),
    left: Math.floor((image.width - cropWidth) / 2),
    height: cropHeight,
    width: cropWidth,
  };
}

function clamp(size: number, most: number): number {
  return Math.max(Math.min(size, most), 1);
}
