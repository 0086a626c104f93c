/** Data sets of the images in a folder. */
import { type Backend, DataError, nodeBuiltin, requireInteger, requireOneOf, ValueError } from "@crease/backend";
import { oneHot, scope, type Tensor, tensor } from "@crease/tensor";
import { Dataset } from "../dataset.ts";
import { numpyShuffle } from "../numpyShuffle.ts";
import { requireSubset } from "../requireSubset.ts";
import { type ShuffleKey, shuffleKey } from "../shuffleKey.ts";
import { loadedRows } from "../stages/loadedRows.ts";
import type { Stage } from "../stages/stage.ts";
import { decodeImage } from "./decodeImage.ts";
import { type ImageFiles, imageFiles } from "./imageFiles.ts";
import { checkImageSize, type ImageOptions } from "./imageOptions.ts";
import { channelsOf, withChannels } from "./pixels.ts";
import { resizeInto } from "./resize.ts";

/** Which images become what. */
export interface ImageDatasetOptions extends ImageOptions {
  /** Where labels come from: the folder that an image is in, nowhere, or a list in the order of the paths. Default "inferred". */
  readonly labels?: "inferred" | null | readonly number[];
  /**
   * How labels are given: int32 `[n]`, float32 `[n, classes]` with a single 1, float32 `[n, 1]` of 0 and 1, or not at
   * all. Default "int".
   */
  readonly labelMode?: "int" | "categorical" | "binary" | null;
  /** The folders to use, in the order of the classes. Default: all, by name. */
  readonly classNames?: readonly string[];
  /** Images in a batch; null gives them one by one. Default 32. */
  readonly batchSize?: number | null;
  /** Height and width after resizing. Default [256, 256]. */
  readonly imageSize?: readonly [height: number, width: number];
  /** Whether each pass has an order of its own. Default true; validation images are never shuffled. */
  readonly shuffle?: boolean;
  /** Decides the orders, and which images are held back: the same ones as in Keras. */
  readonly seed?: number;
  /** The fraction of images held back for validation. */
  readonly validationSplit?: number;
  /** Which part of a `validationSplit` to give; "both" gives the two. */
  readonly subset?: "training" | "validation" | "both";
  /** Where the tensors live. Default: the default backend. */
  readonly backend?: Backend;
}

/** Images, and their labels where there are any. */
export type ImageElement = readonly [x: Tensor, y?: Tensor];

const op = "imageDatasetFromDirectory";

/**
 * Batches of images with their labels. `imageDatasetFromDirectory` makes one.
 *
 * @example
 * ```ts
 * import { Dataset, ImageDataset } from "@crease/datasets";
 * ImageDataset.prototype instanceof Dataset; // => true
 * ```
 */
export class ImageDataset extends Dataset<ImageElement> {
  /** What the labels stand for; undefined without labels. */
  readonly classNames: readonly string[] | undefined;
  /** The files, in the order in which an unshuffled pass takes them. */
  readonly filePaths: readonly string[];

  constructor(stage: Stage<ImageElement>, { classNames, paths }: ImageFiles) {
    super(stage);
    this.classNames = classNames;
    this.filePaths = paths;
  }
}

/**
 * The PNG and JPEG files in a folder with one folder for each class (Keras 3 `image_dataset_from_directory`): x float32
 * `[n, height, width, channels]` from 0 to 255, y as `labelMode` says. A batch is read and decoded when it is asked for,
 * and nothing but that batch is held. Node only.
 *
 * JPEG decoders differ from each other by a few levels; all else is equal to Keras on TensorFlow, except that an image
 * without opacity, of fewer than 8 bits, has opacity 255 here and another number there.
 *
 * @returns With `subset: "both"` two data sets, for training and validation.
 * @throws DataError for a folder without images, and while iterating for a file that cannot be decoded, with its path;
 * ValueError for options that do not fit each other or the folder.
 * @example
 * ```ts
 * import { imageDatasetFromDirectory } from "@crease/datasets";
 * const { mkdir, mkdtemp, rm, writeFile } = await import("node:fs/promises");
 * const { tmpdir } = await import("node:os");
 * const folder = await mkdtemp(`${tmpdir()}/crease-`);
 * const png = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAAAAADRSSBWAAAAC0lEQVR4nGNg+A8AAQIBAEK+vGgAAAAASUVORK5CYII=";
 * for (const name of ["cats", "dogs"]) {
 *   await mkdir(`${folder}/${name}`);
 *   await writeFile(`${folder}/${name}/1.png`, Uint8Array.from(atob(png), (c) => c.charCodeAt(0)));
 * }
 * const data = await imageDatasetFromDirectory(folder, { imageSize: [4, 4], shuffle: false });
 * const shapes: string[] = [];
 * for await (const [x, y] of data) shapes.push(String(x.shape), String(y));
 * await rm(folder, { recursive: true });
 * shapes; // => ["2,4,4,3", "[0 1]"]
 * data.classNames; // => ["cats", "dogs"]
 * ```
 */
export async function imageDatasetFromDirectory(
  directory: string,
  options: ImageDatasetOptions & { readonly subset: "both" },
): Promise<[training: ImageDataset, validation: ImageDataset]>;
export async function imageDatasetFromDirectory(
  directory: string,
  options?: ImageDatasetOptions & { readonly subset?: "training" | "validation" },
): Promise<ImageDataset>;
export async function imageDatasetFromDirectory(
  directory: string,
  options: ImageDatasetOptions = {},
): Promise<ImageDataset | [ImageDataset, ImageDataset]> {
  checkOptions(options);
  const { labels = "inferred", labelMode = "int", classNames, shuffle = true, validationSplit = 0, subset } = options;
  const key = shuffleKey(options.seed, true);
  const { seed } = key;
  const files = await imageFiles(op, directory, labelMode === null ? null : labels, classNames);
  if (labelMode === "binary" && files.classNames !== undefined && files.classNames.length !== 2)
    throw new ValueError({
      op,
      problem: `labelMode "binary" needs two classes, there are ${files.classNames.length}`,
      fix: 'Use "int" or "categorical"',
    });
  const ordered = shuffle ? picked(files, numpyShuffle(op, seed)(files.paths.length)) : files;
  const held = Math.floor(validationSplit * files.paths.length);
  const part = (name: "training" | "validation" | undefined): ImageDataset => {
    const first = files.paths.length - held;
    const all = Array.from(files.paths.keys());
    const chosen = name === undefined ? all : name === "training" ? all.slice(0, first) : all.slice(first);
    if (chosen.length === 0)
      throw new DataError({
        op,
        problem: `validationSplit ${validationSplit} of ${files.paths.length} images leaves none for ${name}`,
        fix: "Use another fraction, or more images",
      });
    const shuffled = shuffle && name !== "validation";
    return datasetOf(picked(ordered, Int32Array.from(chosen)), options, shuffled ? key : undefined);
  };
  return subset === "both" ? [part("training"), part("validation")] : part(subset);
}

function checkOptions(options: ImageDatasetOptions): void {
  const { labelMode = "int", colorMode = "rgb", interpolation = "bilinear", batchSize = 32, imageSize } = options;
  const { shuffle = true, validationSplit = 0, subset, seed } = options;
  if (labelMode !== null) requireOneOf(op, "labelMode", labelMode, ["int", "categorical", "binary"]);
  requireOneOf(op, "colorMode", colorMode, Object.keys(channelsOf));
  requireOneOf(op, "interpolation", interpolation, ["bilinear", "nearest"]);
  if (batchSize !== null) requireInteger(op, "batchSize", batchSize, { min: 1 });
  if (imageSize !== undefined) checkImageSize(op, imageSize);
  requireSubset(op, { subset, validationSplit, seed, isRandom: shuffle });
}

function picked({ paths, labels, classNames }: ImageFiles, order: Int32Array): ImageFiles {
  return {
    paths: Array.from(order, (i) => paths[i] as string),
    labels: labels === undefined ? undefined : Array.from(order, (i) => labels[i] as number),
    classNames,
  };
}

function datasetOf(files: ImageFiles, options: ImageDatasetOptions, key: ShuffleKey | undefined): ImageDataset {
  const { batchSize = 32 } = options;
  const load = (rows: readonly number[]): Promise<ImageElement> => loadBatch(files, rows, options);
  return new ImageDataset(loadedRows({ count: files.paths.length, load, batchSize, key }), files);
}

async function loadBatch(
  files: ImageFiles,
  rows: readonly number[],
  options: ImageDatasetOptions,
): Promise<ImageElement> {
  const { colorMode = "rgb", imageSize = [256, 256], interpolation = "bilinear", backend } = options;
  const { cropToAspectRatio: crops = false, labelMode = "int" } = options;
  const [height, width] = imageSize;
  const size = height * width * channelsOf[colorMode];
  const x = new Float32Array(rows.length * size);
  for (const [i, row] of rows.entries()) {
    const path = files.paths[row] as string;
    const image = withChannels(await decodeImage(await readBytes(path), op, path), colorMode);
    resizeInto(image, { height, width, interpolation, crops }, x, i * size);
  }
  const place = backend === undefined ? {} : { backend };
  const images = tensor(x, { shape: [rows.length, height, width, channelsOf[colorMode]], ...place });
  const { labels, classNames } = files;
  if (labels === undefined || labelMode === null) return [images];
  const classes = Int32Array.from(rows, (row) => labels[row] as number);
  if (labelMode === "int") return [images, tensor(classes, place)];
  if (labelMode === "binary")
    return [images, tensor(Float32Array.from(classes), { shape: [rows.length, 1], ...place })];
  return [images, scope(() => oneHot(tensor(classes, place), classNames?.length ?? 0))];
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await nodeBuiltin("node:fs/promises").readFile(path);
  } catch (cause) {
    const problem = `${path} could not be read (${(cause as Error).message})`;
    throw new DataError({ op, problem, fix: "Check the file", cause });
  }
}
