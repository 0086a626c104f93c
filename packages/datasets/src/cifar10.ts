/** CIFAR-10: 50000 colour photographs to train on, 10000 to test with, 32 by 32 pixels each, of ten things. */
import { type CifarOptions, type CifarPart, loadCifar } from "./cifarArchive.ts";

const folder = "cifar-10-batches-bin";

/**
 * `[[trainImages, trainLabels], [testImages, testLabels]]` as Keras 3 `cifar10.load_data` gives them, in the same order:
 * uint8 tensors of shape (50000, 32, 32, 3), (50000, 1), (10000, 32, 32, 3) and (10000, 1), the caller's to dispose.
 * `classNames` says what the labels mean.
 *
 * The archive, the binary version, comes from `path` or `url` where given, else from the cache, else it is downloaded
 * once, 170 MB, checked by SHA-256.
 *
 * @throws DataError where the archive is missing, damaged or cannot be fetched.
 * @example
 * ```ts
 * import { cifar10 } from "@crease/datasets";
 * const load = () => cifar10.loadData();
 * cifar10.classNames[3]; // => cat
 * ```
 */
export async function loadData(options: CifarOptions = {}): Promise<[train: CifarPart, test: CifarPart]> {
  return loadCifar(
    {
      op: "cifar10.loadData",
      folder: "cifar10",
      name: "cifar-10-binary.tar.gz",
      origin: "https://www.cs.toronto.edu/~kriz",
      hash: "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
      limit: 2 ** 28,
      train: [1, 2, 3, 4, 5].map((i) => `${folder}/data_batch_${i}.bin`),
      test: `${folder}/test_batch.bin`,
      labels: 1,
      label: 0,
    },
    options,
  );
}

/** What each label stands for. */
export const classNames: readonly string[] = "airplane automobile bird cat deer dog frog horse ship truck".split(" ");
