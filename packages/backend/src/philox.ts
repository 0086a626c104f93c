/** Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011): random bits as a function of key and counter. */

const multiplierA = 0xd2511f53;
const multiplierB = 0xcd9e8d57;
const weylA = 0x9e3779b9;
const weylB = 0xbb67ae85;

/** High 32 bits of the product of two unsigned 32-bit words, from 16-bit halves. */
function mulHigh(x: number, y: number): number {
  const xHigh = x >>> 16;
  const xLow = x & 0xffff;
  const yHigh = y >>> 16;
  const yLow = y & 0xffff;
  const middle = (Math.imul(xHigh, yLow) + (Math.imul(xLow, yLow) >>> 16)) | 0;
  const carry = (Math.imul(xLow, yHigh) + (middle & 0xffff)) | 0;
  return (Math.imul(xHigh, yHigh) + (middle >>> 16) + (carry >>> 16)) | 0;
}

/**
 * Writes one block, the four words of counter `(c0, c1, c2, c3)` under key `(k0, k1)`, to `out` from `at` on.
 *
 * @example
 * ```ts
 * import { philoxBlock } from "@crease/backend";
 * const out = new Int32Array(4);
 * philoxBlock(out, 0, 0, 0, 0, 0, 0, 0);
 * ((out[0] as number) >>> 0).toString(16); // => 6627e8d5
 * ```
 */
export function philoxBlock(
  out: Int32Array,
  at: number,
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  k0: number,
  k1: number,
): void {
  for (let round = 0; round < 10; round++) {
    const highA = mulHigh(c0, multiplierA);
    const lowA = Math.imul(c0, multiplierA);
    const highB = mulHigh(c2, multiplierB);
    const lowB = Math.imul(c2, multiplierB);
    c0 = highB ^ c1 ^ k0;
    c1 = lowB;
    c2 = highA ^ c3 ^ k1;
    c3 = lowA;
    k0 = (k0 + weylA) | 0;
    k1 = (k1 + weylB) | 0;
  }
  out[at] = c0;
  out[at + 1] = c1;
  out[at + 2] = c2;
  out[at + 3] = c3;
}

/**
 * `size` random 32-bit words: element i is word `i % 4` of block `counter + floor(i / 4)`, where a block's counter is
 * its low 32 bits and high 21 bits as words 0 and 1, words 2 and 3 being zero.
 *
 * @example
 * ```ts
 * import { philox } from "@crease/backend";
 * philox([0, 0], 0, 4).length; // => 4
 * ```
 */
export function philox(key: readonly [number, number], counter: number, size: number): Int32Array {
  const blocks = Math.ceil(size / 4);
  const out = new Int32Array(blocks * 4);
  for (let i = 0; i < blocks; i++) {
    const index = counter + i;
    philoxBlock(out, i * 4, index | 0, Math.floor(index / 4294967296) | 0, 0, 0, key[0] | 0, key[1] | 0);
  }
  return out.length === size ? out : out.slice(0, size);
}
