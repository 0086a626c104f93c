/** Image files as inputs of a model. */
import { DataError } from "@crease/backend";
import { readImage } from "@crease/datasets";
import { tensor } from "@crease/tensor";
import { digitPixels } from "./digitImage.ts";
import { UsageError } from "./failure.ts";
import type { ImageFile } from "./findInputs.ts";
import type { OpenedModel } from "./openModel.ts";
import type { InputBatch } from "./predictInputs.ts";

/** How images become inputs. */
export interface ImageSettings {
  readonly images: "auto" | "digits" | "plain";
  readonly batchSize: number;
}

/** What a model takes of an image. */
interface Taken {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  readonly shape: readonly number[];
  /** What brightness is divided by: models that scale it themselves take it as it is. */
  readonly divisor: number;
}

/** The images in batches. @throws UsageError for a model that takes no images; DataError for a damaged file and for a page without a digit. */
export async function* imageBatches(
  files: readonly ImageFile[],
  opened: OpenedModel,
  { images, batchSize }: ImageSettings,
): AsyncGenerator<InputBatch, void, undefined> {
  const taken = takenBy(opened);
  const { height, width, channels, shape, divisor } = taken;
  const is28 = height === 28 && width === 28 && channels === 1;
  if (images === "digits" && !is28)
    throw new UsageError(
      `the model takes ${height} x ${width} x ${channels}, and digits are 28 x 28. Leave --images out.`,
    );
  const areDigits = images === "digits" || (images === "auto" && is28 && expectsDigits(opened));
  const size = height * width * channels;
  for (let start = 0; start < files.length; start += batchSize) {
    const some = files.slice(start, start + batchSize);
    const pixels = new Float32Array(some.length * size);
    for (const [i, file] of some.entries())
      pixels.set(areDigits ? await digitOf(file) : await pixelsOf(file, taken), i * size);
    const x = tensor(divisor === 1 && areDigits ? pixels.map((value) => value * 255) : pixels, {
      shape: [some.length, ...shape],
    });
    yield { names: some.map(({ name }) => name), x, ...(areDigits ? { digits: pixels } : {}) };
  }
}

/** Whether pictures of 28 x 28 are MNIST's, or may be: clothes, and images of a folder, fill theirs as they were trained. */
function expectsDigits({ run }: OpenedModel): boolean {
  return run === undefined || run.data.input.kind !== "image" || run.data.name === "mnist";
}

function takenBy({ run, model, inputShape, file }: OpenedModel): Taken {
  const input = run?.data.input;
  const scalesItself = model.layers.slice(0, 2).some(({ className }) => className === "Rescaling");
  const divisor = scalesItself ? 1 : 255;
  if (input?.kind === "image") {
    const { height, width, channels } = input;
    return { height, width, channels, shape: run?.data.inputShape as readonly number[], divisor };
  }
  const shape = inputShape ?? [];
  const taken = run === undefined || input?.kind === "array" ? sizeOf(shape) : undefined;
  if (taken === undefined)
    throw new UsageError(
      `${file} takes no images but ${shape.length === 0 ? "several inputs" : `[${shape.map((n) => n ?? "?").join(",")}]`}. ${shape.length === 1 ? "Give it a CSV." : "Call it from TypeScript."}`,
    );
  return { ...taken, shape: shape as readonly number[], divisor };
}

/** Height, width and channels in a shape of a sample; pixels in one axis are taken for a square. */
function sizeOf(shape: readonly (number | null)[]): Pick<Taken, "height" | "width" | "channels"> | undefined {
  if (shape.some((size) => size === null)) return undefined;
  const [first = 0, second = 0, third = 1] = shape as readonly number[];
  if (shape.length === 1) {
    const side = [1, 3].map((channels) => ({ channels, side: Math.sqrt(first / channels) }));
    const square = side.find((one) => Number.isInteger(one.side) && one.side >= 8);
    return square && { height: square.side, width: square.side, channels: square.channels as 1 | 3 };
  }
  const isImage = (shape.length === 2 || shape.length === 3) && (third === 1 || third === 3);
  return isImage ? { height: first, width: second, channels: third as 1 | 3 } : undefined;
}

async function pixelsOf(file: ImageFile, { height, width, channels, divisor }: Taken): Promise<Float32Array> {
  const colorMode = channels === 1 ? "grayscale" : "rgb";
  const image = await readImage(await file.read(), { colorMode, imageSize: [height, width], name: file.name });
  const data = (await image.data()) as Float32Array;
  image.dispose();
  return data.map((value) => value / divisor);
}

/** @throws DataError for a picture without ink. */
async function digitOf(file: ImageFile): Promise<Float32Array> {
  const image = await readImage(await file.read(), { colorMode: "rgba", name: file.name });
  const [height = 0, width = 0] = image.shape;
  const data = (await image.data()) as Float32Array;
  image.dispose();
  const digit = digitPixels({ height, width, data: greyOf(data) });
  if (digit !== undefined) return digit;
  throw new DataError({
    op: file.name,
    problem: "there is no digit in it, only one shade",
    fix: "Give a picture of one digit, or --images plain",
  });
}

/** Brightness of pixels with opacity; what is see-through shows white behind dark drawings, black behind light ones. */
function greyOf(rgba: Float32Array): Float32Array {
  const count = rgba.length / 4;
  const grey = new Float32Array(count);
  let [opaque, sum] = [0, 0];
  for (let i = 0; i < count; i++) {
    const [red, green, blue, alpha] = [0, 1, 2, 3].map((c) => rgba[4 * i + c] as number) as [
      number,
      number,
      number,
      number,
    ];
    grey[i] = 0.299 * red + 0.587 * green + 0.114 * blue;
    opaque += alpha;
    sum += alpha * (grey[i] as number);
  }
  const behind = sum / (opaque || 1) > 127 && opaque < 255 * count ? 0 : 255;
  return grey.map((value, i) => {
    const alpha = (rgba[4 * i + 3] as number) / 255;
    return alpha * value + (1 - alpha) * behind;
  });
}
