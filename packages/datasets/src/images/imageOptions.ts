/** What is made of image files. */
import { requireInteger, ValueError } from "@crease/backend";
import type { ColorMode } from "./pixels.ts";
import type { Interpolation } from "./resize.ts";

/** What an image becomes. */
export interface ImageOptions {
  /** The channels: 1, 3 or 4. Default "rgb". */
  readonly colorMode?: ColorMode;
  /** Height and width after resizing. */
  readonly imageSize?: readonly [height: number, width: number];
  /** How pixels between pixels are found. Default "bilinear". */
  readonly interpolation?: Interpolation;
  /** Whether to cut out the middle in the new proportions first, rather than to distort. Default false. */
  readonly cropToAspectRatio?: boolean;
}

/** Refuses what is no height and width. @throws ValueError. */
export function checkImageSize(op: string, size: readonly number[]): void {
  if (!Array.isArray(size) || size.length !== 2)
    throw new ValueError({ op, problem: "imageSize is no pair of numbers", fix: "Give [height, width]" });
  for (const side of size) requireInteger(op, "imageSize", side, { min: 1, max: 2 ** 14 });
}
