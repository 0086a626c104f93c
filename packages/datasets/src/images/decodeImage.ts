/** PNG and JPEG files as pixels, by decoders that are loaded when the first such file comes. */
import { DataError } from "@crease/backend";
import type { Pixels } from "./pixels.ts";
import { plainPng, pngSize } from "./plainPng.ts";

/** The most pixels of an image: what a header promises must not fill the memory. */
const mostPixels = 2 ** 26;

/**
 * The pixels of an image file.
 *
 * @throws DataError where it is neither PNG nor JPEG, damaged, or too large.
 */
export async function decodeImage(bytes: Uint8Array, op: string, name: string): Promise<Pixels> {
  const wrong = (problem: string, fix: string, cause?: unknown): DataError =>
    new DataError({ op, problem: `${name} ${problem}`, fix, cause });
  const isPng = bytes[0] === 0x89 && bytes[1] === 0x50 && bytes[2] === 0x4e && bytes[3] === 0x47;
  const isJpeg = bytes[0] === 0xff && bytes[1] === 0xd8;
  if (!isPng && !isJpeg) throw wrong("is neither PNG nor JPEG", "Convert it to one of these");
  if (isPng && bytes.length >= 26) {
    const { width, height } = pngSize(bytes);
    if (width * height > mostPixels)
      throw wrong(`has ${width} by ${height} pixels, more than ${mostPixels}`, "Make it smaller first");
  }
  try {
    return isPng ? await decodePng(bytes) : await decodeJpeg(bytes);
  } catch (cause) {
    throw wrong(`cannot be decoded (${(cause as Error).message})`, "Get the file again, or convert it", cause);
  }
}

async function decodePng(bytes: Uint8Array): Promise<Pixels> {
  const { convertIndexedToRgb, decode } = await import("fast-png");
  const png = decode(await plainPng(bytes), { checkCrc: true });
  const { width, height, depth, data } = png;
  if (png.palette !== undefined && png.palette.length > 0) {
    const colours = convertIndexedToRgb(png);
    return { width, height, channels: colours.length / (width * height), data: colours };
  }
  const { channels } = png;
  if (data instanceof Uint16Array) return { width, height, channels, data };
  const samples =
    depth < 8 ? unpacked(data, width, height, depth) : new Uint8Array(data.buffer, data.byteOffset, data.length);
  return { width, height, channels, data: samples };
}

/** Gray of 1, 2 or 4 bits, several in a byte, spread over 0 to 255. */
function unpacked(data: ArrayLike<number>, width: number, height: number, depth: number): Uint8Array {
  const most = 2 ** depth - 1;
  const rowBytes = Math.ceil((width * depth) / 8);
  const samples = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const bit = x * depth;
      const byte = data[y * rowBytes + (bit >> 3)] as number;
      samples[y * width + x] = (((byte >> (8 - depth - (bit & 7))) & most) * 255) / most;
    }
  return samples;
}

async function decodeJpeg(bytes: Uint8Array): Promise<Pixels> {
  const { decode } = (await import("jpeg-js")).default;
  const { width, height, data } = decode(bytes, {
    useTArray: true,
    formatAsRGBA: false,
    tolerantDecoding: false,
    maxResolutionInMP: mostPixels / 1e6,
    maxMemoryUsageInMB: 1024,
  });
  return { width, height, channels: 3, data };
}
