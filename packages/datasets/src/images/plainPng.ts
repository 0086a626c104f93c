/** PNG files reduced to what makes the picture, and never larger than they say. */
import { inflate } from "@crease/files";
import { joinBytes } from "../joinBytes.ts";

/** Size, palette, opacity of palette colours, pixels, end: other chunks are passed over, compressed texts and profiles too. */
const needed: readonly string[] = ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"];
/** Samples of a pixel by PNG's color type. */
const samples: { readonly [colorType: number]: number } = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** Width and height, from the header. */
export interface PngSize {
  readonly width: number;
  readonly height: number;
}

/** What the header promises. @throws RangeError where the file ends before. */
export function pngSize(bytes: Uint8Array): PngSize {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/**
 * The file without what does not make the picture, its pixels known to expand to no more than its size says: a decoder
 * then cannot be made to fill the memory.
 *
 * @throws DataError where the pixels are damaged or expand further; RangeError where the file is cut short.
 */
export async function plainPng(bytes: Uint8Array): Promise<Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept: Uint8Array[] = [bytes.subarray(0, 8)];
  const pixels: Uint8Array[] = [];
  for (let at = 8; at < bytes.length; ) {
    const length = view.getUint32(at);
    const kind = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const end = at + 12 + length;
    if (end > bytes.length) throw new RangeError(`chunk ${JSON.stringify(kind)} is cut short`);
    if (needed.includes(kind)) kept.push(bytes.subarray(at, end));
    if (kind === "IDAT") pixels.push(bytes.subarray(at + 8, end - 4));
    at = end;
  }
  const { width, height } = pngSize(bytes);
  const bits = (bytes[24] as number) * (samples[bytes[25] as number] ?? 4);
  // Each row has a byte for its filter; interlacing makes up to twice as many rows, each rounded up to a byte.
  const limit = height * Math.ceil((width * bits) / 8) + 4 * (height + 8);
  await inflate(joinBytes(pixels), { format: "deflate", limit, name: "the picture" });
  return joinBytes(kept);
}
