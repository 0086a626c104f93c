/** Image folders and files: the same numbers as Keras, one batch at a time, and broken files named. */
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateSync } from "node:zlib";
import { DataError, ValueError } from "@crease/backend";
import { cpuBackend } from "@crease/backend-cpu";
import { crc32 } from "@crease/files";
import { getBackend } from "@crease/tensor";
import { encode } from "fast-png";
import { describe, expect, test } from "vitest";
import {
  disposeElement,
  type ImageDataset,
  type ImageDatasetOptions,
  imageDatasetFromDirectory,
  readImage,
} from "../src/index.ts";
import { withFolder } from "./mnistFolders.ts";

const fixtures = fileURLToPath(new URL("fixtures", import.meta.url));
const images = join(fixtures, "images");

interface KerasImages {
  readonly cases: {
    readonly folder: string;
    readonly color_mode: "rgb";
    readonly image_size: [number, number];
    readonly label_mode?: "int";
    readonly labels?: null | number[];
    readonly given_class_names: string[] | null;
    readonly interpolation?: "nearest";
    readonly crop_to_aspect_ratio?: boolean;
    readonly class_names: string[] | null;
    readonly paths: string[];
    readonly shape: number[];
    readonly x: number[];
    readonly y: unknown;
  }[];
  readonly splits: { readonly seed: number; readonly subset: "training"; readonly paths: string[] }[];
}
const keras = JSON.parse(String(await readFile(join(fixtures, "keras-images.json")))) as KerasImages;
const pathsOf = (data: ImageDataset, folder: string): string[] => data.filePaths.map((path) => relative(folder, path));

test("all cases of Keras, and nothing is left", async () => {
  expect(keras.cases.length).toBeGreaterThan(5);
  const before = getBackend().memory();
  for (const given of keras.cases) {
    const folder = join(fixtures, given.folder);
    const options: Omit<ImageDatasetOptions, "subset"> = {
      shuffle: false,
      colorMode: given.color_mode,
      imageSize: given.image_size,
      ...(given.label_mode === undefined ? {} : { labelMode: given.label_mode }),
      ...(given.labels === undefined ? {} : { labels: given.labels }),
      ...(given.interpolation === undefined ? {} : { interpolation: given.interpolation }),
      ...(given.crop_to_aspect_ratio === undefined ? {} : { cropToAspectRatio: true }),
      ...(given.given_class_names === null ? {} : { classNames: given.given_class_names }),
    };
    const data = await imageDatasetFromDirectory(folder, options);
    expect(pathsOf(data, folder)).toEqual(given.paths);
    expect(data.classNames).toEqual(given.class_names ?? undefined);
    expect(data.size).toBe(1);
    for await (const batch of data) {
      const [x, y] = batch;
      expect(x.shape).toEqual(given.shape);
      const found = (await x.data()) as Float32Array;
      // JPEG decoders round differently; PNG leaves nothing to choose.
      const most = given.folder === "jpegs" ? 4 : 1e-3;
      const far = given.x.map((value, i) => Math.abs(value - (found[i] as number)));
      expect([given.color_mode, given.image_size, Math.max(...far) <= most]).toEqual([
        given.color_mode,
        given.image_size,
        true,
      ]);
      expect((await y?.array()) ?? null).toEqual(given.y);
      disposeElement(batch);
    }
  }
  expect(getBackend().memory()).toEqual(before);
});

test("a split holds back the same files as Keras, shuffled or not", async () => {
  expect(keras.splits.length).toBeGreaterThan(1);
  for (const { seed, subset, paths } of keras.splits) {
    const options = { seed, validationSplit: 0.3, imageSize: [2, 2] } as const;
    expect(pathsOf(await imageDatasetFromDirectory(images, { ...options, subset }), images)).toEqual(paths);
    const both = await imageDatasetFromDirectory(images, { ...options, subset: "both" });
    expect(both.map((data) => pathsOf(data, images))).toContainEqual(paths);
  }
});

describe("passes", () => {
  const labelsOf = async (data: ImageDataset, pass = {}): Promise<number[]> => {
    const found: number[] = [];
    for await (const [x, y] of data.iterate(pass)) {
      if (y === undefined) throw new Error("no labels");
      found.push(...((await y.array()) as number[]));
      x.dispose();
      y.dispose();
    }
    return found;
  };

  test("have an order of their own each, the same again by seed and pass", async () => {
    const data = await imageDatasetFromDirectory(images, { seed: 2, imageSize: [2, 2], batchSize: 2 });
    const first = await labelsOf(data);
    const second = await labelsOf(data);
    expect(data.size).toBe(6);
    expect(second).not.toEqual(first);
    expect([...first].sort()).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2]);
    expect(await labelsOf(data, { epoch: 0, start: 3 })).toEqual(first.slice(6));
    const again = await imageDatasetFromDirectory(images, { seed: 2, imageSize: [2, 2], batchSize: 2 });
    expect(await labelsOf(again)).toEqual(first);
  });

  test("of the validation part keep one order", async () => {
    const options = { seed: 2, validationSplit: 0.5, subset: "both", imageSize: [2, 2], batchSize: 2 } as const;
    const [training, validation] = await imageDatasetFromDirectory(images, options);
    expect(await labelsOf(validation)).toEqual(await labelsOf(validation));
    expect(await labelsOf(training)).not.toEqual(await labelsOf(training));
  });

  test("without labels take all images below the folder", async () => {
    await withFolder(async (folder) => {
      await cp(join(images, "a"), folder, { recursive: true });
      await cp(join(images, "b"), join(folder, "b"), { recursive: true });
      const data = await imageDatasetFromDirectory(folder, { labelMode: null, imageSize: [2, 2], shuffle: false });
      expect(pathsOf(data, folder).map((path) => path.replaceAll("\\", "/"))).toEqual([
        ...["gray.png", "gray1.png", "gray4.png", "palette2.png", "rgb.PNG", "b/palette.png"],
        ...["b/deep/gray-alpha.png", "b/deep/rgba.png"],
      ]);
      expect(data.classNames).toBeUndefined();
      for await (const batch of data) expect(batch).toHaveLength(1);
    });
  });

  test("can be left early, taken one by one, and go to a backend", async () => {
    const before = getBackend().memory();
    const backend = cpuBackend();
    const data = await imageDatasetFromDirectory(images, {
      imageSize: [3, 2],
      batchSize: null,
      backend,
      labelMode: "categorical",
    });
    for await (const batch of data.prefetch(2)) {
      const [x, y] = batch;
      expect([x.shape, y?.shape, x.backend]).toEqual([[3, 2, 3], [3], backend]);
      disposeElement(batch);
      break;
    }
    expect(backend.memory().buffers).toBe(0);
    expect(getBackend().memory()).toEqual(before);
  });
});

describe("is refused:", () => {
  test.each<[string, ImageDatasetOptions & { subset?: never }, RegExp]>([
    ["an unknown colour mode", { colorMode: "cmyk" as "rgb" }, /colorMode is "cmyk"/],
    ["an unknown label mode", { labelMode: "onehot" as "int" }, /labelMode is "onehot"/],
    ["an unknown interpolation", { interpolation: "bicubic" as "nearest" }, /interpolation is "bicubic"/],
    ["no size", { imageSize: [0, 5] }, /imageSize is 0/],
    ["one number as a size", { imageSize: 5 as unknown as [5, 5] }, /no pair of numbers/],
    ["no batch size", { batchSize: 0 }, /batchSize is 0/],
    ["two labels of three", { labelMode: "binary" }, /needs two classes, there are 3/],
    ["labels for too few", { labels: [1, 2] }, /there are 2 labels and 11 images/],
    ["names beside labels", { labels: null, classNames: ["a"] }, /classNames belong to inferred labels/],
    ["a split without a subset", { validationSplit: 0.2 }, /belong together/],
    ["a folder that is not there", { classNames: ["a", "z"] }, /z could not be read/],
  ])("%s", async (_name, options, message) => {
    await expect(imageDatasetFromDirectory(images, options)).rejects.toThrow(message);
  });

  test("a subset without a seed, and one that would be empty", async () => {
    const options = { validationSplit: 0.3, subset: "training" } as const;
    await expect(imageDatasetFromDirectory(images, options)).rejects.toThrow(/without a seed/);
    const few = imageDatasetFromDirectory(images, { validationSplit: 0.01, subset: "both" });
    await expect(few).rejects.toThrow(/leaves none for validation/);
  });

  test("a folder without images, without folders, with images of another kind, that is none", async () => {
    await withFolder(async (folder) => {
      await expect(imageDatasetFromDirectory(folder)).rejects.toThrow(/no PNG or JPEG files in any folder/);
      await mkdir(join(folder, "cats"));
      await writeFile(join(folder, "cats", "notes.txt"), "none");
      await expect(imageDatasetFromDirectory(folder)).rejects.toThrow(/no PNG or JPEG files in its folders cats/);
      await writeFile(join(folder, "cats", "1.gif"), "GIF89a");
      await expect(imageDatasetFromDirectory(folder)).rejects.toThrow(/cats.1\.gif in .* is neither PNG nor JPEG/);
      await expect(imageDatasetFromDirectory(join(folder, "dogs"))).rejects.toThrow(DataError);
    });
  });

  test("a file that is broken, when its turn comes, with its path", async () => {
    await withFolder(async (folder) => {
      await cp(images, folder, { recursive: true });
      const path = join(folder, "b", "palette.png");
      await writeFile(path, (await readFile(path)).subarray(0, 60));
      const data = await imageDatasetFromDirectory(folder, { imageSize: [2, 2], shuffle: false, batchSize: 3 });
      let batches = 0;
      const pass = async (): Promise<void> => {
        for await (const batch of data) {
          batches++;
          disposeElement(batch);
        }
      };
      await expect(pass()).rejects.toThrow(DataError);
      await expect(pass()).rejects.toThrow(/palette\.png cannot be decoded/);
      expect(batches).toBe(2);
    });
  });
});

describe("readImage", () => {
  test("an image alone, in its own size or another", async () => {
    const bytes = await readFile(join(images, "a", "gray.png"));
    const own = await readImage(bytes);
    expect([own.shape, own.dtype]).toEqual([[6, 9, 3], "float32"]);
    const resized = await readImage(bytes, { imageSize: [2, 3], colorMode: "grayscale", cropToAspectRatio: true });
    expect(resized.shape).toEqual([2, 3, 1]);
    expect(await own.at(0, 0).array()).toEqual(Array(3).fill(await own.at(0, 0, 0).item()));
  });

  test.each([
    [1, 1],
    [13, 9],
    [64, 33],
  ])("an interlaced PNG of %i by %i pixels is the same picture", async (width, height) => {
    const data = Uint8Array.from({ length: width * height * 4 }, (_, i) => (i * 7) % 251);
    const read = async (interlace: "null" | "Adam7"): Promise<unknown> =>
      (await readImage(encode({ width, height, channels: 4, data }, { interlace }), { colorMode: "rgba" })).array();
    expect(await read("Adam7")).toEqual(await read("null"));
  });

  const png = (change: (bytes: Buffer) => Uint8Array) => async (): Promise<Uint8Array> =>
    change(await readFile(join(images, "a", "gray.png")));
  const jpeg = (change: (bytes: Buffer) => Uint8Array) => async (): Promise<Uint8Array> =>
    change(await readFile(join(fixtures, "jpegs", "smooth.jpg")));
  test.each<[string, () => Promise<Uint8Array>, RegExp]>([
    ["text", async () => Buffer.from("hello"), /digit is neither PNG nor JPEG/],
    ["nothing", async () => new Uint8Array(0), /digit is neither PNG nor JPEG/],
    ["a PNG cut short", png((bytes) => bytes.subarray(0, bytes.length - 20)), /digit cannot be decoded/],
    ["a PNG with one bit changed", png((bytes) => bytes.fill(bytes[60]! ^ 1, 60, 61)), /digit cannot be decoded/],
    [
      "a PNG that promises too much",
      png((bytes) => {
        bytes.writeUInt32BE(2 ** 31 - 1, 16);
        return bytes;
      }),
      /digit has 2147483647 by 6 pixels/,
    ],
    [
      "a PNG that expands to far more than its size",
      png((bytes) => {
        const chunk = Buffer.concat([Buffer.from("IDAT"), deflateSync(Buffer.alloc(1e7))]);
        const frame = Buffer.alloc(chunk.length + 8);
        frame.writeUInt32BE(chunk.length - 4, 0);
        chunk.copy(frame, 4);
        frame.writeUInt32BE(crc32(chunk), chunk.length + 4);
        return Buffer.concat([bytes.subarray(0, 33), frame, bytes.subarray(-12)]);
      }),
      /digit cannot be decoded \(.*expands to more than/,
    ],
    ["a JPEG cut short", jpeg((bytes) => bytes.subarray(0, 300)), /digit cannot be decoded/],
    [
      "a JPEG that promises too much",
      jpeg((bytes) => {
        const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]));
        bytes.writeUInt32BE(0xffffffff, frame + 5);
        return bytes;
      }),
      /digit cannot be decoded \(.*maxResolutionInMP/,
    ],
  ])("%s is refused", async (_name, bytes, message) => {
    const reading = readImage(await bytes(), { name: "digit" });
    await expect(reading).rejects.toThrow(DataError);
    await expect(reading).rejects.toThrow(message);
  });

  test("options out of range", async () => {
    await expect(readImage(new Uint8Array(0), { imageSize: [1.5, 2] })).rejects.toThrow(ValueError);
    await expect(readImage(new Uint8Array(0), { colorMode: "bw" as "rgb" })).rejects.toThrow(/colorMode is "bw"/);
  });
});
