/** The one file of a data set, from wherever the caller has it. */
import { DataError, isNode, nodeBuiltin, ValueError } from "@crease/backend";
import { download } from "./download.ts";
import { checkHash, hashedPieces, requireHash } from "./fileHash.ts";
import { getFileFor } from "./getFile.ts";
import { joinBytes } from "./joinBytes.ts";
import type { SourceOptions } from "./loadFile.ts";

/** What is known of the file. */
export interface NamedFile {
  /** The call that messages name. */
  readonly op: string;
  /** The folder in the cache. */
  readonly folder: string;
  readonly name: string;
  /** The address of the folder that has it. */
  readonly origin: string;
  /** SHA-256 or MD5. */
  readonly hash: string;
  /** The most bytes to take. */
  readonly limit: number;
}

/** Where to look for the file of a data set, and what it must be. */
export interface NamedFileOptions extends SourceOptions {
  /** A folder that holds the file as it is on the web. Nothing else is tried then. Node only. */
  readonly path?: string;
  /** The address of a folder that holds the file as it is on the web, instead of the usual one. */
  readonly url?: string | URL;
  /** SHA-256 or MD5 of the file, where `path` or `url` has another one than the usual; false takes any. */
  readonly fileHash?: string | false;
}

/** A file that is there. */
export interface FoundFile {
  /** What messages call it. */
  readonly where: string;
  /** Its bytes, of which the last ones come only if the digest is right. */
  pieces(): AsyncIterable<Uint8Array>;
}

/**
 * Finds the file: in the folder `path`, else in the cache, else on the web.
 *
 * @throws DataError where it is missing, damaged or cannot be fetched; the signal's reason where it was aborted.
 */
export async function findFile(file: NamedFile, options: NamedFileOptions): Promise<FoundFile> {
  const { op, name, folder, limit } = file;
  const { path, url, cache, signal, onProgress } = options;
  signal?.throwIfAborted();
  const hash = wantedHash(file, options);
  if (path !== undefined) return inFolder(file, path, hash);
  const address = `${String(url ?? file.origin).replace(/\/$/, "")}/${name}`;
  if (isNode() && cache !== false) {
    const fileHash = hash === undefined ? {} : { fileHash: hash };
    const kept = {
      ...{ ...fileHash, fname: name, cacheSubdir: folder, limit, forceDownload: hash === undefined },
      ...(cache === undefined ? {} : { cacheDir: cache }),
      ...(signal === undefined ? {} : { signal }),
      ...(onProgress === undefined ? {} : { onProgress }),
    };
    const where = await getFileFor(op, { ...kept, origin: address });
    // Its digest was just seen to be right.
    return { where, pieces: () => nodeBuiltin("node:fs").createReadStream(where, { highWaterMark: 2 ** 20 }) };
  }
  const bytes = await download({ op, url: address, limit, signal, onProgress });
  if (hash !== undefined) await requireHash({ op, where: address, fix: "Use another address" }, bytes, hash);
  return { where: address, pieces: () => once(bytes) };
}

/** All bytes of the file; see `findFile`. */
export async function readFileOf(
  file: NamedFile,
  options: NamedFileOptions,
): Promise<{ readonly where: string; readonly bytes: Uint8Array }> {
  const { where, pieces } = await findFile(file, options);
  const chunks: Uint8Array[] = [];
  for await (const piece of pieces()) chunks.push(piece);
  return { where, bytes: joinBytes(chunks) };
}

function wantedHash({ op, hash }: NamedFile, { path, url, fileHash }: NamedFileOptions): string | undefined {
  if (fileHash === undefined) return hash;
  if (path === undefined && url === undefined)
    throw new ValueError({
      op,
      problem: "fileHash is given without a file",
      fix: "Name the file's folder by `path` or `url`",
    });
  return fileHash === false ? undefined : checkHash(op, fileHash);
}

async function inFolder({ op, name, limit }: NamedFile, path: string, hash: string | undefined): Promise<FoundFile> {
  if (!isNode()) throw new ValueError({ op, problem: "there are no files to read by `path` here", fix: "Use `url`" });
  const where = nodeBuiltin("node:path").join(path, name);
  const fix = "Put the original file there, or leave `path` out";
  const size = await nodeBuiltin("node:fs/promises")
    .stat(where)
    .then(({ size }) => size)
    .catch((cause: NodeJS.ErrnoException) => {
      throw new DataError({ op, problem: `${where} could not be read (${cause.message})`, fix, cause });
    });
  if (size > limit) throw new DataError({ op, problem: `${where} is too long: ${size} bytes, at most ${limit}`, fix });
  const read = (): AsyncIterable<Uint8Array> =>
    nodeBuiltin("node:fs").createReadStream(where, { highWaterMark: 2 ** 20 });
  return { where, pieces: () => hashedPieces(read(), { op, where, fix }, hash) };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}
