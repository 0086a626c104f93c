/** Conversion between numbers and the 16 bits of an IEEE 754 half: 1 sign, 5 exponent and 10 fraction bits. */

/** 2^52: adding and subtracting it rounds a smaller positive double to a whole number, ties to even. */
const rounder = 4503599627370496;

/**
 * The nearest halves, ties to even; NaN becomes the quiet NaN 0x7e00.
 *
 * @example
 * ```ts
 * import { encodeFloat16 } from "@crease/backend";
 * encodeFloat16([1, -2]); // => [15360, 49152]
 * ```
 */
export function encodeFloat16(values: ArrayLike<number>): Uint16Array {
  const out = new Uint16Array(values.length);
  const float = new Float32Array(1);
  const word = new Int32Array(float.buffer);
  for (let i = 0; i < out.length; i++) {
    const x = values[i] as number;
    const sign = x < 0 || Object.is(x, -0) ? 0x8000 : 0;
    const size = Math.abs(x);
    if (size < 65536) {
      // Rounding to float32 can only lift a value to a power of two that it rounds to as a half too.
      float[0] = size;
      const exponent = Math.max((word[0] as number) >> 23, 127 - 14) - 127;
      word[0] = (127 + 10 - exponent) << 23;
      const fraction = size * (float[0] as number) + rounder - rounder;
      // The leading bit of a normal fraction (1024) carries into the exponent, as does a fraction rounded up to 2048.
      out[i] = sign | (((exponent + 14) << 10) + fraction);
    } else out[i] = size > 0 ? sign | 0x7c00 : 0x7e00;
  }
  return out;
}

/**
 * The exact values of halves.
 *
 * @example
 * ```ts
 * import { decodeFloat16 } from "@crease/backend";
 * decodeFloat16(new Uint16Array([15360, 49152])); // => [1, -2]
 * ```
 */
export function decodeFloat16(bits: Uint16Array): Float32Array {
  const out = new Float32Array(bits.length);
  const words = new Int32Array(out.buffer);
  for (let i = 0; i < out.length; i++) {
    const half = bits[i] as number;
    const sign = (half & 0x8000) << 16;
    const exponent = (half >> 10) & 31;
    const fraction = half & 1023;
    if (exponent === 0) out[i] = (sign === 0 ? fraction : -fraction) * 2 ** -24;
    else words[i] = sign | ((exponent === 31 ? 255 : exponent + 112) << 23) | (fraction << 13);
  }
  return out;
}
