/** Size classes of blocks: multiples of 64 bytes to 512, then four steps to each power of two. */

/** Number of the smallest class whose blocks hold `bytes` bytes. */
export function classOf(bytes: number): number {
  if (bytes <= 512) return bytes === 0 ? 0 : (bytes - 1) >>> 6;
  const last = bytes - 1;
  const exponent = 31 - Math.clz32(last);
  return 8 + (exponent - 9) * 4 + ((last >>> (exponent - 2)) - 4);
}

/** Bytes of the blocks of a class. */
export function capacityOf(sizeClass: number): number {
  if (sizeClass < 8) return (sizeClass + 1) * 64;
  const exponent = 9 + ((sizeClass - 8) >> 2);
  return (5 + ((sizeClass - 8) & 3)) * 2 ** (exponent - 2);
}
