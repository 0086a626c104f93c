/** The four files of MNIST and of the data sets made in its likeness. */
import type { Backend } from "@crease/backend";
import { type Tensor, tensor } from "@crease/tensor";
import type { DataFile } from "./dataFile.ts";
import { readIdx } from "./idx.ts";
import { loadFile, type Origin, type SourceOptions } from "./loadFile.ts";

/** Where `loadData` looks for the files and where it puts the tensors. */
export interface LoadDataOptions extends SourceOptions {
  /** Where the tensors live. Default: the default backend. */
  readonly backend?: Backend;
}

/** SHA-256 of the four files, uncompressed. */
export interface Digests {
  readonly trainImages: string;
  readonly trainLabels: string;
  readonly testImages: string;
  readonly testLabels: string;
}

/** 60000 images and labels to train on, 10000 to test with. */
export type DigitData = [train: [images: Tensor, labels: Tensor], test: [images: Tensor, labels: Tensor]];

/** The four files in the order in which they are read. */
function filesOf(digests: Digests): readonly DataFile[] {
  const images = 0x00000803;
  const labels = 0x00000801;
  return [
    { name: "train-images-idx3-ubyte", magic: images, bytes: 47_040_016, sha256: digests.trainImages },
    { name: "train-labels-idx1-ubyte", magic: labels, bytes: 60_008, sha256: digests.trainLabels },
    { name: "t10k-images-idx3-ubyte", magic: images, bytes: 7_840_016, sha256: digests.testImages },
    { name: "t10k-labels-idx1-ubyte", magic: labels, bytes: 10_008, sha256: digests.testLabels },
  ];
}

/**
 * The tensors of all four files.
 *
 * @throws DataError where a file is missing, damaged or cannot be fetched; the signal's reason where it was aborted.
 */
export async function loadDigits(digests: Digests, origin: Origin, options: LoadDataOptions): Promise<DigitData> {
  const arrays = [];
  for (const file of filesOf(digests)) arrays.push(await readIdx(await loadFile(file, origin, options)));
  const place = options.backend === undefined ? {} : { backend: options.backend };
  const [trainImages, trainLabels, testImages, testLabels] = arrays.map(({ data, shape, dtype }) =>
    tensor(data, { shape, dtype, ...place }),
  ) as [Tensor, Tensor, Tensor, Tensor];
  return [
    [trainImages, trainLabels],
    [testImages, testLabels],
  ];
}
