/** Files known by the digest of their bytes. */
import { DataError, nodeBuiltin, ValueError } from "@crease/backend";
import { md5 } from "./md5.ts";
import { sha256 } from "./sha256.ts";

/**
 * Returns the digest in small letters where it is SHA-256 or MD5 in hexadecimal digits.
 *
 * @throws ValueError for anything else.
 */
export function checkHash(op: string, hash: string): string {
  if (/^(?:[0-9a-f]{64}|[0-9a-f]{32})$/i.test(hash)) return hash.toLowerCase();
  throw new ValueError({
    op,
    problem: `fileHash ${JSON.stringify(hash)} is no digest`,
    fix: "Give the 64 hexadecimal digits of SHA-256, or the 32 of MD5",
  });
}

/** Refuses bytes of another digest. @throws DataError naming both digests. */
export async function requireHash(
  { op, where, fix }: { readonly op: string; readonly where: string; readonly fix: string },
  bytes: Uint8Array,
  hash: string,
): Promise<void> {
  const digest = isMd5(hash) ? md5(bytes) : await sha256(op, bytes);
  if (digest !== hash) throw wrongHash(op, where, digest, hash, fix);
}

/** The pieces as they come; Node only. @throws DataError after the last one, where their digest is another one. */
export async function* hashedPieces(
  pieces: AsyncIterable<Uint8Array>,
  { op, where, fix }: { readonly op: string; readonly where: string; readonly fix: string },
  hash: string | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (hash === undefined) {
    yield* pieces;
    return;
  }
  const hasher = nodeBuiltin("node:crypto").createHash(isMd5(hash) ? "md5" : "sha256");
  for await (const piece of pieces) {
    hasher.update(piece);
    yield piece;
  }
  const digest = hasher.digest("hex");
  if (digest !== hash) throw wrongHash(op, where, digest, hash, fix);
}

function isMd5(hash: string): boolean {
  return hash.length === 32;
}

function wrongHash(op: string, where: string, digest: string, hash: string, fix: string): DataError {
  return new DataError({
    op,
    problem: `${where} has ${isMd5(hash) ? "MD5" : "SHA-256"} ${digest}, expected ${hash}`,
    fix,
  });
}
