/** Images as rows of pixels, and their channels. */

/** Which channels an image is turned into. */
export type ColorMode = "grayscale" | "rgb" | "rgba";

/** Pixels row by row, `channels` numbers each: 1 gray, 2 gray and opacity, 3 colours, 4 colours and opacity. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** From 0 to 255, or to 65535. */
  readonly data: Uint8Array | Uint16Array;
}

/** The number of channels of each mode. */
export const channelsOf: { readonly [mode in ColorMode]: number } = { grayscale: 1, rgb: 3, rgba: 4 };

/**
 * The image with as many channels as asked for, 8 bits each: gray repeated for colours, colours weighed 0.299, 0.587 and
 * 0.114 for gray, opacity left out or 255, of 16 bits the upper 8, as libpng does for TensorFlow.
 */
export function withChannels(image: Pixels, mode: ColorMode): Pixels {
  const { width, height, channels: from, data } = image;
  const to = channelsOf[mode];
  const converted = new Uint8Array(width * height * to);
  const isWide = data instanceof Uint16Array;
  const shift = isWide ? 8 : 0;
  const isGray = from < 3;
  const hasOpacity = from === 2 || from === 4;
  for (let i = 0; i < width * height; i++) {
    const red = data[i * from] as number;
    const green = isGray ? red : (data[i * from + 1] as number);
    const blue = isGray ? red : (data[i * from + 2] as number);
    if (to === 1) converted[i] = (isGray ? red : grayOf(red, green, blue, isWide)) >> shift;
    else {
      converted[i * to] = red >> shift;
      converted[i * to + 1] = green >> shift;
      converted[i * to + 2] = blue >> shift;
      if (to === 4) converted[i * to + 3] = hasOpacity ? (data[i * from + from - 1] as number) >> shift : 255;
    }
  }
  return { width, height, channels: to, data: converted };
}

/** Weights in units of 2^-15, truncated as libpng truncates them; it rounds the sum for 16 bits only. */
function grayOf(red: number, green: number, blue: number, isWide: boolean): number {
  return (9797 * red + 19234 * green + 3737 * blue + (isWide ? 2 ** 14 : 0)) >> 15;
}
