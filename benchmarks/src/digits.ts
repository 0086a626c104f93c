/** MNIST as plain arrays, for subjects that bring no loader of their own. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Images as rows of 784 numbers from 0 to 1, and labels from 0 to 9. */
export interface Digits {
  readonly count: number;
  readonly images: Float32Array;
  readonly labels: Uint8Array;
}

/** The first `count` digits of a set from the folder with the IDX files. */
export function readDigits(folder: string, set: "train" | "t10k", count: number): Digits {
  const pixels = readFileSync(join(folder, `${set}-images-idx3-ubyte`)).subarray(16, 16 + count * 784);
  const labels = readFileSync(join(folder, `${set}-labels-idx1-ubyte`)).subarray(8, 8 + count);
  return { count: labels.length, images: Float32Array.from(pixels, (pixel) => pixel / 255), labels };
}
