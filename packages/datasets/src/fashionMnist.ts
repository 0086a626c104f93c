/** Fashion-MNIST: 60000 pictures of clothes to train on, 10000 to test with, 28 by 28 pixels each (Zalando SE, MIT licence). */
import { type Digests, type DigitData, type LoadDataOptions, loadDigits } from "./digitFiles.ts";
import type { Origin } from "./loadFile.ts";

const origin: Origin = {
  op: "fashionMnist.loadData",
  folder: "fashion-mnist",
  mirrors: [
    "https://storage.googleapis.com/tensorflow/tf-keras-datasets",
    "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com",
  ],
};

const digests: Digests = {
  trainImages: "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
  trainLabels: "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
  testImages: "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
  testLabels: "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
};

/**
 * `[[trainImages, trainLabels], [testImages, testLabels]]` as Keras 3 `fashion_mnist.load_data` gives them: uint8
 * tensors of shape (60000, 28, 28), (60000), (10000, 28, 28) and (10000); labels from 0 to 9, named by `classNames`.
 * They are the caller's to dispose.
 *
 * The files come from `path` or `url` where given; else from the cache; else they are downloaded once into the cache,
 * 31 MB. In a browser they are always fetched. Every file is checked by magic number, size and SHA-256.
 *
 * @throws DataError where a file is missing, damaged or cannot be fetched; the signal's reason where it was aborted.
 * @example
 * ```ts
 * import { fashionMnist } from "@crease/datasets";
 * const load = () => fashionMnist.loadData();
 * fashionMnist.classNames[9]; // => Ankle boot
 * ```
 */
export async function loadData(options: LoadDataOptions = {}): Promise<DigitData> {
  return loadDigits(digests, origin, options);
}

/** What each label stands for. */
export const classNames: readonly string[] = [
  "T-shirt/top",
  "Trouser",
  "Pullover",
  "Dress",
  "Coat",
  "Sandal",
  "Shirt",
  "Sneaker",
  "Bag",
  "Ankle boot",
];
