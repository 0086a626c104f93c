/** The checksum of TensorBoard's files: CRC-32C (Castagnoli, reflected polynomial 0x82F63B78; RFC 3720), masked. */

/** The CRC-32C of bytes, from 0 to 2^32 - 1. Bit by bit, since records are short. */
export function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0x82f63b78 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** The form in which TFRecord stores it: rotated right by 15 bits, plus 0xA282EAD8. */
export function maskedCrc32c(bytes: Uint8Array): number {
  const crc = crc32c(bytes);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
