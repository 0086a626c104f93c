/** MNIST in the worker: fetched from this build, unpacked, checked. */
import { DataError } from "@crease/backend";
import { type IdxArray, readIdx } from "@crease/datasets";
import type { Digit } from "./calls.ts";

/** Pixels in a row, and rows. */
export const side = 28;
/** Pixels of a digit. */
export const area: number = side * side;

/** Images and labels of one part of the data. */
export interface DigitSet {
  readonly count: number;
  readonly images: Uint8Array<ArrayBuffer>;
  readonly labels: Uint8Array<ArrayBuffer>;
}

/** Both parts. */
export interface Digits {
  readonly train: DigitSet;
  readonly test: DigitSet;
}

const files = [
  { name: "train-images-idx3-ubyte", shape: [60_000, side, side] },
  { name: "train-labels-idx1-ubyte", shape: [60_000] },
  { name: "t10k-images-idx3-ubyte", shape: [10_000, side, side] },
  { name: "t10k-labels-idx1-ubyte", shape: [10_000] },
] as const;

/** Fetches the four files of `folder` at once. @throws DataError where one is missing, damaged or not MNIST. */
export async function fetchDigits(
  folder: string,
  onProgress: (loaded: number, total: number) => void,
): Promise<Digits> {
  const loaded = files.map(() => 0);
  const totals = files.map(() => 0);
  const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
  const arrays = await Promise.all(
    files.map(async ({ name, shape }, i) => {
      const bytes = await fetchBytes(`${folder}/${name}.gz`, (have, total) => {
        loaded[i] = have;
        totals[i] = total;
        onProgress(sum(loaded), sum(totals));
      });
      return bytesOf(await readIdx(bytes, { name }), name, shape);
    }),
  );
  const [trainImages, trainLabels, testImages, testLabels] = arrays as [Bytes, Bytes, Bytes, Bytes];
  return {
    train: { count: 60_000, images: trainImages, labels: trainLabels },
    test: { count: 10_000, images: testImages, labels: testLabels },
  };
}

type Bytes = Uint8Array<ArrayBuffer>;

function bytesOf({ data, shape }: IdxArray, name: string, expected: readonly number[]): Bytes {
  if (data instanceof Uint8Array && String(shape) === String(expected)) return data as Bytes;
  throw new DataError({
    op: "fetchDigits",
    problem: `${name} is not the file of MNIST`,
    fix: "Build the demo again, and serve the whole folder",
  });
}

async function fetchBytes(url: string, onProgress: (loaded: number, total: number) => void): Promise<Uint8Array> {
  const failed = (why: string, cause?: unknown): DataError =>
    new DataError({
      op: "fetchDigits",
      problem: `${url} could not be loaded (${why})`,
      fix: "Check the connection, then try again",
      cause,
    });
  try {
    const response = await fetch(url);
    if (!response.ok || response.body === null) throw failed(`status ${response.status}`);
    const total = Number(response.headers.get("Content-Length") ?? 0);
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    let size = 0;
    const reader = response.body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      chunks.push(part.value);
      size += part.value.length;
      // A server that unpacks on the way names the packed size, or none.
      onProgress(size, Math.max(total, size));
    }
    return new Uint8Array(await new Blob(chunks).arrayBuffer());
  } catch (error) {
    throw error instanceof DataError ? error : failed(error instanceof Error ? error.message : String(error), error);
  }
}

/** A digit of a set by its place. */
export function digitAt({ images, labels }: DigitSet, index: number): Digit {
  return { index, label: labels[index] as number, pixels: images.slice(index * area, (index + 1) * area) };
}

/** The first `each` digits of every class, class by class. */
export function samplesOf(set: DigitSet, each: number): Digit[] {
  return Array.from({ length: 10 }, (_, label) => {
    const found: Digit[] = [];
    for (let i = 0; i < set.count && found.length < each; i++) if (set.labels[i] === label) found.push(digitAt(set, i));
    return found;
  }).flat();
}
