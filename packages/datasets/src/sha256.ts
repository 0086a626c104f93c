/** SHA-256 digests. */
import { DataError } from "@crease/backend";

/**
 * The SHA-256 digest of `bytes` as 64 hexadecimal digits.
 *
 * @throws DataError in a page that the browser holds for insecure, where there is no `crypto.subtle`.
 */
export async function sha256(op: string, bytes: Uint8Array): Promise<string> {
  const subtle = globalThis.crypto?.subtle;
  if (subtle === undefined)
    throw new DataError({
      op,
      problem: "this page has no crypto.subtle to check digests with",
      fix: "Serve the page over https or from localhost",
    });
  const digest = await subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
