/** A folder that holds a folder of images for each class, as training data. */
import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { type Dataset, type Element, type ImageDataset, imageDatasetFromDirectory } from "@crease/datasets";
import type { Tensor } from "@crease/tensor";
import { blaming, UsageError } from "../failure.ts";
import { type DataSettings, defaultsFor, type TrainingData } from "./trainingData.ts";

const sizeByDefault: readonly [number, number] = [32, 32];
const heldByDefault = 0.2;

/** Reads the PNG and JPEG files of a folder, batch by batch. @throws DataError for a folder without images. */
export async function loadImageFolder(settings: DataSettings): Promise<TrainingData> {
  const { data: path, seed, imageSize = sizeByDefault, channels = 3, validationSplit = heldByDefault } = settings;
  const name = basename(path);
  const options = {
    ...{ imageSize, batchSize: null, seed: seed % 2 ** 32 },
    colorMode: channels === 1 ? ("grayscale" as const) : ("rgb" as const),
  };
  const [train, validation] = await blaming(name, async () =>
    validationSplit === 0
      ? [await imageDatasetFromDirectory(path, options)]
      : imageDatasetFromDirectory(path, { ...options, validationSplit, subset: "both" }),
  );
  const parts = { train: train as ImageDataset, validation, test: undefined };
  const names = parts.train.classNames ?? [];
  if (names.length < 2)
    throw new UsageError(`${name} holds ${names.length} folder of images. Make one for each class, at least two.`);
  const [height, width] = imageSize;
  const count = (part: ImageDataset | undefined): number => part?.filePaths.length ?? 0;
  const all = count(parts.train) + count(validation);
  return {
    name,
    task: { kind: "classes", classes: names.length, names },
    input: { kind: "image", height, width, channels, flat: false },
    inputShape: [height, width, channels],
    counts: { train: count(parts.train), validation: count(validation), test: 0 },
    notes: [
      `${name}: ${all} images of ${names.length} classes, ${names.slice(0, 12).join(", ")}, as ${height} x ${width} x ${channels}.`,
    ],
    digest: await digestOf([parts.train, validation]),
    defaults: defaultsFor(all, [256]),
    batches: (part, size) =>
      (parts[part] as Dataset).batch(size).map(([x, y]): Element => [(x as Tensor).div(255), y as Tensor]),
  };
}

/** Of the files' names and sizes. */
async function digestOf(parts: readonly (ImageDataset | undefined)[]): Promise<string> {
  const paths = parts.flatMap((part) => part?.filePaths ?? []).sort();
  const hash = createHash("sha256");
  for (const path of paths) hash.update(`${path}\0${(await stat(path)).size}\n`);
  return hash.digest("hex");
}
