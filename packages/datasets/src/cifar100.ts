/** CIFAR-100: 50000 colour photographs to train on, 10000 to test with, 32 by 32 pixels each, of a hundred things. */
import { requireOneOf } from "@crease/backend";
import { type CifarOptions, type CifarPart, loadCifar } from "./cifarArchive.ts";

/** How `loadData` finds the archive, and which labels it takes. */
export interface LoadDataOptions extends CifarOptions {
  /** 100 classes, or the 20 that they are grouped into. Default "fine". */
  readonly labelMode?: "fine" | "coarse";
}

const op = "cifar100.loadData";

/**
 * `[[trainImages, trainLabels], [testImages, testLabels]]` as Keras 3 `cifar100.load_data` gives them, in the same order:
 * uint8 tensors of shape (50000, 32, 32, 3), (50000, 1), (10000, 32, 32, 3) and (10000, 1), the caller's to dispose.
 *
 * The archive, the binary version, comes from `path` or `url` where given, else from the cache, else it is downloaded
 * once, 169 MB, checked by SHA-256.
 *
 * @throws DataError where the archive is missing, damaged or cannot be fetched; ValueError for an unknown `labelMode`.
 * @example
 * ```ts
 * import { cifar100 } from "@crease/datasets";
 * const load = () => cifar100.loadData({ labelMode: "coarse" });
 * typeof load; // => function
 * ```
 */
export async function loadData(options: LoadDataOptions = {}): Promise<[train: CifarPart, test: CifarPart]> {
  const { labelMode = "fine" } = options;
  requireOneOf(op, "labelMode", labelMode, ["fine", "coarse"]);
  return loadCifar(
    {
      op,
      folder: "cifar100",
      name: "cifar-100-binary.tar.gz",
      origin: "https://www.cs.toronto.edu/~kriz",
      hash: "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec",
      limit: 2 ** 28,
      train: ["cifar-100-binary/train.bin"],
      test: "cifar-100-binary/test.bin",
      labels: 2,
      label: labelMode === "coarse" ? 0 : 1,
    },
    options,
  );
}
