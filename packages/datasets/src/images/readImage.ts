/** An image file as a tensor. */
import { type Backend, requireOneOf } from "@crease/backend";
import { type Tensor, tensor } from "@crease/tensor";
import { decodeImage } from "./decodeImage.ts";
import { checkImageSize, type ImageOptions } from "./imageOptions.ts";
import { channelsOf, withChannels } from "./pixels.ts";
import { resizeInto } from "./resize.ts";

/** What an image becomes, and where it is put. */
export interface ReadImageOptions extends ImageOptions {
  /** What messages call the file. Default "the image". */
  readonly name?: string;
  /** Where the tensor lives. Default: the default backend. */
  readonly backend?: Backend;
}

/**
 * The pixels of a PNG or JPEG file, float32 `[height, width, channels]` from 0 to 255; without `imageSize` in the size
 * that they have. The same as an image of `imageDatasetFromDirectory`.
 *
 * @throws DataError where the file is neither PNG nor JPEG, damaged, or too large; ValueError for unknown options.
 * @example
 * ```ts
 * import { readImage } from "@crease/datasets";
 * const png = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAAAAADRSSBWAAAAC0lEQVR4nGNg+A8AAQIBAEK+vGgAAAAASUVORK5CYII=";
 * const bytes = Uint8Array.from(atob(png), (c) => c.charCodeAt(0));
 * const image = await readImage(bytes, { colorMode: "grayscale" });
 * image.shape; // => [1, 2, 1]
 * image.reshape([-1]); // => [  0. 255.]
 * ```
 */
export async function readImage(bytes: Uint8Array, options: ReadImageOptions = {}): Promise<Tensor> {
  const op = "readImage";
  const {
    colorMode = "rgb",
    interpolation = "bilinear",
    cropToAspectRatio = false,
    name = "the image",
    backend,
  } = options;
  requireOneOf(op, "colorMode", colorMode, Object.keys(channelsOf));
  requireOneOf(op, "interpolation", interpolation, ["bilinear", "nearest"]);
  if (options.imageSize !== undefined) checkImageSize(op, options.imageSize);
  const image = withChannels(await decodeImage(bytes, op, name), colorMode);
  const [height, width] = options.imageSize ?? [image.height, image.width];
  const shape = [height, width, image.channels];
  const data = new Float32Array(height * width * image.channels);
  resizeInto(image, { height, width, interpolation, crops: cropToAspectRatio }, data, 0);
  return tensor(data, backend === undefined ? { shape } : { shape, backend });
}
