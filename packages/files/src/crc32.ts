/** The checksum of zip and gzip: CRC-32 with the reflected polynomial 0xEDB88320 (ISO 3309). */

/**
 * The CRC-32 of bytes, from 0 to 2^32 - 1.
 *
 * @example
 * ```ts
 * import { crc32 } from "@crease/files";
 * crc32(new TextEncoder().encode("123456789")).toString(16); // => cbf43926
 * ```
 */
export function crc32(bytes: Uint8Array): number {
  const table = Uint32Array.from({ length: 256 }, (_, byte) => {
    let remainder = byte;
    for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? 0xedb88320 : 0);
    return remainder;
  });
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) {
    crc = (crc >>> 8) ^ (table[(crc ^ (bytes[i] as number)) & 0xff] as number);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
