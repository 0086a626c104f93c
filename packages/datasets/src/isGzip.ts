/** What tells gzip files from others. */

/** True where data begins with gzip's two magic bytes. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}
